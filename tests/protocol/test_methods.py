"""Methods and what browsers of other origins may do: HEAD, OPTIONS, QUERY, 405, 415, CORS."""

from __future__ import annotations

import httpx
import pytest

from tests.protocol.answers import boolean_of, problem_of
from tests.protocol.content import MANY

COUNT = "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }"
EVERY = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
ENDPOINT = "/sparql"
ALLOWED = {
    "/sparql": "GET, HEAD, POST, QUERY, OPTIONS",
    "/store": "GET, HEAD, OPTIONS",
    "/graph/person/1.ttl": "GET, HEAD, OPTIONS",
    "/.well-known/void": "GET, HEAD, OPTIONS",
}
TAKEN = "application/sparql-query, application/x-www-form-urlencoded"

#: Requests whose answers are of every kind: results, a graph, descriptions, pages, problems.
TARGETS = (
    f"/sparql?query={COUNT}",
    f"/sparql?query={EVERY}&format=csv",
    "/sparql?query=SELECT (RAND() AS ?x) {}",
    "/sparql?query=CONSTRUCT WHERE { ?s ?p ?o }&format=nt",
    "/sparql",
    "/sparql?format=jsonld",
    "/sparql?query=ASK {",
    "/sparql?query=ASK {}&format=pdf",
    "/sparql?query=ASK {}&release=0000",
    "/store?default",
    "/store",
    "/store?graph=http://data.example/nothing",
    "/graph/person/1.ttl",
    "/.well-known/void",
)


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("target", TARGETS)
def test_head_has_the_status_and_headers_of_get_and_no_body(http: httpx.Client, target: str, coding: str) -> None:
    headers = {"Accept-Encoding": coding}
    got, head = http.get(target, headers=headers), http.head(target, headers=headers)
    assert head.content == b""
    assert head.status_code == got.status_code
    if "RAND" in target:  # the one answer whose length may differ
        del got.headers["content-length"], head.headers["content-length"]
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
    assert got.content


@pytest.mark.parametrize(
    ("method", "path"),
    [
        (method, path)
        for path in ALLOWED
        for method in ("PUT", "DELETE", "PATCH", "POST", "TRACE", "PROPFIND")
        if (method, path) != ("POST", ENDPOINT)
    ],
)
def test_a_method_that_is_not_taken_is_405_with_those_that_are(http: httpx.Client, path: str, method: str) -> None:
    answer = http.request(method, path, content=b"x")
    problem_of(answer, 405, "method-not-allowed")
    assert {name.strip() for name in answer.headers["allow"].split(",")} == set(ALLOWED[path].split(", "))
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ALLOWED)
def test_options_says_what_may_be_asked_from_everywhere(http: httpx.Client, path: str) -> None:
    preflight = {
        "Origin": "https://page.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match, content-type",
    }
    answer = http.options(path, headers=preflight)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == answer.headers["access-control-allow-methods"] == ALLOWED[path]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    named = {name.strip().lower() for name in answer.headers["access-control-allow-headers"].split(",")}
    assert {"accept", "content-type", "if-none-match"} <= named
    assert int(answer.headers["access-control-max-age"]) > 0
    if path == ENDPOINT:
        assert answer.headers["accept-post"] == answer.headers["accept-query"] == TAKEN


@pytest.mark.parametrize("target", TARGETS)
def test_every_answer_may_be_read_by_pages_of_other_origins(http: httpx.Client, target: str) -> None:
    answer = http.get(target, headers={"Origin": "https://page.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = {name.strip().lower() for name in answer.headers["access-control-expose-headers"].split(",")}
    assert {"etag", "retry-after", "crossings-release", "crossings-hint"} <= exposed
    assert answer.headers["x-content-type-options"] == "nosniff"
    varies = {name.strip() for name in answer.headers["vary"].split(",")}
    assert varies >= ({"Accept"} if target.startswith("/.well-known") else {"Accept", "Accept-Encoding"})


def test_query_is_a_method_that_reads(http: httpx.Client) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    answer = http.request("QUERY", "/sparql", content=COUNT, headers=direct)
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == str(MANY)
    form = http.request("QUERY", "/sparql", data={"query": COUNT})
    assert form.content == answer.content
    asked = http.request(
        "QUERY",
        "/sparql?default-graph-uri=http://data.example/data1&format=xml",
        content="ASK { <http://data.example/data1> ?p ?o }",
        headers=direct,
    )
    assert boolean_of(asked) is True
    again = http.request("QUERY", "/sparql", content=COUNT, headers={**direct, "If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    problem_of(http.request("QUERY", "/sparql", content=b""), 415, "unsupported-media-type")
    problem_of(http.request("QUERY", "/sparql", content="CLEAR ALL", headers=direct), 400, "update-refused")


@pytest.mark.parametrize("method", ["POST", "QUERY"])
@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "application/sparql-query; charset=latin-1",
        "application/sparql-results+json",
    ],
)
def test_a_body_of_another_type_is_415_with_those_that_are_taken(
    http: httpx.Client, method: str, content_type: str | None
) -> None:
    headers = {"Content-Type": content_type} if content_type is not None else {}
    answer = http.request(method, "/sparql", content=b"ASK {}", headers=headers)
    problem_of(answer, 415, "unsupported-media-type")
    assert answer.headers["accept-post"] == TAKEN


@pytest.mark.parametrize(
    "content_type",
    [
        "application/sparql-query",
        "Application/SPARQL-Query",
        "application/sparql-query;charset=UTF-8",
        'application/sparql-query; charset="utf-8"',
        "application/sparql-query; charset=us-ascii",
    ],
)
def test_a_query_as_the_body_is_utf_8(http: httpx.Client, content_type: str) -> None:
    answer = http.post("/sparql", content=b"ASK {}", headers={"Content-Type": content_type})
    assert boolean_of(answer) is True


def test_what_was_asked_by_one_method_is_not_answered_to_another_from_memory(http: httpx.Client) -> None:
    target = "/sparql?query=ASK+%7B+%7D"
    assert http.get(target).status_code == 200
    problem_of(http.post(target), 415, "unsupported-media-type")
    problem_of(http.request("QUERY", target), 415, "unsupported-media-type")
    assert http.head(target).status_code == 200
