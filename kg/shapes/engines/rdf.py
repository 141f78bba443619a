"""Terms of pyoxigraph as terms of rdflib, and a graph of rdflib that plans its queries once."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import XSD
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from kg.errors import UsageError
from kg.shapes.planner import planned

__all__ = ["ValidatedGraph", "to_graph", "to_rdflib"]

_STRING = str(XSD.string)


class ValidatedGraph(Graph):
    """An rdflib graph that parses and plans a query once.

    pyshacl gives the text of a constraint's query anew for every focus node.
    """

    def query(self, query_object: object, *args: object, **keywords: object) -> QueryResult:
        """Evaluate a query, planned before if its text was."""
        plan = planned(query_object).query if isinstance(query_object, str) else query_object
        return super().query(plan, *args, **keywords)  # type: ignore[arg-type]


def to_graph(triples: Iterable[Triple]) -> ValidatedGraph:
    """A graph of triples.

    Raises:
        UsageError: A term is a triple, which SHACL has no word for.
    """
    graph = ValidatedGraph()
    terms: dict[object, Node] = {}

    def term(node: object) -> Node:
        known = terms.get(node)
        if known is None:
            known = terms[node] = to_rdflib(node)
        return known

    # `addN` of an rdflib graph checks every quad's context; its store takes triples as they are.
    store = graph.store
    for triple in triples:
        store.add((term(triple.subject), term(triple.predicate), term(triple.object)), graph)
    return graph


def to_rdflib(node: object) -> Node:
    """A term of pyoxigraph as one of rdflib.

    Raises:
        UsageError: The term is a triple, which SHACL has no word for.
    """
    if isinstance(node, NamedNode):
        return URIRef(node.value)
    if isinstance(node, Literal):
        if node.language:
            return RdfLiteral(node.value, lang=node.language)
        datatype = node.datatype.value
        # A plain string without its datatype is the same to rdflib and much faster to make.
        return RdfLiteral(node.value) if datatype == _STRING else RdfLiteral(node.value, datatype=URIRef(datatype))
    if isinstance(node, BlankNode):
        return BNode(node.value)
    raise UsageError(f"{node} cannot be validated: SHACL 1.0 knows no triple terms, leave it out")
