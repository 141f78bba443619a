"""Every link of the site of the seeds leads somewhere, soon, and to a place that is there."""

from __future__ import annotations

import pytest

from tests.browser.crawling import Crawl, crawl
from tests.browser.sites import BrowsedSite
from tests.browser.test_sizes import TRANSFER

#: Seconds that a page may take beside whatever else this machine does; how fast pages are is measured by `bench.pages`.
PATIENCE = 10.0


@pytest.fixture(scope="module")
def crawled(seeds: BrowsedSite) -> Crawl:
    return crawl(f"{seeds.url}/")


def test_no_link_is_dead(crawled: Crawl) -> None:
    dead = [
        f"{visit.status} {address}, to which {crawled.found_on[address]} leads"
        for address, visit in crawled.visits.items()
        if visit.status >= 400
    ]
    assert dead == []


def test_it_sees_the_whole_site(crawled: Crawl, seeds: BrowsedSite) -> None:
    for kind in ("Incident", "Person", "Organization", "Route", "Statistic", "Conflict"):
        for iri in seeds.values(f"SELECT ?s {{ ?s a cx:{kind} }}"):
            assert seeds.url + seeds.path_of(iri) in crawled.visits, iri


def test_things_lead_to_documents_by_303(crawled: Crawl, seeds: BrowsedSite) -> None:
    things = [
        visit
        for address, visit in crawled.visits.items()
        if address.startswith(f"{seeds.url}/id/") and not address.rpartition("/")[2].count(".")
    ]
    assert things
    assert {visit.redirected for visit in things} == {(303,)}


def test_every_fragment_is_there(crawled: Crawl) -> None:
    assert list(crawled.dead_fragments()) == []


def test_no_page_is_over_its_time(crawled: Crawl) -> None:
    assert [address for address, visit in crawled.visits.items() if visit.seconds > PATIENCE] == []


def test_no_first_visit_loads_much(crawled: Crawl) -> None:
    large = {
        address: total
        for address, visit in crawled.pages.items()
        if (total := visit.size + sum(crawled.visits[load].size for load in visit.loads)) > TRANSFER
    }
    assert large == {}
