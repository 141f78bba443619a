"""Problems as RFC 9457 has them, with the place of the error; and as a page for a browser."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from server.problems import PROBLEMS
from tests.protocol.answers import problem_of
from tests.protocol.content import Releases

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("query", "line", "column", "snippet"),
    [
        ("SELECT *\n{ ?s zz:p ?o }", 2, 6, "{ ?s zz:p ?o }\n     ^"),
        ("SELECT * { ?s ?p }", 1, 18, "SELECT * { ?s ?p }\n                 ^"),
        ("ASK {\r\n  ?s ?p ?o\r\n  FILTER(\r\n}", 4, 1, "}\n^"),
        ("ASK { 'ü' ?p ?o . 'é' zz:x ?o }", 1, 23, "ASK { 'ü' ?p ?o . 'é' zz:x ?o }\n                      ^"),
        ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", 1, 12, None),
        ("# first\nCLEAR ALL", 2, 1, None),
    ],
)
def test_an_error_has_its_line_column_and_snippet(
    http: httpx.Client, query: str, line: int, column: int, snippet: str | None
) -> None:
    document = http.get("/sparql", params={"query": query}).json()
    assert (document["status"], document["line"], document["column"]) == (400, line, column)
    shown, caret = document["snippet"].split("\n")
    assert caret.index("^") == len(caret) - 1
    if snippet is not None:
        assert f"{shown}\n{caret}" == snippet
    assert f"line {line}, column {column}" in document["detail"]


def test_the_snippet_of_a_long_line_is_cut_around_the_place(http: httpx.Client) -> None:
    query = f"SELECT * {{ {'?s ?p ?o . ' * 60} ?s zz:p ?o . {'?s ?p ?o . ' * 60} }}"
    document = http.get("/sparql", params={"query": query}).json()
    shown, caret = document["snippet"].split("\n")
    assert len(shown) <= 100
    assert shown[len(caret) - 1 :].startswith("zz:p")


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("SELECT * { ?s skoz:prefLabel ?o }", "did you mean skos: ?"),
        ("SELECT * { ?s a cz:Incident }", "did you mean cx: ?"),
        ("PREFIX mine: <http://a.example/> SELECT * { ?s min:p ?o }", "did you mean mine: ?"),
        ("SELECT * { ?s qqqqq:p ?o }", "declare it with PREFIX qqqqq: <...>"),
    ],
)
def test_an_undeclared_prefix_brings_the_one_that_was_probably_meant(
    http: httpx.Client, query: str, advice: str
) -> None:
    detail = problem_of(http.get("/sparql", params={"query": query}), 400, "malformed-query")["detail"]
    assert "is not declared" in detail
    assert detail.endswith(advice)


def _requests(releases: Releases) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """A request for each problem that can be had by asking alone."""
    direct = {"Content-Type": "application/sparql-query"}
    nested = "ASK { FILTER(" + "(" * 300 + "1" + ")" * 300 + ") }"
    return {
        "malformed-query": ("GET", "/sparql?query=ASK {", {}),
        "no-query": ("GET", "/sparql?query=ASK {}&query=ASK {}", {}),
        "malformed-request": ("GET", "/sparql?query=%FF", {}),
        "update-refused": ("POST", "/sparql", {"content": b"CLEAR ALL", "headers": direct}),
        "service-refused": ("GET", "/sparql?query=ASK { SERVICE <http://a.example/> {} }", {}),
        "nesting-refused": ("POST", "/sparql", {"content": nested.encode(), "headers": direct}),
        "unknown-graph": ("GET", "/sparql?query=ASK {}&default-graph-uri=http://a.example/", {}),
        "unknown-format": ("GET", "/sparql?query=ASK {}&format=pdf", {}),
        "unwritable": ("GET", "/sparql?query=SELECT ('\\u0001' AS ?x) {}&format=xml", {}),
        "invalid-parameter": ("GET", "/queries?tag=nothing", {}),
        "not-found": ("GET", "/nowhere", {}),
        "graph-not-found": ("GET", "/graph/nothing", {}),
        "unknown-release": ("GET", "/sparql?query=ASK {}&release=0000", {}),
        "method-not-allowed": ("PUT", "/sparql", {}),
        "not-acceptable": ("GET", "/sparql?query=ASK {}", {"headers": {"Accept": "image/png"}}),
        "release-gone": ("GET", f"/sparql?query=ASK {{}}&release={releases.pruned}", {}),
        "too-large": ("POST", "/sparql", {"content": b"#" * 200_000 + b"\nASK {}", "headers": direct}),
        "unsupported-media-type": ("POST", "/sparql", {"content": b"ASK {}"}),
        "malformed-rdf": ("POST", "/validate", {"content": b"nonsense", "headers": {"Content-Type": "text/turtle"}}),
        "range-not-satisfiable": (
            "GET",
            f"/dumps/{releases.current}/void.ttl",
            {"headers": {"Range": "bytes=99999999-"}},
        ),
        "origin-refused": ("POST", "/mcp", {"content": b"{}", "headers": {"Origin": "https://a.example"}}),
        "host-refused": ("POST", "/mcp", {"content": b"{}", "headers": {"Host": "a.example"}}),
        "writes-off": ("POST", "/update", {"content": b"CLEAR ALL"}),
    }


#: Problems that a request alone does not bring: they have tests of their own, where the server is hurt.
ELSEWHERE = {
    # A write has to be made, or tried, by who has a token.
    "no-update",
    "malformed-update",
    "unauthorized",
    "forbidden",
    "derived-graph",
    "unusable-article",
    "shape-violation",
    # A release of an earlier version: `tests/server/test_search_page.py`.
    "not-searchable",
    # A release that withholds something: `tests/server/test_linked_data.py`.
    "withheld",
    "writer-unavailable",
    "merge-too-large",
    "answer-too-large",
    "out-of-memory",
    "engine-died",
    "too-many-requests",
    "too-slow",
    "head-too-large",
    "service-failed",
    "server-error",
    "no-release",
    "overloaded",
    "timeout",
}


class _Words(HTMLParser):
    """The words of a page, and the tags that could load or run something that is not one of our files."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.loads: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ours = str(dict(attrs).get("src") or dict(attrs).get("href") or "").startswith(("/", "data:,"))
        if tag in ("script", "img", "iframe", "link", "style") and not ours:
            self.loads.append(tag)
        if any(name.startswith("on") for name, _value in attrs):
            self.loads.append(tag)


