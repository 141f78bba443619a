"""The types of parameters: how a value is written, which term it stands for, and its JSON Schema.

A value that comes from outside becomes a term here or is refused; only a term's own serialisation gets into a query.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.namespaces import BASE, PREFIXES, SCHEMES, expand
from kg.resources import ontology_dir

__all__ = ["ENTITY_CLASSES", "Term", "ValueKind", "kind_of"]

#: What a parameter is bound to.
Term: TypeAlias = NamedNode | Literal

#: The classes whose entities a parameter may be.
ENTITY_CLASSES = ("Incident", "Person", "Organization", "Route", "Statistic", "Place", "Article")

_XSD = PREFIXES["xsd"]
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?")
_DIGITS = 18
_YEAR = re.compile(r"[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: An absolute IRI, without what the grammar of SPARQL leaves out of one (IRIREF, section 19.8).
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")
_PREFIXED = re.compile(r"([a-z]+):[A-Za-z0-9_][A-Za-z0-9_./-]*")
#: What an id of ours is made of: a digest, or words in kebab case.
_IDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")

#: The ids of entities that are no digest of 16 digits; an article's is one of 64.
_EXAMPLES = {"Article": "0123456789abcdef" * 4, "Place": "paju", "Route": "dmz"}


@dataclass(frozen=True)
class ValueKind:
    """A type of values.

    Args:
        name: As the header of a question has it.
        words: What a value must be, for who gave another: "a day such as 2025-07-03".
        read: The term of a value's text; ValueError where it is none.
        schema: The JSON Schema of the text.
        known: The terms that there are, where they are a list; others are refused.
    """

    name: str
    words: str
    read: Callable[[str], Term]
    schema: dict[str, Any]
    known: tuple[Term, ...] = ()


def kind_of(name: str) -> ValueKind | None:
    """The type of a name, or None: one of the plain types, `concept of SCHEME` or `entity CLASS`.

    >>> kind_of("date").read("2025-07-03")
    <Literal value=2025-07-03 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#date>>
    >>> kind_of("concept of front").read("eastern")
    <NamedNode value=https://w3id.org/crossings/vocabulary/front#eastern>
    """
    if name in _PLAIN:
        return _PLAIN[name]
    first, _, rest = name.partition(" ")
    if first == "concept" and rest.startswith("of ") and rest[3:] in SCHEMES:
        return _concept(rest[3:])
    if first == "entity" and rest in ENTITY_CLASSES:
        return _entity(rest)
    return None


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if pattern.fullmatch(text) is None:
        raise ValueError(text)
    return text


def _typed(datatype: str, lexical: str) -> Literal:
    return Literal(lexical, datatype=NamedNode(_XSD + datatype))


def _integer(text: str) -> Literal:
    return _typed("integer", str(int(_matching(_INTEGER, text))))


def _decimal(text: str) -> Literal:
    # A number of JSON may have an exponent; an xsd:decimal has none, and the engine's holds 18 digits on either side.
    written = format(Decimal(_matching(_DECIMAL, text)), "f")
    if any(len(digits) > _DIGITS for digits in written.lstrip("+-").split(".")):
        raise ValueError(text)
    return _typed("decimal", written)


def _year(text: str) -> Literal:
    return _typed("integer", str(int(_matching(_YEAR, text))))


def _date(text: str) -> Literal:
    return _typed("date", datetime.date.fromisoformat(_matching(_DATE, text)).isoformat())


def _boolean(text: str) -> Literal:
    if text not in ("true", "false"):
        raise ValueError(text)
    return _typed("boolean", text)


def _text(text: str) -> Literal:
    """A text of characters that a query can carry, and no longer than a sentence or two."""
    if len(text) > 500 or any(mark < " " or "\ud800" <= mark <= "\udfff" or mark == "\x7f" for mark in text):
        raise ValueError(text)
    return Literal(text)


def _iri(text: str) -> NamedNode:
    if (found := _PREFIXED.fullmatch(text)) is not None and found[1] in PREFIXES:
        return NamedNode(expand(text))
    if len(text) > 2_000:
        raise ValueError(text)
    return NamedNode(_matching(_IRI, text))


_STRING = {"type": "string"}
_BOUNDED = {"exclusiveMinimum": -(10**_DIGITS), "exclusiveMaximum": 10**_DIGITS}
_PLAIN = {
    kind.name: kind
    for kind in (
        ValueKind("text", "a text of at most 500 characters on one line", _text, {**_STRING, "maxLength": 500}),
        ValueKind("integer", "a whole number such as 12", _integer, {"type": "integer", **_BOUNDED}),
        ValueKind("decimal", "a number such as 37.5", _decimal, {"type": "number", **_BOUNDED}),
        ValueKind("boolean", "true or false", _boolean, {"type": "boolean"}),
        ValueKind("date", "a day such as 2025-07-03", _date, {**_STRING, "format": "date"}),
        ValueKind("year", "a year of four digits", _year, {**_STRING, "pattern": f"^{_YEAR.pattern}$"}),
        ValueKind("iri", "an IRI, or a prefixed name of the project", _iri, {**_STRING, "maxLength": 2_000}),
    )
}


@cache
def _concept(scheme: str) -> ValueKind:
    path = ontology_dir() / "vocabulary" / f"{SCHEMES[scheme]}.ttl"
    concept = NamedNode(expand("skos:Concept"))
    known = tuple(
        NamedNode(iri)
        for iri in sorted(
            quad.subject.value
            for quad in parse(path=path, format=RdfFormat.TURTLE)
            if quad.object == concept and isinstance(quad.subject, NamedNode)
        )
    )
    beginning = PREFIXES[scheme]

    def read(text: str) -> NamedNode:
        local = text.removeprefix(f"{scheme}:").removeprefix(beginning)
        term = next((term for term in known if term.value == beginning + local), None)
        if term is None:
            raise ValueError(text)
        return term

    names = [term.value.removeprefix(beginning) for term in known]
    return ValueKind(f"concept of {scheme}", f"one of {', '.join(names)}", read, {**_STRING, "enum": names}, known)


@cache
def _entity(cls: str) -> ValueKind:
    beginning = f"{BASE}id/{cls.lower()}/"

    def read(text: str) -> NamedNode:
        local = f"{cls.lower()}/"
        short = next(
            (text.removeprefix(way) for way in (beginning, f"id:{local}", local) if text.startswith(way)), text
        )
        return NamedNode(beginning + _matching(_IDENT, short))

    example = f"{cls.lower()}/{_EXAMPLES.get(cls, '0123456789abcdef')}"
    words = f"the id or IRI of {'an' if cls[0] in 'AEIO' else 'a'} {cls.lower()}, such as {example}"
    return ValueKind(f"entity {cls}", words, read, {**_STRING, "maxLength": 300})
