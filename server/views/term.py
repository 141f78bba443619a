"""A term of the graph as a page shows it: a link with a label, a date or number in words, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.mapping.terms import EDTF
from kg.namespaces import expand
from server.labels import Label, Labels
from server.page_queries import Term
from server.words import date_words, number_words

__all__ = ["TermView", "shown"]

_NUMBERS = frozenset(expand(f"xsd:{name}") for name in ("integer", "decimal", "double", "float"))
_DATES = frozenset({EDTF.value, expand("xsd:date"), expand("xsd:gYear"), expand("xsd:gYearMonth")})
_BOOLEAN = expand("xsd:boolean")
_DURATION = expand("xsd:dayTimeDuration")
_LENGTH = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_UNITS = ("day", "hour", "minute", "second")


@dataclass(frozen=True)
class TermView:
    """How a term is shown.

    Attributes:
        label: What is shown.
        iri: What it names, where it names something.
        exact: The lexical form, where it says more than what is shown.
        language: The language of a text, where it has one.
    """

    label: Label
    iri: str | None = None
    exact: str | None = None
    language: str | None = None


def shown(term: Term, labels: Labels) -> TermView:
    """A term for people.

    >>> shown(Literal("PT20H", datatype=NamedNode(_DURATION)), Labels({})).label.text
    '20 hours'
    """
    if isinstance(term, NamedNode):
        return TermView(labels.of(term.value), iri=term.value)
    if not isinstance(term, Literal):
        return TermView(Label(str(term)))
    kind = term.datatype.value
    if kind in _DATES:
        words = date_words(term.value)
        return TermView(Label(words), exact=term.value if words != term.value else None)
    if kind in _NUMBERS:
        return TermView(Label(number_words(term.value)))
    if kind == _BOOLEAN:
        return TermView(Label({"true": "yes", "1": "yes"}.get(term.value, "no")))
    if kind == _DURATION:
        return TermView(Label(_length(term.value)), exact=term.value)
    return TermView(Label(term.value), language=term.language)


def _length(text: str) -> str:
    found = _LENGTH.fullmatch(text)
    if found is None:
        return text
    amounts = zip(found.groups(), _UNITS, strict=True)
    parts = [f"{amount} {unit}{'' if amount == '1' else 's'}" for amount, unit in amounts if amount]
    return " ".join(parts) or text
