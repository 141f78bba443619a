"""Makes RDF terms: the only place that knows which datatype a value has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from pyoxigraph import Literal, NamedNode

from kg.namespaces import PREFIXES, expand

__all__ = ["EDTF", "Object", "boolean", "day", "duration", "edtf", "integer", "iri", "number", "text"]

#: The datatype of Extended Date/Time Format literals (Library of Congress).
EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")

Object = NamedNode | Literal


@lru_cache(maxsize=4096)
def iri(name: str) -> NamedNode:
    """The node of a prefixed name of the project, or of an IRI."""
    return NamedNode(expand(name))


@cache
def _xsd(name: str) -> NamedNode:
    return NamedNode(PREFIXES["xsd"] + name)


def text(words: str, language: str | None = None) -> Literal:
    """A string, with its language where it is one of a language."""
    return Literal(words, language=language) if language else Literal(words)


@lru_cache(maxsize=4096)
def integer(value: int) -> Literal:
    """An `xsd:integer`."""
    return Literal(str(value), datatype=_xsd("integer"))


def number(value: str | Decimal) -> Literal:
    """An `xsd:integer` where the number is whole, else an `xsd:decimal`, in canonical form."""
    exact = Decimal(value)
    if exact == exact.to_integral_value():
        return integer(int(exact))
    return Literal(format(exact.normalize(), "f"), datatype=_xsd("decimal"))


@cache
def boolean(value: bool) -> Literal:
    """An `xsd:boolean`."""
    return Literal("true" if value else "false", datatype=_xsd("boolean"))


def day(value: date) -> Literal:
    """An `xsd:date`."""
    return Literal(value.isoformat(), datatype=_xsd("date"))


def duration(value: str) -> Literal:
    """An `xsd:dayTimeDuration`, from ISO 8601."""
    return Literal(value, datatype=_xsd("dayTimeDuration"))


def edtf(value: str) -> Literal:
    """A date in Extended Date/Time Format."""
    return Literal(value, datatype=EDTF)
