"""The W3C suites of the protocols, restated to run anywhere; where the suites are, none of their cases is missing."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from tests.protocol.answers import boolean_of, problem_of, rows_of, triples_of
from tests.protocol.graph_store_cases import GRAPH_STORE_CASES
from tests.protocol.protocol_cases import PROTOCOL_CASES, REFUSED_UPDATES
from tests.protocol.w3c_cases import Case, Exchange
from tests.support.w3c import w3c_sparql

_READ = "GET, HEAD, OPTIONS"
_ASKED = "GET, HEAD, POST, QUERY, OPTIONS"


def _send(http: httpx.Client, exchange: Exchange) -> httpx.Response:
    headers = {"Accept": exchange.accept or "*/*"}
    if exchange.content_type is not None:
        headers["Content-Type"] = exchange.content_type
    return http.request(exchange.method, exchange.target, content=exchange.body, headers=headers)


def _check(answer: httpx.Response, exchange: Exchange) -> None:
    assert answer.status_code == exchange.status, answer.text
    if exchange.method == "HEAD":
        assert answer.content == b""
        assert int(answer.headers["content-length"]) > 0
        return
    if exchange.problem is not None:
        problem_of(answer, exchange.status, exchange.problem)
    if exchange.status == 405:
        assert answer.headers["allow"] == (_READ if exchange.writes else _ASKED)
    if exchange.boolean is not None:
        assert boolean_of(answer) is exchange.boolean
    if exchange.rows is not None:
        assert rows_of(answer) == list(exchange.rows)
    if exchange.triples is not None:
        assert triples_of(answer) == list(exchange.triples)
    elif exchange.status == 200 and exchange.boolean is None and exchange.rows is None:
        assert triples_of(answer)
    if exchange.accept is not None and exchange.status == 200:
        assert answer.headers["content-type"].startswith(exchange.accept.partition(";")[0])


@pytest.mark.parametrize("case", PROTOCOL_CASES, ids=lambda case: case.name)
def test_a_query_is_taken_as_the_protocol_has_it(http: httpx.Client, case: Case) -> None:
    for exchange in case.exchanges:
        _check(_send(http, exchange), exchange)


@pytest.mark.parametrize("case", REFUSED_UPDATES, ids=lambda case: case.name)
def test_an_update_is_refused_and_changes_nothing(http: httpx.Client, case: Case) -> None:
    every = {"query": "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "format": "csv"}
    before = http.get("/sparql", params=every).text
    for exchange in case.exchanges:
        _check(_send(http, exchange), exchange)
    # A parameter that says nothing makes it another request, which no cache answers.
    assert http.get("/sparql", params={**every, "after": case.name}).text == before


@pytest.mark.parametrize("case", GRAPH_STORE_CASES, ids=lambda case: case.name)
def test_a_graph_is_read_as_the_graph_store_protocol_has_it(http: httpx.Client, case: Case) -> None:
    for exchange in case.exchanges:
        _check(_send(http, exchange), exchange)


def test_head_of_a_graph_has_the_headers_of_get(http: httpx.Client) -> None:
    for target in ("/store?default", "/graph/person/1.ttl", "/store?graph=http://data.example/data1"):
        got, head = http.get(target), http.head(target)
        assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


def test_a_service_description_has_its_endpoint_and_says_what_it_must(http: httpx.Client) -> None:
    """`returns-rdf`, `has-endpoint-triple` and `conforms-to-schema` of the W3C suite."""
    answer = http.get("/sparql", headers={"Accept": "application/n-triples"})
    assert answer.headers["content-type"] == "application/n-triples"
    store = Store()
    store.load(answer.content, format=RdfFormat.N_TRIPLES)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    (endpoint,) = store.quads_for_pattern(None, NamedNode(sd + "endpoint"), None)
    assert endpoint.object == NamedNode(f"{http.base_url}".rstrip("/") + "/sparql")
    (service,) = store.quads_for_pattern(
        None, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(sd + "Service")
    )
    assert service.subject == endpoint.subject
    # What section 3 of the specification says of the range and domain of its properties.
    for wanted in (
        "ASK { ?s sd:defaultDataset ?d . ?d a sd:Dataset ; sd:defaultGraph ?g . ?g a sd:Graph }",
        "ASK { FILTER NOT EXISTS { ?d sd:namedGraph ?n FILTER NOT EXISTS { ?n a sd:NamedGraph ; sd:name ?i } } }",
        "ASK { FILTER NOT EXISTS { ?d sd:namedGraph ?n FILTER NOT EXISTS { ?n sd:graph ?g . ?g a sd:Graph } } }",
        "ASK { FILTER NOT EXISTS { ?s sd:feature ?f FILTER NOT EXISTS { ?f a sd:Feature } } }",
        "ASK { FILTER NOT EXISTS { ?s sd:extensionFunction ?f FILTER NOT EXISTS { ?f a sd:Function } } }",
        "ASK { ?s sd:supportedLanguage sd:SPARQL11Query }",
        "ASK { FILTER NOT EXISTS { ?s sd:supportedLanguage sd:SPARQL11Update } }",
        "ASK { FILTER NOT EXISTS { ?s sd:endpoint ?e FILTER(!isIRI(?e)) } }",
    ):
        assert store.query(wanted, prefixes={"sd": sd}), wanted


_SUITES = {
    "protocol/manifest.ttl": {case.name for case in (*PROTOCOL_CASES, *REFUSED_UPDATES)},
    "graph-store-protocol/manifest-direct.ttl": {case.name for case in GRAPH_STORE_CASES if "__" not in case.name},
    "graph-store-protocol/manifest-indirect.ttl": {case.name for case in GRAPH_STORE_CASES if "__" not in case.name},
    "http-rdf-update/manifest.ttl": {
        case.name for case in GRAPH_STORE_CASES if "__" in case.name or case.name.startswith("head_on_")
    },
    "service-description/manifest.ttl": {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"},
}


def _names(manifest: Path) -> set[str]:
    store = Store()
    store.load(path=str(manifest), format=RdfFormat.TURTLE, base_iri=manifest.as_uri())
    tests = store.query("""
        PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?test { ?manifest mf:entries/rdf:rest*/rdf:first ?test }""")
    return {row["test"].value.rpartition("#")[2] for row in tests}  # type: ignore[union-attr]  # a SELECT has rows


def test_no_case_of_the_suites_is_missing() -> None:
    suites = w3c_sparql()
    if suites is None:
        pytest.skip("the W3C suites are not beside the checkout (../shared/w3c)")
    for manifest, restated in _SUITES.items():
        names = _names(suites / "sparql11" / manifest)
        assert names, manifest
        assert names <= restated, f"{manifest}: {sorted(names - restated)}"
    everything = set().union(*(_names(suites / "sparql11" / manifest) for manifest in _SUITES))
    assert everything == set().union(*_SUITES.values())
