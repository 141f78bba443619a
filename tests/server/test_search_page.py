"""`/search` as people and as programs ask it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.release import Home, Release, ReleaseContent, publish
from kg.search.answer import Answer
from kg.search.question import LONGEST
from tests.search.small_graph import ARTICLES, iri, quads
from tests.server.asking import limited
from tests.server.serving import client_of, serving

_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
_MARKUP = '<script>alert("x")</script> & <b onclick=x>sea</b>'
_EVIL = NamedNode("javascript:alert(1)")


@dataclass(frozen=True)
class Place:
    """A server of three releases: the current one, an older one, and one that was made without an index."""

    client: httpx.Client
    current: Release
    older: Release
    bare: Release


def _persons(count: int) -> list[Quad]:
    """Persons of one name, enough for several pages."""
    return [
        quad
        for number in range(count)
        for quad in (
            Quad(iri(f"id:person/many-{number:02}"), iri("rdf:type"), iri("cx:Person")),
            Quad(
                iri(f"id:person/many-{number:02}"),
                iri("skos:prefLabel"),
                Literal(f"Ahn number {number}", language="en"),
            ),
        )
    ]


def _strange() -> list[Quad]:
    named = [
        Quad(person, iri(predicate), value)
        for person in (_EVIL, iri("id:person/strange"))
        for predicate, value in (
            ("rdf:type", iri("cx:Person")),
            ("skos:prefLabel", Literal(_MARKUP, language="en")),
            ("cx:name", Literal('=cmd("x") <i>sea</i>')),
        )
    ]
    quoted = NamedNode(ARTICLES[0])
    return [*named, Quad(iri("id:selector/1"), iri("oa:exact"), Literal(f"He said {_MARKUP}"), quoted)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("search-page")
    home = Home(folder / "home")
    bare = publish(home, ReleaseContent(quads=_persons(1)))
    bare.search_path.unlink()
    older = publish(home, ReleaseContent(quads=quads()))
    without = [quad for quad in quads() if quad.subject != iri("id:selector/1") or quad.predicate != iri("oa:exact")]
    current = publish(home, ReleaseContent(quads=[*without, *_persons(45), *_strange()]))
    with client_of(home.path, folder / "errors", *limited("client-seconds=99999", "workers=2", "spares=0")) as client:
        yield Place(client, current, older, bare)


class Page(HTMLParser):
    """The links of a page by their text, what is marked, and the names of its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.marked: list[str] = []
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self._open: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]
        self._open.append((tag, dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag, href in self._open:
            if tag == "a":
                self.links[href] = self.links.get(href, "") + data
        if self._open and self._open[-1][0] == "mark":
            self.marked.append(data)


def _page(place: Place, **parameters: str) -> Page:
    answer = place.client.get("/search", params=parameters, headers=_BROWSER)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    return Page(answer.text)


def test_json(place: Place) -> None:
    answer = place.client.get("/search", params={"q": "Park Chul Soo"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["crossings-release"] == place.current.id
    told = answer.json()
    assert (told["release"], told["revision"]) == (place.current.id, place.current.revision)
    record = msgspec.json.decode(answer.content, type=Answer)
    first = record.hits[0]
    assert (first.cls, first.label, first.matched.how) == ("Person", "Pak Chol-su", "spelling")
    assert first.matched.snippet.marks == [(0, 11)]
    again = place.client.get(
        "/search", params={"q": "Park Chul Soo"}, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert place.client.head("/search", params={"q": "pak"}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "format", "media_type"),
    [
        ("application/json", None, "application/json"),
        ("*/*", None, "application/json"),
        ("text/*;q=0.3", None, "text/html"),
        (_BROWSER["Accept"], None, "text/html"),
        (_BROWSER["Accept"], "json", "application/json"),
        ("application/json", "html", "text/html"),
    ],
)
def test_the_form_of_the_answer(place: Place, accept: str, format: str | None, media_type: str) -> None:
    asked = {"q": "pak"} | ({"format": format} if format else {})
    answer = place.client.get("/search", params=asked, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.headers["vary"] == "Accept, Accept-Encoding"


def test_no_form_that_a_client_takes(place: Place) -> None:
    answer = place.client.get("/search", params={"q": "pak"}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.json()["available"] == ["text/html", "application/json"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "q"),
        ("q=a&q=b", "q"),
        (f"q={'x' * (LONGEST + 1)}", "q"),
        ("q=a&class=Ship", "class"),
        ("q=a&limit=0", "limit"),
        ("q=a&limit=101", "limit"),
        ("q=a&limit=%D9%A3", "limit"),
        ("q=a&limit=1e1", "limit"),
        ("q=a&page=-1", "page"),
        (f"q=a&page={'9' * 4000}", "page"),
        ("q=a&format=xml", "format"),
        ("q=a&release=x&release=y", "release"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(place: Place, query: str, name: str) -> None:
    answer = place.client.get(f"/search?{query}")
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("/problem/malformed-request")
    assert problem["parameter"] == name
    assert problem["detail"].startswith(f"the parameter {name} ")
    assert len(problem["detail"]) < 300


def test_releases(place: Place) -> None:
    def total(**parameters: str) -> int:
        return int(place.client.get("/search", params={"q": "ahn", **parameters}).json()["total"])

    assert total() == 45
    assert total(release=place.older.id) == 0
    bare = place.client.get("/search", params={"q": "ahn", "release": place.bare.id})
    assert bare.status_code == 404
    assert bare.json()["type"].endswith("/problem/not-searchable")
    assert "build it again" in bare.json()["detail"]
    assert place.client.get("/search", params={"q": "ahn", "release": "f" * 16}).status_code == 404


def test_the_page_shows_hits_with_marks_quotes_and_their_articles(place: Place) -> None:
    page = _page(place, q="crossed the river")
    assert set(page.marked) == {"crossed", "the", "river"}
    assert page.names.count("h1") == 1
    assert "/id/person/1" in page.links
    assert page.links["/id/article/2#e-2"] == "Report 2"
    assert page.links["/id/claim/2"] == "the claim"
    assert "The Paper" in page.text


def test_classes_narrow_and_pages_follow_one_another(place: Place) -> None:
    first = _page(place, q="ahn number", limit="20")
    (people,) = [href for href, text in first.links.items() if text.startswith("People")]
    assert "class=Person" in people
    assert "limit=20" not in people  # it is what holds anyway
    second = next(href for href, text in first.links.items() if text == "2")
    assert "page=2" in second
    assert "1–20 shown" in first.text
    last = _page(place, q="ahn number", page="3", **{"class": "Person"})
    assert "41–45 shown" in last.text
    assert not {href for href in last.links if "page=4" in href}
    beyond = _page(place, q="ahn number", page="9")
    assert "Nothing found" in beyond.text


def test_links_of_a_pinned_page_stay_with_its_release(place: Place) -> None:
    page = _page(place, q="pak", release=place.older.id)
    assert f"/id/person/1?release={place.older.id}" in page.links
    ours = [href for href in page.links if href.startswith("/search?")]
    assert ours
    assert all(f"release={place.older.id}" in href for href in ours)


@pytest.mark.parametrize("typed", ["", " ", "?!", '"'])
def test_without_words_the_page_says_what_can_be_looked_for(place: Place, typed: str) -> None:
    page = _page(place, q=typed)
    assert "Find people" in page.text
    assert ("no letter and no digit" in page.text) == bool(typed)
    assert "Find people" in _page(place).text


def test_advice_where_nothing_is_found(place: Place) -> None:
    page = _page(place, q="nothing has this name")
    assert "Nothing found" in page.text
    assert "/explore" in page.links
    elsewhere = _page(place, q="pak", **{"class": "Route"})
    assert "among everything" in elsewhere.links["/search?q=pak"] + elsewhere.text


def test_markup_of_strangers_is_text(place: Place) -> None:
    typed = '"><script>alert(2)</script> sea'
    for asked in ("sea", "script alert sea", typed):
        answer = place.client.get("/search", params={"q": asked}, headers=_BROWSER)
        page = Page(answer.text)
        assert "b" not in page.names
        assert "i" not in page.names
        assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
        assert not [href for href in page.links if not re.match(r"[/#]|https://creativecommons", href)]
        scripts = re.findall(r"<script\b([^>]*)>", answer.text)
        # A script of ours from a file, or data that no browser runs.
        assert all("src=" in script or 'type="application/ld+json"' in script for script in scripts)
    assert "alert(&#34;" in place.client.get("/search", params={"q": "sea"}, headers=_BROWSER).text


@given(typed=st.text(max_size=60))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(place: Place, typed: str) -> None:
    asked = typed.encode("utf-8", "replace").decode()
    for headers in (_BROWSER, {}):
        answer = place.client.get("/search", params={"q": asked}, headers=headers)
        assert answer.status_code == 200, answer.text
        if not headers:
            assert answer.json()["query"] == asked


def test_a_search_is_charged_as_a_query_is(place: Place, tmp_path: Path) -> None:
    home = place.current.path.parents[1]
    with serving(home, tmp_path / "errors", *limited("client-seconds=0.1", "workers=2", "spares=0")) as running:
        for number in range(200):
            # Another page each time: one that is kept costs nothing.
            answer = httpx.get(f"{running.url}/search", params={"q": f"ahn {number}"}, timeout=60)
            if answer.status_code == 429:
                break
        assert answer.status_code == 429
        assert answer.json()["type"].endswith("/problem/too-many-requests")
        assert int(answer.headers["retry-after"]) >= 1


def test_browsers_are_told_of_the_search(place: Place) -> None:
    home = place.client.get("/", headers=_BROWSER)
    assert 'href="/opensearch.xml"' in home.text
    answer = place.client.get("/opensearch.xml")
    assert answer.headers["content-type"].partition(";")[0] == "application/opensearchdescription+xml"
    root = ET.fromstring(answer.text)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{space}OpenSearchDescription"
    templates = {url.attrib["type"]: url.attrib["template"] for url in root.findall(f"{space}Url")}
    for media_type, template in templates.items():
        filled = template.replace("{searchTerms}", "pak").replace("{startPage?}", "1")
        assert place.client.get(filled, headers=_BROWSER).headers["content-type"].startswith(media_type)


def test_a_plain_store_has_no_search(tmp_path: Path) -> None:
    with serving(tmp_path / "home", tmp_path / "errors", "--empty") as running:
        assert httpx.get(f"{running.url}/search?q=a", timeout=60).status_code == 404
        assert "/search" not in httpx.get(f"{running.url}/openapi.json", timeout=60).json()["paths"]
