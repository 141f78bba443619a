"""Compiles a SPARQL-based constraint: its query, and what its solutions become."""

from __future__ import annotations

import re
from typing import Any

from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from pyshacl.shape import Shape
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import is_literal, rdflib_of
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.patterns import compiled
from kg.shapes.engines.indexed.shapes import Check, Voice
from kg.shapes.load import prefixes
from kg.shapes.planner import Planned, planned
from kg.shapes.report import GENID, Result

__all__ = ["query_of", "sparql"]

_COMPONENT = str(SH.SPARQLConstraintComponent)
#: Words that pyshacl gives a meaning of their own.
_SPECIAL = re.compile(r"[$?](PATH|shapesGraph|currentShape|failure)\b")


def query_of(shapes: Graph, constraint: Node) -> Planned | None:
    """The planned query of a constraint, or nothing where it is switched off.

    Raises:
        Unsupported: It is left to pyshacl.
    """
    queries = list(shapes.objects(constraint, SH.select))
    if len(queries) != 1 or _SPECIAL.search(str(queries[0])):
        raise Unsupported(f"the query of {constraint}")
    if Literal(True) in shapes.objects(constraint, SH.deactivated):
        return None
    try:
        return planned(prefixes(shapes, constraint) + str(queries[0]))
    except ValueError as error:
        raise Unsupported(f"the query of {constraint}") from error


def sparql(shapes: Graph, asked: Shape, constraint: Node, voice: Voice) -> Check:
    """Compile a constraint of a shape.

    Args:
        shapes: The shapes.
        asked: The shape as pyshacl has it.
        constraint: The constraint.
        voice: The voice of the shape.

    Raises:
        Unsupported: It is left to pyshacl.
    """
    query = query_of(shapes, constraint)
    if query is None:
        return lambda g, focus, values, out: None
    _allowed(shapes, asked, constraint)
    select = compiled(query.query)
    name = str(constraint) if not _is_blank(constraint) else None
    is_property = asked.is_property_shape
    own = {str(message) for message in shapes.objects(constraint, SH.message)}
    messages = tuple(sorted({*own, *(m for m in voice.messages if m)})) or voice.messages

    def check(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
        for found in select(g, focus):
            this, path, value = found.pop("this", None), found.pop("path", None), found.pop("value", None)
            if this is None and path is None and value is None:
                continue
            if value is None and not is_property:
                value = focus
            said = min(_filled(message, found, this, path, value) for message in messages)
            shown = path if path is not None and not is_literal(path) and path[:2] != "_:" else None
            result = voice.result(_COMPONENT, this or focus, value, path=shown, message=said, constraint=name)
            out.append(result)

    return check


def _allowed(shapes: Graph, asked: Shape, constraint: Node) -> None:
    """Leave a query to pyshacl that pyshacl refuses, since it binds `$this` in a way that is not allowed."""
    helper: Any = SPARQLQueryHelper(  # type: ignore[no-untyped-call]
        asked, constraint, str(shapes.value(constraint, SH.select))
    )
    try:
        helper.pre_bind_variables(URIRef("urn:x-focus"))
    except (ReportableRuntimeError, ValidationFailure, NotImplementedError) as error:
        raise Unsupported(f"the query of {constraint}") from error


def _is_blank(node: Node) -> bool:
    return str(node).startswith(GENID) or type(node).__name__ == "BNode"


def _filled(message: str, found: dict[str, str], this: str | None, path: str | None, value: str | None) -> str:
    """A message with the values of its variables, in the order in which pyshacl puts them in."""
    if "{" not in message:
        return message
    values = {**found, "this": this, "path": path, "value": value}
    for name, node in values.items():
        if node is not None:
            for mark in ("?", "$"):
                message = message.replace(f"{{{mark}{name}}}", str(rdflib_of(node)))
    return message
