"""`/query` without a script: a form whose address is the permalink, rows with labels, errors with their line."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from kg.questions import questions
from kg.release import Home

HOSTILE = """SELECT * { VALUES (?iri ?text) {
  (<javascript:alert(1)> "<script>alert(1)</script>")
  (<https://e.example/%22onmouseover=alert(1)> "\\"onmouseover=\\"alert(1)")
  (<data:text/html,x> "</script><img src=x onerror=alert(1)>") } }"""


class Page(HTMLParser):
    """The links, elements, table and embedded data of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.given: dict[str, Any] = {}
        self.query = ""
        self._stack: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag in ("td", "th", "textarea") or (tag == "script" and found.get("id") == "given"):
            self._stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._stack and self._stack[-1] == tag:
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        inside = self._stack[-1] if self._stack else ""
        if inside in ("td", "th"):
            self.rows[-1][-1] += data
        elif inside == "textarea":
            self.query += data
        elif inside == "script":
            self.given = json.loads(data)

    def links(self) -> list[str]:
        return [found["href"] or "" for tag, found in self.tags if tag == "a" and "href" in found]


def page(client: httpx.Client, **parameters: str) -> tuple[httpx.Response, Page]:
    answer = client.get("/query", params=parameters)
    return answer, Page(answer.text)


def test_it_begins_with_a_query_that_was_not_asked_and_all_questions(client: httpx.Client) -> None:
    answer, found = page(client)
    assert answer.status_code == 200
    assert "SELECT" in found.query
    assert found.rows == []
    assert "answer" not in found.given
    form = next(attributes for tag, attributes in found.tags if tag == "form" and attributes.get("id") == "ask")
    assert (form["action"], form["method"]) == ("/query", "get")
    linked = {parse_qs(urlsplit(link).query)["question"][0] for link in found.links() if "question=" in link}
    assert linked == {question.name for question in questions()}


def test_rows_have_labels_and_lead_to_what_they_name(client: httpx.Client) -> None:
    _, found = page(client, query="SELECT ?i ?front ?day { ?i cx:front ?front ; cx:dateEarliest ?day } ORDER BY ?i")
    assert found.rows[0] == ["i", "front", "day"]
    assert found.rows[1] == ["crossing “0”\nof a kind", "eastern front", "2019-01-01"]
    assert "/id/incident/0000" in found.links()
    assert "/vocabulary/front#eastern" in found.links()
    front = "https://w3id.org/crossings/vocabulary/front#eastern"
    assert any(attributes.get("title") == front for tag, attributes in found.tags if tag == "a")
    assert found.given["labels"][front] == ["eastern front", None]
    assert len(found.given["answer"]["results"]["bindings"]) == 3


def test_the_address_is_a_permalink_to_query_and_release(client: httpx.Client, home: Path) -> None:
    release = Home(home).require_current().id
    query = "SELECT (1 AS ?n) { }"
    _, found = page(client, query=query)
    pinned = next(link for link in found.links() if link.startswith("/query?query=") and "release=" in link)
    assert parse_qs(urlsplit(pinned).query) == {"query": [query], "release": [release]}
    again = client.get(pinned)
    assert again.status_code == 200
    kept = [attributes for tag, attributes in Page(again.text).tags if attributes.get("name") == "release"]
    assert [attributes["value"] for attributes in kept] == [release], "the form keeps the release"
    for link in (link for link in found.links() if link.startswith("/sparql?query=")):
        assert client.get(link).status_code == 200, link


def test_an_unknown_release_is_a_problem(client: httpx.Client) -> None:
    assert page(client, query="ASK {}", release="0" * 16)[0].status_code == 404


def test_an_error_stands_with_its_line(client: httpx.Client) -> None:
    answer, found = page(client, query="SELECT ?x WHERE {\n  ?x a nope:Thing }")
    assert answer.status_code == 400
    assert "line 2, column 8" in answer.text
    assert "the prefix nope: is not declared" in answer.text
    assert (found.given["problem"]["line"], found.given["problem"]["column"]) == (2, 8)
    assert found.query == "SELECT ?x WHERE {\n  ?x a nope:Thing }", "what was asked stays in the field"
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?n) { }", "SELECT (RAND() AS ?n) { }"])
def test_what_is_new_each_time_is_not_kept(client: httpx.Client, query: str) -> None:
    first, second = page(client, query=query)[0], page(client, query=query)[0]
    assert first.headers["cache-control"] == "no-store"
    assert Page(first.text).rows != Page(second.text).rows


