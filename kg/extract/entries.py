"""The entries of the lexicon: concepts of the vocabularies, and places, organisations and routes of a gazetteer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

import pyoxigraph

from kg.errors import UsageError
from kg.namespaces import BASE, CX, PREFIXES, SCHEMES, curie

__all__ = ["BROADER", "NAMES", "Entry", "Label", "LabelKind", "read_entries"]

_SKOS = PREFIXES["skos"]
_Term: TypeAlias = "pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple"
LabelKind: TypeAlias = Literal["pref", "alt", "hidden", "demonym", "metonym"]
_LABELS: dict[str, LabelKind] = {
    _SKOS + "prefLabel": "pref",
    _SKOS + "altLabel": "alt",
    _SKOS + "hiddenLabel": "hidden",
    CX + "demonym": "demonym",
    CX + "metonym": "metonym",
}
#: The kinds of label that name the entry itself.
NAMES: tuple[LabelKind, ...] = ("pref", "alt", "hidden")
#: The properties that lead from an entry to those that are wider.
BROADER = (_SKOS + "broader", _SKOS + "broaderTransitive")
_ORDER: tuple[LabelKind, ...] = (*NAMES, "demonym", "metonym")
_GAZETTEER = {"place": "place", "organization": "organization", "route": "route"}
_STEMS = {stem: prefix for prefix, stem in SCHEMES.items()}


@dataclass(frozen=True)
class Label:
    """Words for an entry; `language` is a tag such as "en".

    `kind` is pref, alt or hidden for its names; demonym for the adjective of a place ("South Korean"); metonym for
    words that name another thing and may stand for it ("Seoul" for a government).
    """

    text: str
    kind: LabelKind
    language: str = "en"


@dataclass(frozen=True)
class Entry:
    """A concept of a vocabulary, or a place, organisation or route of the gazetteer.

    `kind` is the prefix of the concept's scheme ("front"), or "place", "organization", "route". `properties` holds what
    else is said of it, by local name ("ofState"); an IRI as its prefixed name, a literal as its text.
    """

    curie: str
    iri: str
    kind: str
    labels: tuple[Label, ...] = ()
    broader: tuple[str, ...] = ()
    properties: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def pref_label(self) -> str:
        """The English preferred label, else any label, else the local name."""
        for wanted in (("pref", "en"), ("pref", "")):
            for label in self.labels:
                if label.kind == wanted[0] and label.language.startswith(wanted[1]):
                    return label.text
        return self.labels[0].text if self.labels else self.curie.rpartition("/")[2]

    def words(self, language: str = "en") -> tuple[str, ...]:
        """All names in a language, preferred ones first."""
        names = (label for label in self.labels if label.kind in NAMES)
        return tuple(label.text for label in names if label.language.startswith(language))

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a property, sorted."""
        return self.properties.get(name, ())

    def value(self, name: str) -> str | None:
        """The one value of a property, the first of several, or nothing."""
        return next(iter(self.values(name)), None)

    def flag(self, name: str) -> bool:
        """Whether a boolean property is stated true."""
        return "true" in self.values(name)


def _kind(iri: str) -> str | None:
    """The kind of an entry by its IRI, or nothing where the IRI is not that of an entry."""
    if iri.startswith(BASE + "id/"):
        return _GAZETTEER.get(iri[len(BASE + "id/") :].partition("/")[0])
    if iri.startswith(BASE + "vocabulary/"):
        stem, hash_sign, name = iri[len(BASE + "vocabulary/") :].partition("#")
        return _STEMS.get(stem) if hash_sign and name else None
    return None


def read_entries(paths: Iterable[Path]) -> list[Entry]:
    """All entries of Turtle files, sorted by IRI; what several files say of one entry is joined.

    Raises:
        UsageError: A file cannot be read as Turtle.
    """
    facts: dict[str, list[tuple[str, _Term]]] = defaultdict(list)
    for path in paths:
        try:
            triples = list(pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE))
        except (SyntaxError, OSError) as error:
            raise UsageError(f"{path} cannot be read as Turtle: {error}; repair it") from error
        for triple in triples:
            if isinstance(triple.subject, pyoxigraph.NamedNode) and _kind(triple.subject.value):
                facts[triple.subject.value].append((triple.predicate.value, triple.object))
    return [_entry(iri, said) for iri, said in sorted(facts.items())]


def _entry(iri: str, said: list[tuple[str, _Term]]) -> Entry:
    labels: list[Label] = []
    broader: list[str] = []
    properties: dict[str, list[str]] = defaultdict(list)
    for predicate, value in said:
        if predicate in _LABELS and isinstance(value, pyoxigraph.Literal):
            labels.append(Label(value.value, _LABELS[predicate], value.language or "en"))
        elif predicate in BROADER and isinstance(value, pyoxigraph.NamedNode):
            broader.append(curie(value.value))
        elif isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal):
            text = curie(value.value) if isinstance(value, pyoxigraph.NamedNode) else value.value
            properties[curie(predicate).rpartition(":")[2]].append(text)
    return Entry(
        curie=curie(iri),
        iri=iri,
        kind=_kind(iri) or "",
        labels=tuple(sorted(labels, key=lambda label: (_ORDER.index(label.kind), label.language, label.text))),
        broader=tuple(sorted(broader)),
        properties={name: tuple(sorted(values)) for name, values in sorted(properties.items())},
    )
