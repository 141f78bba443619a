"""How long and how wide a route is."""

from __future__ import annotations

import re

from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence, offsets
from kg.extract.route_claims import claim_of, feature_rules, nearest, words_at
from kg.facts.model import Mention, Qualifier, Quantity, Value

__all__ = ["find_sizes"]

_UNITS = {"k": "unit:KiloM", "m": "unit:MI"}
_QUALIFIERS: dict[str, Qualifier] = {
    "about": "approximately",
    "around": "approximately",
    "approximately": "approximately",
    "roughly": "approximately",
    "some": "approximately",
    "nearly": "nearly",
    "almost": "nearly",
    "over": "more-than",
    "more than": "more-than",
}
_NUMBER = rf"(?:(?P<qualifier>{'|'.join(_QUALIFIERS)})\s+)?(?P<number>\d[\d,]*(?:\.\d+)?)"
_DISTANCE = re.compile(
    rf"{_NUMBER}[\s-]*(?P<unit>kilomet(?:er|re)s?|km|miles?|mi)\b(?:[\s-]*(?P<after>\w+))?(?:\s+(?P<more>\w+))?",
    re.IGNORECASE,
)


def find_sizes(builder: FactsBuilder, sentence: Sentence, routes: list[Mention]) -> None:
    """Add `cx:length` and `cx:width` claims of the routes of a sentence."""
    rules = feature_rules()
    text = sentence.span.text
    for found in _DISTANCE.finditer(text):
        around = [(found["after"] or "").lower(), (found["more"] or "").lower()]
        before = text[: found.start()].lower().split()[-3:]
        if around[0] in rules.width_words or "width" in (*before, *around) or around[:2] == ["in", "width"]:
            predicate = "cx:width"
        elif around[0] in rules.length_words or set(before) & rules.length_words or "length" in around:
            predicate = "cx:length"
        else:
            continue
        worded = around[0] in rules.width_words | rules.length_words
        span = words_at(sentence, found.start(), found.end("after") if worded else found.end("unit"))
        if span is None:
            continue
        start, end = offsets(span)
        route = _measured(routes, start, end, builder.document.text)
        quantity = _quantity(builder, start, end, found)
        claim_of(builder, sentence, route, predicate, Value(kind="quantity", value=quantity.id), span, span.root)


def _measured(routes: list[Mention], start: int, end: int, text: str) -> Mention:
    """The route whose size is given: the one that the words are part of or stand before, else the one before them."""
    for route in routes:
        if route.start <= start < route.end or (route.start >= end and len(text[end : route.start].split()) <= 4):
            return route
    return nearest(routes, start)


def _quantity(builder: FactsBuilder, start: int, end: int, found: re.Match[str]) -> Quantity:
    unit = _UNITS[found["unit"][0].lower()]
    for known in builder.quantities.values():
        if known.start < end and start < known.end and known.unit == unit:
            return known
    number = found["number"].replace(",", "")
    return builder.add_quantity(
        Quantity(
            id=f"qf{sum(ident.startswith('qf') for ident in builder.quantities) + 1}",
            start=start,
            end=end,
            quote=builder.document.quote(start, end),
            unit=unit,
            value=number,
            qualifier=_QUALIFIERS.get((found["qualifier"] or "").lower(), "exact"),
        )
    )
