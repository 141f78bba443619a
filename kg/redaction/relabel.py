"""What an entity is called when values of it have gone: the label that a build makes of those that are left."""

from __future__ import annotations

from kg.mapping.quads import node
from kg.redaction.triples import DEFAULT, Triples, words

__all__ = ["label"]


def label(held: Triples, lexicon: Triples, entity: str, cls: str, before: str) -> str:
    """The English label of an entity that has lost values.

    Args:
        held: The release, without them.
        lexicon: The vocabularies and the gazetteer.
        entity: The node of the entity.
        cls: Its class, as a prefixed name.
        before: What it was called.
    """
    if entity in lexicon:
        return before
    names = [words(value) for value in held.values(entity, "cx:name", DEFAULT)]
    if names:
        return min(names, key=lambda n: (-len(n), n))

    def concept(*predicates: str) -> str:
        for name in predicates:
            for value in held.values(entity, name, DEFAULT):
                said = lexicon.one(value, "skos:prefLabel") or held.one(value, "skos:prefLabel", DEFAULT)
                if said:
                    return words(said)
        return ""

    def literal(name: str) -> str:
        return words(held.one(entity, name, DEFAULT))

    if cls == "cx:Incident":
        where = concept("cx:front", "cx:place")
        parts = [concept("cx:incidentType") or "crossing", literal("cx:dateEDTF") or "undated", where]
        return ", ".join(part for part in parts if part)
    if cls == "cx:Statistic":
        parts = [concept("cx:measure") or "statistic", concept("cx:population"), literal("cx:period")]
        head = ", ".join(part for part in parts if part)
        number = before.rpartition(": ")[2] if ": " in before and _has_amount(held, entity) else ""
        return f"{head}: {number}" if number else head
    if cls == "cx:Person":
        kind = concept("cx:rank", "cx:actorType")
        incidents = held.pointing(entity, "cx:crosser")
        at = words(held.one(incidents[0], "skos:prefLabel", DEFAULT)) if incidents else ""
        return f"unnamed {kind or 'person'} ({at})" if at else "unnamed person"
    return f"unnamed {cls.removeprefix('cx:').lower()}"


def _has_amount(held: Triples, entity: str) -> bool:
    names = ("cx:value", "cx:lowerBound", "cx:upperBound", "cx:qualitativeValue")
    wanted = {node(name) for name in names}
    return any(predicate in wanted for _, predicate, _ in held.said(entity, DEFAULT))
