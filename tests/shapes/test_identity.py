"""The engines give the same results where each shape is broken on one in a hundred of its focus nodes, or on more."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from kg.namespaces import PREFIXES
from kg.shapes.data import union
from kg.shapes.engines.rdf import to_graph
from kg.shapes.load import load_shapes
from kg.shapes.report import Report
from kg.shapes.validate import validate
from tests.shapes.mutations import MUTATIONS
from tests.shapes.violating import broken_graphs


@cache
def report(broken: int, engine: str) -> Report:
    graph = broken_graphs()[broken]
    return validate(graph.quads, texts=graph.texts, engine=engine)


@cache
def data(broken: int) -> Graph:
    graph = broken_graphs()[broken]
    return to_graph(union(graph.quads, graph.texts))


@cache
def asked() -> ShapesGraph:
    found = ShapesGraph(load_shapes())
    assert len(found.shapes) > len(MUTATIONS)  # pyshacl finds its shapes when they are asked for
    return found


def focus_nodes(shape: URIRef, graph: Graph) -> set[str]:
    """The focus nodes of a shape as pyshacl finds them; a property of a node shape has those of the node shape."""
    held: Any = asked().lookup_shape_from_node(shape)
    found = {str(node) for node in held.focus_nodes(graph)}
    for holder in load_shapes().subjects(SH.property, shape):
        assert isinstance(holder, URIRef)
        found |= focus_nodes(holder, graph)
    return found


def graph_of(name: str) -> int:
    return next(number for number, graph in enumerate(broken_graphs()) if name in graph.names)


def test_each_shape_is_broken_in_one_of_the_graphs() -> None:
    assert sorted(name for graph in broken_graphs() for name in graph.names) == sorted(MUTATIONS)


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_where_one_focus_node_in_a_hundred_breaks_a_shape_the_engines_agree(name: str) -> None:
    number, iri = graph_of(name), PREFIXES["cxsh"] + name
    expected = report(number, "pyshacl")
    nodes = focus_nodes(URIRef(iri), data(number))
    breaking = {result.focus for result in expected.results if result.shape == iri}
    assert breaking
    assert breaking <= nodes
    assert len(breaking) >= len(nodes) / 100
    assert report(number, "indexed") == expected
