"""The triples of a value: its main property and the parts that share its claim.

A claim carries the parts under the same property names as the flat layer, so that one pattern finds the claim behind
every flat triple.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.mapping.statements import Amount, Chain, Concept, Plain, Ref, Statement, StatementValue, When
from kg.mapping.terms import Object, boolean, day, duration, edtf, integer, iri, number, text

__all__ = ["amounts", "main", "parts"]

Pair = tuple[str, Object]


def main(predicate: str, value: StatementValue, resolve: Callable[[Chain], str], raw: str) -> Pair | None:
    """The property and object of a value; None where a number has neither value, bounds nor words.

    An unresolved date is its raw words, a plain string.
    """
    match value:
        case Ref(chain):
            return predicate, iri(resolve(chain))
        case Concept(name):
            return predicate, iri(name)
        case When(_, None):
            return predicate, text(raw)
        case When(_, interval) if interval is not None:
            return predicate, edtf(interval.edtf)
        case Plain("integer", integral):
            return predicate, integer(int(integral))
        case Plain("boolean", truth):
            return predicate, boolean(bool(truth))
        case Plain("duration", length):
            return predicate, duration(str(length))
        case Plain(_, words):
            return predicate, text(str(words))
        case Amount():
            return _amount(predicate, value)
    return None


def _amount(predicate: str, amount: Amount) -> Pair | None:
    if amount.value is not None:
        return predicate, number(amount.value)
    if amount.qualitative is not None:
        return "cx:qualitativeValue", text(amount.qualitative)
    if amount.lower is not None:
        return "cx:lowerBound", number(amount.lower)
    if amount.upper is not None:
        return "cx:upperBound", number(amount.upper)
    return None


def parts(predicate: str, value: StatementValue) -> Iterator[Pair]:
    """The parts of a date or quantity that share its claim."""
    if isinstance(value, When) and predicate in {"cx:dateEDTF", "cx:period"}:
        start, end = (
            ("cx:periodStart", "cx:periodEnd") if predicate == "cx:period" else ("cx:dateEarliest", "cx:dateLatest")
        )
        interval = value.interval
        if interval is not None:
            if interval.earliest is not None:
                yield start, day(interval.earliest)
            if interval.latest is not None:
                yield end, day(interval.latest)
        if predicate == "cx:dateEDTF":
            yield "cx:datePrecision", iri(f"precision:{interval.precision if interval else 'unresolved'}")
    elif isinstance(value, Amount):
        yield "cx:unit", iri(value.unit)
        if value.qualitative is None:
            yield "cx:valueQualifier", iri(f"qualifier:{value.qualifier}")
        if value.lower is not None:
            yield "cx:lowerBound", number(value.lower)
        if value.upper is not None:
            yield "cx:upperBound", number(value.upper)


def amounts(statements: Sequence[Statement]) -> Iterator[Pair]:
    """The flat triples of agreeing quantities: the number, the tightest bounds around it, and the words used.

    The first statement speaks for the group (`kg.consolidate.values`); bounds add nothing to an exact number.
    """
    said = [s.value for s in statements if isinstance(s.value, Amount)]
    leading = said[0]
    yield from (pair for pair in (_amount("cx:value", leading),) if pair is not None)
    yield "cx:unit", iri(leading.unit)
    if leading.qualitative is None:
        yield "cx:valueQualifier", iri(f"qualifier:{leading.qualifier}")
    if leading.value is None or leading.qualifier != "exact":
        # An approximate number may lie a little outside the bounds of another claim; those stay with their claim.
        about = leading.value
        lower = max(
            (a.lower for a in said if a.lower is not None and (about is None or a.lower <= about)), default=None
        )
        upper = min(
            (a.upper for a in said if a.upper is not None and (about is None or about <= a.upper)), default=None
        )
        if lower is not None:
            yield "cx:lowerBound", number(lower)
        if upper is not None:
            yield "cx:upperBound", number(upper)
    for amount in said:
        if amount.qualitative is not None:
            yield "cx:qualitativeValue", text(amount.qualitative)
