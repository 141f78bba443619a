"""`/explore` on a real server: facets, forms of the result, the query, the download, and labels full of markup."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import lxml.html
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.namespaces import BASE, expand
from kg.release import Home, ReleaseContent, publish
from kg.summary.opening import open_summary
from kg.summary.state import VIEWS, State
from server.explore.view import explore_view
from tests.server.serving import Served, serving
from tests.summary.odd import HOSTILE, odd_quads


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("explored") / "home"
    publish(Home(home), ReleaseContent(quads=odd_quads()))
    with serving(home, tmp_path_factory.mktemp("log") / "errors") as running:
        yield running
    assert running.complaints() == ""


@pytest.fixture
def browser(odd: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=odd.url, timeout=30) as made:
        yield made


def page(browser: httpx.Client, address: str) -> lxml.html.HtmlElement:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    found = lxml.html.document_fromstring(answer.text)
    assert found.xpath("count(//h1)") == 1
    assert found.xpath("//*[@style or @onclick]") == []
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    return found


def counted(found: lxml.html.HtmlElement) -> int:
    return int(re.sub(r"\D.*", "", found.get_element_by_id("count").text_content().strip()))


@pytest.mark.parametrize("view", VIEWS)
def test_every_form_shows_the_result_and_no_markup_of_a_label(browser: httpx.Client, view: str) -> None:
    answer = browser.get("/explore", params={"view": view})
    assert "<script>alert" not in answer.text
    found = page(browser, f"/explore?view={view}&year=2001&year=none")
    assert 0 < counted(found) < 20
    labels = "".join(found.xpath("//main//text()"))
    assert HOSTILE.split()[0] in labels or view in ("map", "chart")
    current = found.xpath("//nav[@class='views']/a[@aria-current='true']")
    assert [link.text for link in current] == [view.capitalize()]


def test_choosing_a_value_gives_as_many_as_its_count_says_and_taking_it_away_all_again(browser: httpx.Client) -> None:
    start = page(browser, "/explore")
    choices = start.xpath("//a[@class='choice']")
    assert len(choices) > 15
    for choice in choices[::4]:
        number = int(choice.xpath("string(span[@class='count'])"))
        chosen = page(browser, choice.get("href"))
        assert counted(chosen) == number
        assert len(chosen.xpath("//a[@class='choice'][@aria-current='true']")) == 1
        chips = chosen.xpath("//a[@class='chip']")
        assert len(chips) == 1
        assert counted(page(browser, chips[0].get("href"))) == counted(start)


def test_a_facet_shows_a_dozen_values_more_on_demand_and_says_how_many_are_left(tmp_path: Path) -> None:
    many = [
        Quad(NamedNode(f"{BASE}id/incident/{n}"), NamedNode(expand(name)), NamedNode(expand(value)), DefaultGraph())
        for n in range(80)
        for name, value in (("rdf:type", "cx:Incident"), ("cx:viaRoute", f"id:route/{n:02d}"))
    ]
    release = publish(Home(tmp_path / "home"), ReleaseContent(quads=many))
    with open_summary(release.path) as connection:
        view = explore_view(connection, State(chosen={"route": ("79",)}))
    route = next(facet for facet in view.facets if facet.name == "route")
    assert [option.chosen for option in route.options] == [False] * 12 + [True]
    assert (len(route.further), route.untold) == (48, 80 - 12 - 1 - 48)
    assert [option.count for option in route.options] == [1] * 13


def test_the_query_of_a_page_has_its_rows(browser: httpx.Client) -> None:
    for address in ("/explore?front=central&sort=label", "/explore?q=ünnamed&actor=civilian&sort=oldest", "/explore"):
        found = page(browser, address)
        link = next(a.get("href") for a in found.xpath("//main//a") if a.text == "Open as SPARQL")
        assert urlsplit(link).path == "/query"
        given = parse_qs(urlsplit(link).query)
        answer = browser.get("/sparql", params={"query": given["query"][0], "release": given["release"][0]})
        rows = answer.json()["results"]["bindings"]
        iris = [row["incident"]["value"] for row in rows]
        shown = [a.get("href") for a in found.xpath("//table[@class='incidents']/tbody/tr/th/a")]
        assert [iri.removeprefix("https://w3id.org/crossings") for iri in iris] == shown
        assert shown


def test_the_download_has_every_row_and_no_formula(browser: httpx.Client) -> None:
    answer = browser.get("/explore", params={"format": "csv", "page": 3, "view": "chart", "sort": "label"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="incidents.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == counted(page(browser, "/explore"))
    assert any(row["label"].startswith(HOSTILE) for row in rows)
    assert {row["front"] for row in rows} >= {"", "front:central", "front:central-west"}


def test_the_forms_keep_what_is_chosen(browser: httpx.Client) -> None:
    found = page(browser, "/explore?front=central&front=none&sort=label&q=crossing&page=2&release=")
    for form, name in (
        (found.xpath("//form[@class='within']")[0], "q"),
        (found.xpath("//form[@role='search']")[1], "q"),
    ):
        fields = [(field.name, field.value) for field in form.xpath(".//input")]
        assert ("front", "central") in fields
        assert ("front", "none") in fields
        assert ("sort", "label") in fields
        assert [field for field, _ in fields].count(name) == 1
        assert "page" not in dict(fields)


def test_a_page_pinned_to_a_release_leads_to_pages_of_it(browser: httpx.Client) -> None:
    release = browser.get("/explore").headers["Crossings-Release"]
    found = page(browser, f"/explore?release={release}")
    for link in found.xpath("//a[@class='choice' or @class='chip']") + found.xpath("//nav[@class='views']/a"):
        assert f"release={release}" in link.get("href")
    assert browser.get("/explore", params={"release": "0000"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "named"), [("year=x", "year"), ("view=x", "view"), ("format=xls", "format"), ("page=0", "page")]
)
def test_a_parameter_that_is_wrong_is_a_problem_that_names_it(browser: httpx.Client, address: str, named: str) -> None:
    answer = browser.get(f"/explore?{address}", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert f"the parameter {named} is" in answer.json()["detail"]


def test_nothing_found_and_a_page_that_is_not_there_say_so(browser: httpx.Client) -> None:
    assert "No incident is like that" in browser.get("/explore?front=no-such").text
    assert "See the first" in unescape(browser.get("/explore?page=9").text)


def test_a_release_of_an_earlier_version_says_what_to_do(tmp_path: Path) -> None:
    home = tmp_path / "home"
    release = publish(Home(home), ReleaseContent(quads=odd_quads()))
    (release.path / "summary.sqlite").unlink()
    with serving(home, tmp_path / "errors") as running:
        answer = httpx.get(f"{running.url}/explore", headers={"Accept": "application/json"}, timeout=30)
    assert answer.status_code >= 500
    assert "run kg build again" in answer.json()["detail"]
