"""Queries over an index give the solutions that rdflib gives."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import node_of_rdflib
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.patterns import compiled
from kg.shapes.planner import planned

DATA = """
@prefix e: <http://e/> .
e:a e:p e:b, e:c, 5 ; e:q 7, "x" ; e:r e:a .
e:b e:p e:c ; e:q 3 .
e:c e:q "x"@en ; e:s e:a .
"""
GRAPH = Graph().parse(data=DATA, format="turtle")
INDEX = Index()
for triple in GRAPH:
    INDEX.add(tuple(map(node_of_rdflib, triple)))  # type: ignore[arg-type]  # three terms make a triple

QUERIES = [
    "SELECT $this ?v WHERE { $this e:p ?v }",
    "SELECT $this ?v ?w WHERE { $this e:p ?v . ?v e:q ?w }",
    "SELECT $this WHERE { $this e:r $this }",
    "SELECT $this ?p ?v WHERE { $this ?p ?v }",
    "SELECT $this ?v WHERE { ?v e:p/e:q ?n . $this e:p* ?v }",
    "SELECT $this ?v ?w WHERE { $this e:p ?v OPTIONAL { ?v e:q ?w FILTER (?w > 2) } }",
    "SELECT $this ?v WHERE { { $this e:p ?v } UNION { $this e:q ?v } }",
    "SELECT $this ?v WHERE { $this e:p ?v FILTER NOT EXISTS { ?v e:p ?any } }",
    "SELECT $this ?v WHERE { $this e:q ?v FILTER (?v IN (7, 'x') && !isIRI(?v)) }",
    "SELECT $this ?v WHERE { $this e:q ?v FILTER (?v < 6 || ?v = 'x') }",
    "SELECT $this ?n WHERE { $this e:q ?v BIND (IF (isNumeric(?v), ?v + 1, 'none') AS ?n) }",
    "SELECT DISTINCT $this WHERE { $this e:p ?v }",
    "SELECT $this ?n WHERE { { SELECT $this (COUNT(?v) AS ?n) { $this e:p ?v } GROUP BY $this } FILTER (?n > 1) }",
    "SELECT $this ?v WHERE { $this e:q ?v FILTER (COALESCE(?v > 6, BOUND(?none), true)) }",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("this", ["http://e/a", "http://e/b", "http://e/c"])
def test_the_solutions_are_those_of_rdflib(query: str, this: str) -> None:
    plan = planned(f"PREFIX e: <http://e/>\n{query}")
    expected = sorted(
        sorted((str(name), node_of_rdflib(value)) for name, value in found.items())
        for found in GRAPH.query(plan.query, initBindings={"this": URIRef(this)}).bindings
    )
    assert sorted(sorted(found.items()) for found in compiled(plan.query)(INDEX, this)) == expected


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p ?o }",
        "SELECT $this WHERE { $this e:p ?v } ORDER BY ?v",
        "SELECT $this WHERE { $this e:p ?v } LIMIT 1",
        "SELECT $this ?v WHERE { GRAPH ?g { $this e:p ?v } }",
        "SELECT $this ?v WHERE { $this e:p ?w BIND (RAND() AS ?v) }",
        "SELECT $this WHERE { ?x ?x ?x }",
        "SELECT $this WHERE { $this e:p ?v FILTER (STR(EXISTS { ?v e:q ?w }) = 'true') }",
        "SELECT $this ?x WHERE { $this e:p ?v BIND (STR(EXISTS { ?v e:q ?w }) AS ?x) }",
        "SELECT $this ?n WHERE { { SELECT $this (SUM(?v) AS ?n) WHERE { $this e:q ?v } GROUP BY $this } }",
    ],
)
def test_what_it_cannot_tell_exactly_is_left(query: str) -> None:
    with pytest.raises(Unsupported):
        compiled(planned(f"PREFIX e: <http://e/>\n{query}").query)