def test_yes_and_no(client: httpx.Client) -> None:
    answer, found = page(client, query="ASK { ?i a cx:Incident }")
    assert '<p class="truth">Yes</p>' in answer.text
    formats = [parse_qs(urlsplit(link).query)["format"][0] for link in found.links() if "format=" in link]
    assert formats == ["json", "xml"]
    assert '<p class="truth">No</p>' in page(client, query="ASK { ?i a cx:Route }")[0].text


def test_nothing_found_is_said(client: httpx.Client) -> None:
    assert "Nothing in this release fits the query." in page(client, query="SELECT * { ?s a cx:Route }")[0].text


def test_the_first_hundred_of_many_rows(client: httpx.Client) -> None:
    query = "SELECT ?a ?d { GRAPH ?g { ?a ?b ?c . ?d ?e ?f } }"
    answer, found = page(client, query=query)
    assert len(found.rows) == 101
    assert "The first 100 rows" in answer.text
    assert "answer" not in found.given, "the script asks for the whole"


@pytest.mark.parametrize("question", [question.name for question in questions()])
def test_each_question_is_answered(client: httpx.Client, question: str) -> None:
    answer, found = page(client, question=question)
    assert answer.status_code == 200
    title = next(each.title for each in questions() if each.name == question)
    assert title in " ".join(found.query.replace("#", " ").split())


def test_an_unknown_question_is_a_problem(client: httpx.Client) -> None:
    assert page(client, question="nothing")[0].status_code == 404


def test_a_stranger_s_text_stays_text(client: httpx.Client) -> None:
    answer, found = page(client, query=HOSTILE)
    assert answer.status_code == 200
    assert not any(link.lower().startswith(("javascript:", "data:")) for link in found.links())
    assert "https://e.example/%22onmouseover=alert(1)" in found.links()
    assert [tag for tag, _ in found.tags if tag == "img"] == []
    for tag, attributes in found.tags:
        assert not any(name.startswith("on") for name in attributes), tag
        assert "style" not in attributes, tag
    assert found.rows[1] == ["javascript:alert(1)", "<script>alert(1)</script>"]
    assert len(found.given["answer"]["results"]["bindings"]) == 3


def test_the_page_allows_no_inline_script_and_no_other_host(client: httpx.Client) -> None:
    answer, found = page(client, query=HOSTILE)
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    scripts = [attributes for tag, attributes in found.tags if tag == "script"]
    loaded = [attributes for attributes in scripts if attributes.get("type") == "module"]
    assert all((attributes.get("src") or "").startswith("/static/") for attributes in loaded)
    assert {attributes.get("type") for attributes in scripts} <= {"module", "application/json", "application/ld+json"}


def test_the_editor_is_told_prefixes_terms_and_questions(client: httpx.Client) -> None:
    answer = client.get("/query/terms.json")
    told = answer.json()
    assert told["prefixes"]["cx"] == "https://w3id.org/crossings/ontology#"
    counted = {term["name"]: term.get("count") for term in told["terms"]}
    assert counted["cx:Incident"] == 3
    assert counted["cx:front"] == 3
    assert {question["name"] for question in told["questions"]} == {question.name for question in questions()}
    again = client.get("/query/terms.json", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_the_page_and_its_scripts_are_small(client: httpx.Client) -> None:
    """What a browser loads before anybody does anything, as a browser takes it without encryption: gzip."""
    answer = client.get("/query", headers={"Accept-Encoding": "gzip"})
    loaded = [answer.num_bytes_downloaded]
    found = Page(answer.text)
    wanted = [
        attributes.get("src") or attributes.get("href") for tag, attributes in found.tags if tag in ("script", "link")
    ]
    seen: set[str] = set()
    while wanted:
        address = wanted.pop()
        if address is None or not address.startswith("/static/") or address in seen:
            continue
        seen.add(address)
        part = client.get(address, headers={"Accept-Encoding": "gzip"})
        loaded.append(part.num_bytes_downloaded)
        wanted += [f"/static/{name}" for name in re.findall(r'from"\./(chunk\.[A-Z0-9]+\.js)"', part.text)]
    assert any(address.startswith("/static/query.") and address.endswith(".js") for address in seen)
    assert sum(loaded) < 150_000
