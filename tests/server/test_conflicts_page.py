"""`/conflicts` of a real server, on articles that disagree and strings that would do harm."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from kg.conflicts import disputes
from kg.namespaces import expand
from kg.querying import open_release, rows
from kg.release import Home
from tests.support.html_pages import Node, page, parsed
from tests.support.listed_articles import HOSTILE, ONCE, SETTLED


def shown(found: Node) -> list[Node]:
    return found.one("main").all("article", cls="conflict")


def test_every_disagreement_of_the_release_is_listed_once(pages: httpx.Client, listed: Home) -> None:
    known = disputes(open_release(listed.require_current()))
    first, second = page(pages, "/conflicts"), page(pages, "/conflicts?page=2")
    names = [node.attributes["id"] for node in (*shown(first), *shown(second))]
    assert len(names) == ONCE
    assert set(names) == {f"conflict-{d.conflict.rpartition('/')[2]}" for d in known}
    assert "13 disagreements" in first.one("main").text
    assert "11–13 of 13 disagreements" in second.one("main").text
    assert first.one("nav", cls="paging").one("a").text == "2"


def test_the_undecided_stand_first_and_the_rule_says_what_it_says(pages: httpx.Client) -> None:
    last = shown(page(pages, "/conflicts?page=2"))[-1]
    assert "settled by a rule" in last.text
    assert "Chosen by the rule quoted official. A state body's own quoted words go before" in last.text
    chosen, other = last.all("section", cls="side")
    assert chosen.one("h3").text.startswith("western front")
    assert chosen.one("h3").text.endswith("chosen")
    assert other.one("h3").text.startswith("eastern front")
    assert f"{SETTLED + 1} May 2031" in last.one("h2").text
    undecided = shown(page(pages, "/conflicts"))[0]
    assert "No rule chose between these values" in undecided.text


def test_each_value_has_its_claims_with_words_article_date_speaker_and_certainty(pages: httpx.Client) -> None:
    first = next(node for node in shown(page(pages, "/conflicts")) if "2 May 2031" in node.one("h2").text)
    eastern, western = first.all("section", cls="side")
    assert "3 words at offset 19, withheld" in eastern.text, "the words of a publisher are"
    assert western.one("mark").text == "the western front"
    assert "The Daily Example" in eastern.text
    assert "2 June 2031" in eastern.text
    assert "asserted" in eastern.text
    assert "said by" in western.text
    assert "“it”" in western.text
    assert "our digest of an article" in western.text
    assert "undated" in western.text
    assert "reported" in western.text
    assert "1 claim in 1 article, 1 independent source" in western.text
    assert "A man crossed" in western.text, "the words of a digest stand in their context"


def test_filters_narrow_the_list_and_stay_chosen(pages: httpx.Client) -> None:
    found = page(pages, "/conflicts?rule=quoted-official")
    assert len(shown(found)) == 1
    assert found.one("select", id="rule").one("option", selected="").attributes["value"] == "quoted-official"
    found = page(pages, "/conflicts?undecided=1&property=front&page=2")
    assert len(shown(found)) == ONCE - 1 - 10
    assert found.one("input", name="undecided").attributes["checked"] == ""
    assert found.one("select", id="property").one("option", selected="").attributes["value"] == "front"
    other = found.one("nav", cls="paging").one("a").attributes["href"]
    assert parse_qs(urlsplit(other).query) == {"undecided": ["1"], "property": ["front"]}


@pytest.mark.parametrize(
    "query", ["property=name", "rule=nothing", "property=%22%3E%3Cscript%3E", "property=front%3E%20.%20%3Fs%20%3Fp"]
)
def test_a_filter_that_nothing_matches_says_so(pages: httpx.Client, query: str) -> None:
    found = page(pages, f"/conflicts?{query}")
    assert shown(found) == []
    assert "No disagreement matches." in found.one("main").text


@pytest.mark.parametrize(
    ("number", "first"), [("0", "1–10"), ("-3", "1–10"), ("x", "1–10"), ("9" * 40, "11–13"), ("%00", "1–10")]
)
def test_any_page_number_gives_a_page(pages: httpx.Client, number: str, first: str) -> None:
    assert f"{first} of 13 disagreements" in page(pages, f"/conflicts?page={number}").one("main").text


def test_every_link_of_a_disagreement_leads_somewhere(pages: httpx.Client) -> None:
    first = shown(page(pages, "/conflicts"))[0]
    local = {a.attributes["href"] for a in first.all("a")}
    assert any(address.startswith("/id/incident/") for address in local)
    assert any(address.startswith("/id/conflict/") for address in local)
    for address in sorted(local):
        path = urlsplit(address).path
        if path.startswith("/id/"):
            assert pages.get(address, headers={"Accept": "text/turtle"}).status_code == 303, address


def test_the_queries_that_are_linked_give_what_is_shown(pages: httpx.Client, listed: Home) -> None:
    found = page(pages, "/conflicts?rule=quoted-official")
    linked = [a.attributes["href"] for a in found.one("main").all("a") if a.text == "This as a query"]
    one, every = (parse_qs(urlsplit(address).query)["query"][0] for address in linked)
    held = open_release(listed.require_current())
    assert len(rows(held, one).rows) == 2
    answer = rows(held, every)
    assert [str(row[answer.variables.index("chosen")]).split('"')[1] for row in answer.rows] == ["true", "false"]
    whole = page(pages, "/conflicts").one("section", cls="data").all("a")[0].attributes["href"]
    assert len(rows(held, parse_qs(urlsplit(whole).query)["query"][0]).rows) == 2 * ONCE


def test_strangers_words_stay_words(pages: httpx.Client) -> None:
    for address in ("/conflicts", "/conflicts?page=2"):
        found = page(pages, address)
        assert not any("alert" in script.text for script in found.all("script"))
        assert found.one("main").all("img") == []
        assert not any(a.attributes.get("href", "").lower().startswith("javascript:") for a in found.all("a"))
        assert all("style" not in node.attributes and "onclick" not in node.attributes for node in found.all())
    text = "".join(page(pages, a).one("main").text for a in ("/conflicts", "/conflicts?page=2"))
    assert HOSTILE in text


def test_a_pinned_release_stays_pinned(pages: httpx.Client, listed: Home) -> None:
    ident = listed.require_current().id
    found = page(pages, f"/conflicts?release={ident}")
    assert ident in found.one("nav", cls="paging").one("a").attributes["href"]
    assert found.one("input", name="release").attributes["value"] == ident
    assert pages.get("/conflicts?release=0000000000000000").status_code == 404


def test_the_page_is_small_and_has_one_heading_and_labelled_controls(pages: httpx.Client) -> None:
    answer = pages.get("/conflicts")
    assert int(answer.headers["content-length"]) < 60_000
    found = parsed(answer.text)
    assert len(found.all("h1")) == 1
    labels = {label.attributes.get("for") for label in found.all("label")}
    assert {select.attributes["id"] for select in found.all("select")} <= labels
    assert pages.head("/conflicts").status_code == 200
    assert pages.get("/conflicts", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_a_release_without_disagreements_says_so(client: httpx.Client) -> None:
    assert "contradict each other nowhere" in page(client, "/conflicts").one("main").text


def test_the_csv_of_the_page_has_what_it_lists_as_it_is_filtered(pages: httpx.Client) -> None:
    for path, total in (("/conflicts", ONCE), ("/conflicts?undecided=1", ONCE - 1), ("/conflicts?property=none", 0)):
        (link,) = [each for each in page(pages, path).all("a") if each.text == "All that match as CSV"]
        answer = pages.get(link.attributes["href"])
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
        found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len({row["subject"] for row in found}) == total
        assert {row["property"] for row in found} == ({expand("cx:front")} if total else set())
