"""An index as a graph of rdflib, for the shapes that pyshacl validates."""

from __future__ import annotations

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import rdflib_of
from kg.shapes.engines.rdf import ValidatedGraph

__all__ = ["graph_of"]


def graph_of(index: Index) -> ValidatedGraph:
    """A graph of rdflib with the triples of an index."""
    graph = ValidatedGraph()
    store = graph.store
    for s, p, o in index.match(None, None, None):
        store.add((rdflib_of(s), rdflib_of(p), rdflib_of(o)), graph)
    return graph
