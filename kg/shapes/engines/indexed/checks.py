"""What constraints do to values: look at each by itself, count to how many shapes it conforms, compare it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import SH

from kg.errors import ShapesError
from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import rdflib_of
from kg.shapes.engines.indexed.shapes import Check, Compiled, Voice
from kg.shapes.report import Result

__all__ = ["KEPT", "LOGIC", "below", "combination", "each"]

#: For how many values an answer is kept.
KEPT = 200_000


def combination(voice: Voice, label: str, inner: list[Compiled], holds: Callable[[int, int], bool]) -> Check:
    """A check of how many of some shapes each value conforms to."""

    def check(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
        for value in values:
            if not holds(sum(one.conforms(g, value) for one in inner), len(inner)):
                out.append(voice.result(label, focus, value))

    return check


def each(voice: Voice, label: str, breaks: Callable[[str], bool]) -> Check:
    """A check of each value by itself."""

    def check(g: Index, focus: str, values: list[str], out: list[Result]) -> None:
        for value in values:
            if breaks(value):
                out.append(voice.result(label, focus, value))

    return check


@lru_cache(maxsize=KEPT)
def below(value: str, limit: str, strict: bool) -> bool:
    """Whether a value stands below another as pyshacl compares: strings and IRIs with their like alone.

    Raises:
        ShapesError: One of them is a blank node.
    """
    one, other = _plain(value), _plain(limit)
    if isinstance(one, BNode) or isinstance(other, BNode):
        raise ShapesError(f"sh:lessThan cannot compare {value} and {limit}: blank nodes have no order")
    if (type(one) is str) is not (type(other) is str):  # rdflib's terms are strings as well
        return False
    return bool(one < other) if strict else bool(one <= other)


def _plain(node: str) -> Any:
    """A string for an IRI or a string, else the literal or blank node."""
    term = rdflib_of(node)
    if isinstance(term, Literal):
        return term.value if isinstance(term.value, str) else term
    return term if isinstance(term, BNode) else str(term)


#: The constraints that combine shapes: their component, and whether so many of so many shapes must be conformed to.
LOGIC: dict[URIRef, tuple[URIRef, Callable[[int, int], bool]]] = {
    SH.node: (SH.NodeConstraintComponent, lambda good, of: good == of),
    SH["not"]: (SH.NotConstraintComponent, lambda good, of: good == 0),
    SH["and"]: (SH.AndConstraintComponent, lambda good, of: good == of),
    SH["or"]: (SH.OrConstraintComponent, lambda good, of: good > 0),
    SH.xone: (SH.XoneConstraintComponent, lambda good, of: good == 1),
}
