"""Entity tags: one for each release, query, dataset, format and coding; 304 without a body; none where chance plays."""

from __future__ import annotations

from itertools import combinations

import httpx
import pytest

from tests.protocol.answers import rows_of
from tests.protocol.content import Releases

LONG = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
TRIPLES = "CONSTRUCT WHERE { ?s ?p ?o }"
GRAPH = "http://data.example/data1"


def asked(http: httpx.Client, query: str = LONG, coding: str = "identity", **parameters: str) -> httpx.Response:
    answer = http.get("/sparql", params={"query": query, **parameters}, headers={"Accept-Encoding": coding})
    assert answer.status_code == 200
    return answer


def test_whatever_changes_the_answer_changes_its_tag(http: httpx.Client, protocol_releases: Releases) -> None:
    different = [
        *(asked(http, coding=coding) for coding in ("identity", "gzip", "zstd")),
        *(asked(http, format=format) for format in ("xml", "csv", "tsv")),
        *(asked(http, TRIPLES, format=format) for format in ("ttl", "nt", "xml", "jsonld", "trig", "nq")),
        asked(http, TRIPLES, coding="gzip", format="nt"),
        asked(http, LONG + " LIMIT 3"),
        asked(http, **{"default-graph-uri": GRAPH}),
        asked(http, **{"named-graph-uri": GRAPH}),
        asked(http, release=protocol_releases.older),
        http.get("/store?default"),
        http.get("/store", params={"graph": GRAPH}),
        http.get("/store", params={"default": "", "release": protocol_releases.older}),
        http.get("/.well-known/void"),
        http.get("/.well-known/void", params={"format": "nt"}),
        http.get("/.well-known/void", params={"release": protocol_releases.older}),
    ]
    tags = [answer.headers["etag"] for answer in different]
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)  # strong: the bytes are the same
    assert [(a, b) for (a, one), (b, other) in combinations(enumerate(tags), 2) if one == other] == []


def test_what_does_not_change_the_answer_leaves_its_tag(http: httpx.Client, protocol_releases: Releases) -> None:
    tag = asked(http).headers["etag"]
    assert asked(http).headers["etag"] == tag
    assert asked(http, format="json").headers["etag"] == tag
    assert asked(http, timeout="3").headers["etag"] == tag
    assert asked(http, release=protocol_releases.current).headers["etag"] == tag
    posted = http.post("/sparql", data={"query": LONG}, headers={"Accept-Encoding": "identity"})
    assert posted.headers["etag"] == tag


TARGETS = [
    {"query": LONG},
    {"query": LONG, "format": "csv"},
    {"query": TRIPLES, "format": "nt"},
    {"query": "ASK {}", "default-graph-uri": GRAPH},
]


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("parameters", TARGETS)
def test_who_has_the_answer_gets_304_without_a_body(
    http: httpx.Client, parameters: dict[str, str], coding: str
) -> None:
    # First from a worker, then from memory.
    for again in ("", "&again"):
        encoding = {"Accept-Encoding": coding}
        target = f"/sparql?{httpx.QueryParams(parameters)}{again}"
        tag = http.get(target, headers=encoding).headers["etag"]
        for given in (tag, f"W/{tag}", f'"other", {tag}', "*", f'{tag} , "other"'):
            for method in ("GET", "HEAD"):
                answer = http.request(method, target, headers={**encoding, "If-None-Match": given})
                assert (answer.status_code, answer.content) == (304, b""), given
                assert answer.headers["etag"] == tag
                assert answer.headers["vary"] == "Accept, Accept-Encoding"
                assert answer.headers["cache-control"] == "no-cache"
                assert "content-type" not in answer.headers
                assert int(answer.headers.get("content-length", 0)) == 0


def test_a_tag_is_known_before_the_answer_was_ever_made(http: httpx.Client) -> None:
    """What a client kept from before the server was started is still good."""
    query = f"{LONG} OFFSET 7"
    posted = http.post("/sparql", data={"query": query}, headers={"Accept-Encoding": "identity"})
    headers = {"Accept-Encoding": "identity", "If-None-Match": posted.headers["etag"]}
    answer = http.get("/sparql", params={"query": query}, headers=headers)
    assert answer.status_code == 304


@pytest.mark.parametrize(
    ("parameters", "headers"),
    [
        ({"query": LONG}, {"Accept-Encoding": "gzip"}),
        ({"query": LONG}, {"Accept": "text/csv"}),
        ({"query": LONG, "format": "xml"}, {}),
        ({"query": LONG + " LIMIT 1"}, {}),
        ({"query": LONG, "default-graph-uri": GRAPH}, {}),
    ],
)
def test_who_has_another_answer_gets_this_one(
    http: httpx.Client, parameters: dict[str, str], headers: dict[str, str]
) -> None:
    tag = asked(http).headers["etag"]
    answer = http.get(
        "/sparql", params=parameters, headers={"Accept-Encoding": "identity", **headers, "If-None-Match": tag}
    )
    assert answer.status_code == 200
    assert answer.content
    assert answer.headers["etag"] != tag


def test_a_star_is_304_where_there_is_an_answer_and_a_problem_where_there_is_none(http: httpx.Client) -> None:
    star = {"If-None-Match": "*"}
    fresh = http.get("/sparql", params={"query": f"{LONG} OFFSET 9"}, headers=star)
    assert (fresh.status_code, fresh.content) == (304, b"")
    assert fresh.headers["etag"]
    for query, status in (("ASK {", 400), ("CLEAR ALL", 400)):
        assert http.get("/sparql", params={"query": query}, headers=star).status_code == status
    assert http.get("/store", params={"graph": "http://data.example/nothing"}, headers=star).status_code == 404


def test_a_post_is_always_answered(http: httpx.Client) -> None:
    tag = http.post("/sparql", data={"query": LONG}).headers["etag"]
    for given in (tag, "*"):
        answer = http.post("/sparql", data={"query": LONG}, headers={"If-None-Match": given})
        assert answer.status_code == 200
        assert len(rows_of(answer)) > 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (RAND() AS ?x) {}",
        "SELECT (UUID() AS ?x) {}",
        "SELECT (struuid() AS ?x) {}",
        "SELECT (BNODE() AS ?x) {}",
        "CONSTRUCT { [] a cx:Incident } WHERE {}",
        "CONSTRUCT { _:b a cx:Incident } WHERE {}",
    ],
)
def test_an_answer_that_chance_or_the_clock_made_has_no_tag(http: httpx.Client, query: str) -> None:
    first, second = http.get("/sparql", params={"query": query}), http.get("/sparql", params={"query": query})
    for answer in (first, second):
        assert answer.status_code == 200
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
    assert first.content != second.content
    again = http.get("/sparql", params={"query": query}, headers={"If-None-Match": '"any"'})
    assert again.status_code == 200


def test_the_tag_of_the_dataset_is_its_releases(http: httpx.Client, protocol_releases: Releases) -> None:
    answer = http.get("/.well-known/void")
    again = http.get("/.well-known/void", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    older = http.get(
        "/.well-known/void",
        params={"release": protocol_releases.older},
        headers={"If-None-Match": answer.headers["etag"]},
    )
    assert older.status_code == 200
