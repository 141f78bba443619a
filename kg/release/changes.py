"""What changed from one release to another: entities by class, merged ids, values of properties, quads by graph.

Both are read once, side by side, in the order of their subjects. What is listed is bounded, what is counted is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from pyoxigraph import Quad, RdfFormat, parse

from kg.namespaces import BASE, CX, curie, expand
from kg.release.merging import differing, lines_of
from kg.release.quads import graph_of_line
from kg.release.release import Release

__all__ = [
    "LISTED",
    "ChangedProperty",
    "Changes",
    "ClassChanges",
    "Entity",
    "Group",
    "Merge",
    "QuadChanges",
    "changes",
    "changes_between",
]

#: How many entities of each class are listed as added, as removed and as changed, unless asked for otherwise.
LISTED = 50
#: How many values of one property are listed.
_VALUES = 12
#: The classes, in the order in which they are told; a thing of several counts as the first of them.
_CLASSES = tuple(
    f"{CX}{name}"
    for name in (
        *("Incident", "Person", "Organization", "Route", "Statistic", "Place", "Conflict"),
        *("Article", "Digest", "Claim", "Mention", "Evidence", "CitedSource"),
    )
)
#: Those that are told by their numbers alone: what speaks of the others.
_COUNTED = frozenset(f"{CX}{name}" for name in ("Claim", "Mention", "Evidence", "CitedSource"))
_TYPE, _LABEL, _TITLE = expand("rdf:type"), expand("skos:prefLabel"), expand("dcterms:title")
_REPLACED, _WITHHELD = expand("dcterms:isReplacedBy"), f"{CX}Withheld"
_GRAPHS = f"{BASE}graph/"

_Kind = Literal["default", "article", "vocabulary", "gazetteer", "curation", "other"]
_KINDS: tuple[_Kind, ...] = ("default", "article", "vocabulary", "gazetteer", "curation", "other")


class QuadChanges(msgspec.Struct, frozen=True, kw_only=True):
    """How many quads were added and removed in the graphs of a kind; all articles' graphs are one kind."""

    graph: _Kind
    added: int
    removed: int


class ChangedProperty(msgspec.Struct, frozen=True, kw_only=True):
    """A property of an entity with the values that went and those that came, each as N-Triples has it.

    `more` is the number of values that are not listed.
    """

    property: str
    old: list[str]
    new: list[str]
    more: int = 0


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """An entity, with what it is called and, if it is in both releases, what changed in it."""

    iri: str
    label: str | None = None
    properties: list[ChangedProperty] = msgspec.field(default_factory=list)


class Group(msgspec.Struct, kw_only=True):
    """Entities that share a fate: how many they are, and the first of them."""

    total: int = 0
    listed: list[Entity] = msgspec.field(default_factory=list)

    @property
    def rest(self) -> int:
        """How many are not listed."""
        return self.total - len(self.listed)


class ClassChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What was added, removed and changed of a class, which is named by its prefixed name."""

    name: str
    added: Group
    removed: Group
    changed: Group


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """An id that was given up for another one, in the same thing."""

    iri: str
    into: str


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """All that changed. Of what is merged and withheld the first ones are listed, and all are counted."""

    before: str
    after: str
    added: int
    removed: int
    graphs: list[QuadChanges]
    classes: list[ClassChanges]
    merged: list[Merge]
    merged_total: int
    withheld: list[str]
    withheld_total: int


def changes_between(before: Release, after: Release, listed: int = LISTED) -> Changes:
    """What changed from one release to another.

    Args:
        before: The one.
        after: The other, which need not be the younger.
        listed: How many entities of each class and fate are listed.

    Raises:
        GraphError: The data of one of them cannot be read.
    """
    return changes(lines_of(before), lines_of(after), before.id, after.id, listed)


def changes(
    before: Iterable[bytes], after: Iterable[bytes], name: str = "", other: str = "", listed: int = LISTED
) -> Changes:
    """The same for sorted lines.

    Args:
        before: The lines of the one.
        after: Those of the other.
        name: The id of the one.
        other: The id of the other.
        listed: How many entities of each class and fate are listed.
    """
    told = _Telling(listed)
    for subject, old, new in differing(before, after):
        told.subject(subject[1:-1].decode(), old, new)
    return Changes(
        before=name,
        after=other,
        added=sum(told.added.values()),
        removed=sum(told.removed.values()),
        graphs=[
            QuadChanges(graph=kind, added=told.added[kind], removed=told.removed[kind])
            for kind in _KINDS
            if told.added[kind] or told.removed[kind]
        ],
        classes=[
            ClassChanges(name=curie(iri), added=fates["added"], removed=fates["removed"], changed=fates["changed"])
            for iri, fates in sorted(told.classes.items(), key=lambda item: _CLASSES.index(item[0]))
        ],
        merged=told.merged,
        merged_total=told.merged_total,
        withheld=told.withheld,
        withheld_total=told.withheld_total,
    )


@dataclass
class _Telling:
    listed: int
    added: Counter[_Kind] = field(default_factory=Counter)
    removed: Counter[_Kind] = field(default_factory=Counter)
    classes: dict[str, dict[str, Group]] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)
    merged_total: int = 0
    withheld: list[str] = field(default_factory=list)
    withheld_total: int = 0

    def subject(self, iri: str, old: list[bytes], new: list[bytes]) -> None:
        """Take a subject whose lines differ."""
        was, becomes = set(old), set(new)
        for line in was - becomes:
            self.removed[_kind_of(line)] += 1
        for line in becomes - was:
            self.added[_kind_of(line)] += 1
        before, after = _About(old), _About(new)
        self._left(iri, before, after)
        here, there = before.of_class, after.of_class
        cls = there or here
        if cls is None:
            return
        if here != there:
            # A thing whose class changed went from the one and came to the other.
            if here is not None:
                self._tell(here, "removed", iri, before)
            if there is not None:
                self._tell(there, "added", iri, after)
            return
        changed = _changed(before.values, after.values)
        if changed:
            self._tell(cls, "changed", iri, after, changed)

    def _left(self, iri: str, before: _About, after: _About) -> None:
        for target in sorted(after.replaced_by - before.replaced_by):
            self.merged_total += 1
            if len(self.merged) < self.listed:
                self.merged.append(Merge(iri=iri, into=target))
        if after.withheld and not before.withheld:
            self.withheld_total += 1
            if len(self.withheld) < self.listed:
                self.withheld.append(iri)

    def _tell(
        self, cls: str, fate: str, iri: str, about: _About, changed: dict[str, tuple[set[str], set[str]]] | None = None
    ) -> None:
        fates = self.classes.setdefault(cls, {"added": Group(), "removed": Group(), "changed": Group()})
        group = fates[fate]
        group.total += 1
        if cls not in _COUNTED and len(group.listed) < self.listed:
            properties = [_property(name, *values) for name, values in sorted((changed or {}).items())]
            group.listed.append(Entity(iri=iri, label=about.label, properties=properties))


class _About:
    """What the default graph and the articles' graphs say of one subject."""

    def __init__(self, lines: list[bytes]) -> None:
        self.values: dict[str, set[str]] = {}
        kept = [line for line in lines if _kind_of(line) in ("default", "article")]
        # One by one is dear: the lines of a subject are read together.
        quads: Iterable[Quad] = parse(b"\n".join(kept), format=RdfFormat.N_QUADS) if kept else ()
        named: dict[str, str] = {}
        types: set[str] = set()
        for quad in quads:
            predicate = quad.predicate.value
            self.values.setdefault(predicate, set()).add(str(quad.object))
            text = getattr(quad.object, "value", "")
            if predicate == _TYPE:
                types.add(text)
            elif predicate in (_LABEL, _TITLE):
                named[predicate] = min(text, named.get(predicate, text))
        self.label = named.get(_LABEL, named.get(_TITLE))
        self.of_class = next((cls for cls in _CLASSES if cls in types), None)
        self.withheld = _WITHHELD in types
        self.replaced_by = {value[1:-1] for value in self.values.get(_REPLACED, ())}


def _kind_of(line: bytes) -> _Kind:
    graph = graph_of_line(line)
    if graph is None:
        return "default"
    name = graph.removeprefix(_GRAPHS).partition("/")[0]
    return next((kind for kind in _KINDS[1:-1] if kind == name), "other")


def _changed(old: dict[str, set[str]], new: dict[str, set[str]]) -> dict[str, tuple[set[str], set[str]]]:
    """The properties whose values differ, with those that went and those that came."""
    found = {}
    for name in {*old, *new}:
        was, becomes = old.get(name, set()), new.get(name, set())
        if was != becomes:
            found[name] = (was - becomes, becomes - was)
    return found


def _property(name: str, old: set[str], new: set[str]) -> ChangedProperty:
    more = max(len(old) - _VALUES, 0) + max(len(new) - _VALUES, 0)
    return ChangedProperty(property=name, old=sorted(old)[:_VALUES], new=sorted(new)[:_VALUES], more=more)
