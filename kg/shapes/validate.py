"""Validates quads against the shapes, with pyshacl."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyshacl
from pyoxigraph import Literal, NamedNode, Quad
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from kg.errors import ShapesError
from kg.shapes.data import union
from kg.shapes.load import load_shapes
from kg.shapes.report import GENID, Report, Result, Term

__all__ = ["validate"]

_NO_TEXTS: Mapping[str, str] = {}
_SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def validate(
    quads: Iterable[Quad],
    *,
    texts: Mapping[str, str] = _NO_TEXTS,
    shapes: Graph | None = None,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Validate a graph.

    Args:
        quads: All quads of a release, or of any RDF files; `graph/meta` is not looked at.
        texts: The texts of articles by the article's IRI, so that quotes can be checked. They are not kept.
        shapes: The shapes, from `load_shapes`; absent, those of the ontology.
        progress: Is told what is being done, a clause at a time.

    Raises:
        ShapesError: The shapes are broken, so nothing can be said of the graph.
    """
    tell = progress or (lambda _: None)
    shapes = load_shapes() if shapes is None else shapes
    tell("loading the graph for the shapes")
    graph = union(quads, texts)
    tell("checking the shapes")
    return _report(_run(graph, shapes))


def _run(graph: Graph, shapes: Graph) -> Graph:
    try:
        _, found, text = pyshacl.validate(
            graph,
            shacl_graph=shapes,
            inference="none",
            advanced=False,
            inplace=True,
            meta_shacl=False,
            js=False,
        )
    except ReportableRuntimeError as error:
        raise ShapesError(f"the shapes cannot be run: {' '.join(str(error).split())}") from error
    # A failure comes back where the report should be (SHACL, section 3.4.1); it must not pass for a report.
    if not isinstance(found, Graph):
        raise ShapesError(f"the shapes cannot be run: {' '.join(str(found or text).split())}")
    return found


def _report(found: Graph) -> Report:
    return Report.of({_result(found, node) for node in found.objects(None, SH.result)})


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