def _ask(http: httpx.Client, request: tuple[str, str, dict[str, Any]], accept: str | None) -> httpx.Response:
    method, target, given = request
    headers = {**given.get("headers", {}), **({"Accept": accept} if accept else {})}
    return http.request(method, target, content=given.get("content"), headers=headers)


@pytest.mark.parametrize("name", [name for name in PROBLEMS if name not in ELSEWHERE])
def test_every_problem_is_json_for_programs_and_a_page_for_browsers(
    http: httpx.Client, protocol_releases: Releases, name: str
) -> None:
    request = _requests(protocol_releases)[name]
    document = problem_of(_ask(http, request, None), PROBLEMS[name].status, name)
    assert document["title"] == PROBLEMS[name].title
    accept = "text/html" if name == "not-acceptable" else BROWSER
    page = _ask(http, request, accept)
    assert (page.status_code, page.headers["content-type"]) == (PROBLEMS[name].status, "text/html; charset=utf-8")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    words = _Words()
    words.feed(page.text)
    assert PROBLEMS[name].title in words.text
    assert words.loads == []
    if name != "not-acceptable":  # which repeats the header
        assert document["detail"] in words.text


def test_every_problem_is_either_here_or_elsewhere(protocol_releases: Releases) -> None:
    assert set(_requests(protocol_releases)) | ELSEWHERE == set(PROBLEMS)


def test_a_page_escapes_what_it_was_sent(http: httpx.Client) -> None:
    query = "SELECT * { ?s zz:p '<script>alert(1)</script>' }"
    page = http.get("/sparql", params={"query": query}, headers={"Accept": BROWSER})
    assert page.status_code == 400
    words = _Words()
    words.feed(page.text)
    assert words.loads == []
    assert "<script>alert(1)</script>" in words.text  # in the snippet, as text


@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/csv", ""])
def test_a_program_is_never_sent_a_page(http: httpx.Client, accept: str) -> None:
    answer = http.get("/sparql", params={"query": "ASK {"}, headers={"Accept": accept})
    problem_of(answer, 400, "malformed-query")
