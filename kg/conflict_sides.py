"""Which of the values of a Conflict a claim speaks for: its own, or the one that it agrees with though it says less."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.ids import normalise
from kg.intervals import parse_edtf
from kg.mapping.terms import EDTF
from kg.querying import Value

__all__ = ["WEAKER", "agrees", "side"]

#: Asks for concepts with those that give way to them: the broader ones, and those that `cx:yieldsTo` names.
WEAKER = """SELECT ?strong ?weak WHERE {
  GRAPH graph:vocabulary { { ?strong skos:broader+ ?weak } UNION { ?weak cx:yieldsTo ?strong } }
}"""


def side(term: Value, values: Sequence[Value], weaker: Mapping[str, Collection[str]]) -> Value:
    """The value that a claim speaks for: its own, else the first that it agrees with, else the nearest number.

    Args:
        term: What the claim says.
        values: The values of the Conflict, of which there is one at least.
        weaker: For the IRI of a concept those that give way to it, as `WEAKER` asks for them.
    """
    for value in values:
        if term == value or agrees(term, value, weaker):
            return value
    numbers = [v for v in values if _number(v) is not None]
    mine = _number(term)
    if mine is None or not numbers:
        return values[0]
    return min(numbers, key=lambda v: abs((_number(v) or Decimal(0)) - mine))


def agrees(less: Value, value: Value, weaker: Mapping[str, Collection[str]]) -> bool:
    """Whether what is said less exactly holds where a value does.

    >>> agrees(Literal("2024", datatype=EDTF), Literal("2024-08-06", datatype=EDTF), {})
    True
    """
    if isinstance(less, NamedNode):
        return isinstance(value, NamedNode) and less.value in weaker.get(value.value, ())
    if isinstance(less, Literal) and isinstance(value, Literal):
        if less.datatype == value.datatype == EDTF:
            return parse_edtf(less.value).contains(parse_edtf(value.value))
        return normalise(less.value) == normalise(value.value)
    return False


def _number(value: Value) -> Decimal | None:
    if not isinstance(value, Literal) or not value.datatype.value.endswith(("#integer", "#decimal")):
        return None
    return Decimal(value.value)
