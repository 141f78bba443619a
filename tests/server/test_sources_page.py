"""`/sources` of a real server, on articles that share sources and strings that would do harm."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

import kg
from kg.consolidate.sources import Sources
from kg.querying import open_release, rows
from kg.release import Home
from kg.search.documents import thing
from server.links import local
from tests.support.html_pages import Node, page, parsed
from tests.support.listed_articles import HOSTILE, ONCE

TEXTS = 2 * ONCE + 1


def texts(found: Node) -> list[Node]:
    return found.one("table", cls="texts").one("tbody").all("tr")


def cell(row: Node, label: str) -> str:
    return row.one("td", data_label=label).text


def words(value: object) -> str:
    return str(getattr(value, "value", value))


def test_every_text_is_listed_once_with_what_it_gave(pages: httpx.Client, listed: Home) -> None:
    every = [row for number in (1, 2) for row in texts(page(pages, f"/sources?page={number}"))]
    assert len(every) == TEXTS
    links = [row.one("th").all("a")[0].attributes["href"] for row in every]
    held = open_release(listed.require_current())
    claims = (
        "SELECT (STR(?a) AS ?iri) (STR(COUNT(?c)) AS ?n) { GRAPH ?g { ?c a cx:Claim ; cx:inArticle ?a } } GROUP BY ?a"
    )
    counted = {local(words(iri)): words(n) for iri, n in rows(held, claims).rows}
    assert len(counted) == TEXTS
    assert {link: cell(row, "Claims") for link, row in zip(links, every, strict=True)} == counted


def test_a_digest_is_named_as_one_and_an_undated_text_as_undated(pages: httpx.Client) -> None:
    every = [row for number in (1, 2) for row in texts(page(pages, f"/sources?page={number}"))]
    digests = [row for row in every if "Our digest of an article" in row.text]
    assert len(digests) == ONCE
    assert {cell(row, "Published") for row in digests} == {"undated in the text"}
    assert {cell(row, "Rests on") for row in digests} == {"names no source"}
    assert sum("Nearly the same words as" in row.text for row in digests) == 2
    article = next(row for row in every if "Report 4" in row.text)
    assert "Article of The Daily Example" in article.text
    assert cell(article, "Published") == "5 June 2031"
    assert cell(article, "Rests on") == "Example Wire wire, 20 May 2031"
    assert (cell(article, "Incidents"), cell(article, "On it alone")) == ("1", "0")


def test_what_rests_on_one_text_alone_comes_first_where_it_is_asked_for(pages: httpx.Client) -> None:
    first = texts(page(pages, "/sources?sort=alone"))[0]
    assert first.one("th").text.startswith("=A count")
    assert cell(first, "On it alone") == "1 1 statistic"


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", "5 June 2031", "undated in the text"),
        ("sort=date&order=asc", "1 January 2031", "undated in the text"),
        ("sort=nothing&order=sideways", "13 June 2031", "undated in the text"),
    ],
)
def test_the_order_is_the_one_that_is_asked_for(pages: httpx.Client, query: str, first: str, last: str) -> None:
    if not query:
        first = "13 June 2031"
    shown = [cell(row, "Published") for row in texts(page(pages, f"/sources?{query}"))]
    assert (shown[0], shown[-1]) == (first, last)


def test_headings_order_and_turn_round(pages: httpx.Client) -> None:
    found = page(pages, "/sources?sort=title")
    headings = found.one("table", cls="texts").one("thead").all("th")
    (ordered,) = (th for th in headings if "aria-sort" in th.attributes)
    assert ordered.attributes["aria-sort"] == "ascending"
    turned = page(pages, ordered.one("a").attributes["href"])
    assert texts(turned)[0].text.startswith("Report 9")
    assert turned.one("select", id="sort").one("option", selected="").attributes["value"] == "title"


def test_publishers_are_grouped_and_filter(pages: httpx.Client) -> None:
    found = page(pages, "/sources")
    table = next(t for t in found.all("table") if t.one("thead").text.startswith("Publisher"))
    shown = {tr.one("th").text: [td.text for td in tr.all("td")] for tr in table.one("tbody").all("tr")}
    assert shown["The Daily Example"] == [str(ONCE - 1), str(ONCE - 1), "0", "0"]
    assert shown[HOSTILE] == ["1", "1", "0", "0"]
    assert shown["not stated 13 digests of ours"] == [str(ONCE + 1), str(ONCE), "1", "1"]
    for link in table.all("a"):
        narrowed = page(pages, link.attributes["href"])
        number = int(shown[next(name for name in shown if name.startswith(link.text))][0])
        assert len(texts(narrowed)) == number
    assert "No text matches" in page(pages, "/sources?publisher=Nobody").one("main").text


def test_independent_sources_are_counted_by_the_rule_of_the_build(pages: httpx.Client) -> None:
    # All that carry the agency's report are one; two of the others have nearly the same words; one counts.
    named = {f"a{n}": frozenset({"wire"}) for n in range(ONCE)} | {f"b{n}": frozenset[str]() for n in range(ONCE)}
    wanted = Sources.named({**named, "c": frozenset()}, [["b0", "b1"]]).of([*named, "c"])
    assert (wanted.minimum, wanted.maximum) == (1, 1 + ONCE - 1 + 1)
    assert f"1 to {ONCE + 1} independent sources" in page(pages, "/sources").one("main").text


def test_strangers_words_stay_words(pages: httpx.Client) -> None:
    address = "/sources?sort=title&order=desc"
    found = page(pages, address)
    assert not any("alert" in script.text for script in found.all("script"))
    assert found.one("main").all("img") == []
    assert not any(a.attributes.get("href", "").lower().startswith("javascript:") for a in found.all("a"))
    assert all("style" not in node.attributes and "onerror" not in node.attributes for node in found.all())
    assert HOSTILE in page(pages, "/sources?sort=title").one("main").text
    evil = page(pages, "/sources?publisher=%22%3E%3Cscript%3Ealert(4)%3C/script%3E")
    assert not any("alert" in script.text for script in evil.all("script"))


def test_pages_and_pins_stay_in_the_addresses(pages: httpx.Client, listed: Home) -> None:
    ident = listed.require_current().id
    found = page(pages, f"/sources?release={ident}&sort=claims")
    (other,) = found.one("nav", cls="paging").all("a")
    assert parse_qs(urlsplit(other.attributes["href"]).query) == {
        "sort": ["claims"],
        "page": ["2"],
        "release": [ident],
    }
    assert len(texts(page(pages, other.attributes["href"]))) == TEXTS - 25
    assert len(texts(page(pages, "/sources?page=99999999999"))) == TEXTS - 25


def test_the_linked_query_gives_every_text(pages: httpx.Client, listed: Home) -> None:
    link = page(pages, "/sources").one("section", cls="data").all("a")[0].attributes["href"]
    found = rows(open_release(listed.require_current()), parse_qs(urlsplit(link).query)["query"][0])
    assert len(found.rows) == TEXTS


def test_the_page_is_small_and_every_control_has_a_label(pages: httpx.Client) -> None:
    answer = pages.get("/sources")
    assert int(answer.headers["content-length"]) < 60_000
    found = parsed(answer.text)
    assert len(found.all("h1")) == 1
    labels = {label.attributes.get("for") for label in found.all("label")}
    assert {select.attributes["id"] for select in found.all("select")} <= labels
    assert pages.head("/sources").status_code == 200


def test_a_text_without_a_title_has_one_name_wherever_it_is_named(pages: httpx.Client, listed: Home) -> None:
    every = [row.one("th").all("a")[0] for number in (1, 2) for row in texts(page(pages, f"/sources?page={number}"))]
    untitled = {link.attributes["href"] or "": link.text for link in every if "without a title" in link.text}
    assert len(set(untitled.values())) == len(untitled) == ONCE
    address, name = next(iter(untitled.items()))
    graph = kg.open(listed.path)
    found = graph.article(address.rpartition("/")[2])
    assert found.label == found.iri.label == name
    assert page(pages, f"{address}.html").one("h1").text.startswith(name)
    incident = next(claim.subject for claim in found.claims if "/incident/" in claim.subject)
    assert name in page(pages, f"{local(incident)}.html").text
    held = open_release(listed.require_current())
    indexed = thing(held.store, str(found.iri))
    assert indexed is not None
    assert indexed[0].label == name


def test_the_csv_of_the_page_is_guarded_and_has_every_text(pages: httpx.Client) -> None:
    (link,) = [each for each in page(pages, "/sources").all("a") if each.text == "As CSV"]
    answer = pages.get(link.attributes["href"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == 'attachment; filename="sources.csv"'
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(found) == TEXTS
    assert "'=A count" in {row["title"] for row in found}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in found for cell in row.values())
    refused = pages.get("/sources?format=pdf", headers={"Accept": "application/json"})
    assert (refused.status_code, "give csv, or leave it out" in refused.text) == (400, True)
