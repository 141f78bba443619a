"""Reads the results out of a `sh:ValidationReport`, which is what every engine of others gives."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal, NamedNode
from rdflib import Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from kg.shapes.report import GENID, Result, Term

__all__ = ["results_of"]

_SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def results_of(found: Graph) -> set[Result]:
    """The results of a report."""
    return {_result(found, node) for node in found.objects(None, SH.result)}


def _result(found: Graph, node: Node) -> Result:
    def one(predicate: URIRef) -> Node | None:
        return found.value(node, predicate)

    path = one(SH.resultPath)
    value = one(SH.value)
    constraint = one(SH.sourceConstraint)
    messages = sorted(str(message) for message in found.objects(node, SH.resultMessage))
    severity = one(SH.resultSeverity)
    assert isinstance(severity, URIRef)  # every result has one
    return Result(
        focus=_name(one(SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else None,
        value=_term(value) if value is not None else None,
        shape=_name(one(SH.sourceShape)),
        severity=_SEVERITIES.get(severity, "violation"),
        message=messages[0] if messages else "The shape gives no message.",
        component=str(one(SH.sourceConstraintComponent) or ""),
        constraint=str(constraint) if isinstance(constraint, URIRef) else None,
    )


def _name(node: Node | None) -> str:
    """An IRI, or a literal in N-Triples."""
    term = _term(node)
    return term.value if isinstance(term, NamedNode) else str(term)


def _term(node: Any) -> Term:
    if isinstance(node, RdfLiteral):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype or XSD.string)))
    return NamedNode(str(node) if isinstance(node, URIRef) else GENID + str(node))
