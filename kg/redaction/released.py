"""Whom the ids of redactions mean in a release, and what the release calls them: from its triples alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.ids import entity_iri
from kg.mapping.quads import node
from kg.namespaces import BASE, expand
from kg.redaction.names import is_full
from kg.redaction.triples import DEFAULT, Triples, words

__all__ = ["Called", "called", "entities", "leading_to"]

_LOCAL = re.compile(r"([0-9a-f]{16})(?:-([0-9]+))?")
_NAMES = ("cx:name", "skos:altLabel", "skos:hiddenLabel")
_UNNAMED = "unnamed "


@dataclass
class Called:
    """What entities are called.

    Attributes:
        full: The names that are enough to know them by.
        persons: All names of the persons among them.
    """

    full: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)

    def take(self, other: Called) -> None:
        """Add what another release calls them."""
        self.full |= other.full
        self.persons |= other.persons


def entities(held: Triples, iri: str) -> frozenset[str]:
    """The IRIs of the entities of a release that an id leads to; none where it leads nowhere, or is withheld already.

    The id may be that of an entity, one that was merged into another, or that of a mention, as in a build
    (`kg.redaction.meant`): an entity that an older article founds anew is found by the mention that it once had.

    Args:
        held: The release.
        iri: The IRI of the redaction.
    """
    seen = {iri}
    while following := held.one(node(iri), "dcterms:isReplacedBy", DEFAULT):
        iri = following[1:-1]
        if iri in seen:
            break
        seen.add(iri)
    found = {iri} if _is_entity(held, iri) else set(_by_mention(held, iri))
    for incident in sorted(found):
        mark = re.compile(re.escape(incident.replace("/id/incident/", "/id/person/")) + "-[0-9]+")
        if "/id/incident/" in incident:
            found |= {s[1:-1] for s in held.subjects() if mark.fullmatch(s[1:-1])}
            found |= {o[1:-1] for o in _crossers(held, incident) if mark.fullmatch(o[1:-1])}
    return frozenset(found)


def leading_to(held: Triples, iris: Iterable[str]) -> frozenset[str]:
    """Some ids, and those that were merged into them, over any number of merges."""
    found = set(iris)
    fresh = set(found)
    while fresh:
        fresh = {s[1:-1] for iri in fresh for s in held.pointing(node(iri), "dcterms:isReplacedBy")} - found
        found |= fresh
    return frozenset(found)


def called(held: Triples, iris: Iterable[str]) -> Called:
    """What a release calls entities: in the claims on their names, and in their labels."""
    found = Called()
    for iri in iris:
        subject = node(iri)
        names = {words(value) for name in _NAMES for value in held.values(subject, name)}
        names |= (
            {words(value) for value in held.values(subject, "skos:prefLabel")} if _has_name(held, subject) else set()
        )
        for claim in held.pointing(subject, "rdf:subject"):
            if held.one(claim, "rdf:predicate") == node("cx:name"):
                names.add(words(held.one(claim, "rdf:object")))
        names = {name for name in names if name and not name.startswith(_UNNAMED)}
        person = "/id/person/" in iri
        if person:
            found.persons |= names
        # One word is a surname to many; an organisation goes by it in every text.
        found.full |= {name for name in names if is_full(name) or not person}
    return found


def _has_name(held: Triples, subject: str) -> bool:
    return bool(held.values(subject, "cx:name")) or "/id/person/" in subject


def _crossers(held: Triples, incident: str) -> list[str]:
    return held.values(node(incident), "cx:crosser")


def _is_entity(held: Triples, iri: str) -> bool:
    subject = node(iri)
    if held.one(subject, "rdf:type", DEFAULT) == node("cx:Withheld"):
        return False
    return bool(held.values(subject, "cx:reportedIn")) or bool(held.pointing(subject, "cx:mentions", "rdf:subject"))


def _by_mention(held: Triples, iri: str) -> set[str]:
    cls, _, local = iri.removeprefix(f"{BASE}id/").partition("/")
    read = _LOCAL.fullmatch(local)
    if read is None:
        return set()
    mention = node(entity_iri("mention", read[1]))
    number = int(read[2] or 0)
    if number and cls == "person":
        founded = _mentioned(held, mention, "incident")
        persons = {entity_iri("person", f"{one.rsplit('/', 1)[-1]}-{number}") for one in founded}
        return {person for person in persons if _is_entity(held, person)}
    return _mentioned(held, mention, cls)


def _mentioned(held: Triples, mention: str, cls: str) -> set[str]:
    if not any(value.lower() == f"<{expand('cx:')}{cls}>".lower() for value in held.values(mention, "cx:mentionClass")):
        return set()
    return {value[1:-1] for value in held.values(mention, "cx:mentions")}
