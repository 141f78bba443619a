"""The client by both of its ways, a release on the disk and a server: the same answers, the same errors."""

from __future__ import annotations

import concurrent.futures
import inspect

import pytest

import kg
from kg.client import Answer, Entity, Row
from kg.errors import CrossingsError, QueryError, UsageError
from kg.query_text import RefusedError
from tests.support.client_home import LABELS

QUERIES = [
    LABELS,
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o",
    "SELECT ?nothing { ?i a cx:Incident }",
    "SELECT ?i { ?i a cx:NoSuchClass }",
    "SELECT (1 AS ?a) (1.5 AS ?b) (1e3 AS ?c) (true AS ?d) ('x' AS ?e) ('y'@en-GB AS ?f) (<urn:x> AS ?g) {}",
    "ASK { ?i a cx:Incident }",
    "ASK { ?i a cx:NoSuchClass }",
    "CONSTRUCT { ?i a ?c } WHERE { ?i a ?c }",
    "CONSTRUCT WHERE { ?i a cx:Incident ; cx:front ?f }",
    "DESCRIBE <id/incident/1>",
    "SELECT * { ?claim rdf:subject ?i }",
]


@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_answer_alike(local: kg.Graph, remote: kg.Graph, query: str) -> None:
    here, there = local.query(query), remote.query(query)
    assert here == there
    assert here.hint == there.hint
    assert [row.as_dict() for row in here] == [row.as_dict() for row in there]
    assert here.revision == there.revision == local.id == remote.revision
    assert here.to_arrow().equals(there.to_arrow(), check_metadata=True) if here.columns else True


def test_a_hint_says_why_nothing_was_found(graph: kg.Graph) -> None:
    found = graph.query("SELECT * { ?claim rdf:subject ?i }")
    assert len(found) == 0
    assert "rdf:subject is not used in the default graph" in str(found.hint)


def test_a_variable_may_be_called_as_anything(graph: kg.Graph) -> None:
    answer = graph.query("SELECT ?text ?self ?name { FILTER (BOUND(?text)) }", text="a", self=1, name=True)
    assert [tuple(row) for row in answer] == [("a", 1, True)]


def test_what_cannot_be_asked_is_said(graph: kg.Graph) -> None:
    with pytest.raises(UsageError, match="no class 'Dragon'"):
        graph.search("x", kind="Dragon")
    for limit in (0, 101):
        with pytest.raises(UsageError, match="from 1 to 100"):
            graph.search("x", limit=limit)
    with pytest.raises(UsageError, match="look for fewer words"):
        graph.search("x" * 1001)
    with pytest.raises(UsageError, match="text, bibtex, csl"):
        graph.cite("mla")
    answer = graph.query(LABELS)
    with pytest.raises(UsageError, match="it has i, label"):
        answer.column("name")
    with pytest.raises(AttributeError, match="there are i, label"):
        _ = answer[0].name
    with pytest.raises(KeyError, match="there are i, label"):
        _ = answer[0]["name"]
    with pytest.raises(IndexError):
        _ = answer[2]


@pytest.mark.parametrize(
    ("query", "place", "says"),
    [
        ("SELECT * {\n  ?s ?p }", (2, 9), "this is not SPARQL"),
        ("SELECT * { ?s foaff:name ?o }", (1, 15), "did you mean foaf:"),
        ("SELECT * { ?s ?p \ud800 }", None, "no character"),
        ("", (1, 1), "this is not SPARQL"),
    ],
)
def test_an_error_of_a_query_has_its_place(
    local: kg.Graph, remote: kg.Graph, query: str, place: tuple[int, int] | None, says: str
) -> None:
    told: list[CrossingsError] = []
    for graph in (local, remote):
        with pytest.raises(UsageError, match=says) as raised:
            graph.query(query)
        told.append(raised.value)
        if place is not None:
            assert isinstance(raised.value, QueryError)
            assert (raised.value.line, raised.value.column) == place
    assert place is None or str(told[0]) == str(told[1])


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "service"),
        ("DELETE WHERE { ?s ?p ?o }", "update"),
        ("SELECT * FROM <urn:none> { ?s ?p ?o }", "unknown-graph"),
        (f"SELECT * {{ {'{' * 300} {'}' * 300} }}", "nesting"),
    ],
)
def test_a_refusal_is_the_same_error(graph: kg.Graph, query: str, refusal: str) -> None:
    with pytest.raises(RefusedError) as raised:
        graph.query(query)
    assert raised.value.refusal == refusal


def test_many_threads_may_ask_one_graph(graph: kg.Graph) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _number: graph.query(LABELS).column("label"), range(40)))
    assert found == [["first crossing", "second crossing"]] * 40


@pytest.mark.parametrize("of", [kg.Graph, Answer, Row, Entity])
def test_every_public_method_has_an_example(of: type) -> None:
    methods = [found for name, found in vars(of).items() if not name.startswith("_") and callable(found)]
    assert methods
    for method in methods:
        text = inspect.getdoc(method) or ""
        assert ">>>" in text or (of is Row and ">>>" in (of.__doc__ or "")), method
