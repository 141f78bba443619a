"""Labels for people: what an entity is called where the sources give it no name."""

from __future__ import annotations

from collections.abc import Mapping

from kg.consolidate.consolidate import Entity
from kg.knowledge import Knowledge
from kg.mapping.statements import Amount, Concept, Plain, Ref, StatementValue, When
from kg.namespaces import curie

__all__ = ["labels"]


def labels(entities: Mapping[str, Entity], knowledge: Knowledge) -> dict[str, str]:
    """The English label of every entity, by IRI."""
    found = {iri: _label(entity, knowledge) for iri, entity in entities.items()}
    persons = {chain: entity for entity in entities.values() if entity.cls == "Person" for chain in entity.chains}
    for entity in entities.values():
        if entity.cls == "Incident":
            for value in _values(entity, "cx:crosser"):
                person = persons.get(value.chain) if isinstance(value, Ref) else None
                if person is not None and not _values(person, "cx:name"):
                    kind = _concept(person, "cx:actorType", knowledge) or "person"
                    rank = _concept(person, "cx:rank", knowledge)
                    found[person.iri] = f"unnamed {rank or kind} ({found[entity.iri]})"
    return found


def _label(entity: Entity, knowledge: Knowledge) -> str:
    entry = knowledge.entry(curie(entity.iri))
    if entry is not None:
        return entry.pref_label
    names = [str(v.value) for v in _values(entity, "cx:name") if isinstance(v, Plain)]
    if names:
        return min(names, key=lambda n: (-len(n), n))
    if entity.cls == "Incident":
        parts = [
            _concept(entity, "cx:incidentType", knowledge) or "crossing",
            _date(entity, "cx:dateEDTF") or "undated",
        ]
        where = _concept(entity, "cx:front", knowledge) or _concept(entity, "cx:place", knowledge)
        return ", ".join([*parts, *([where] if where else [])])
    if entity.cls == "Statistic":
        return _statistic(entity, knowledge)
    return f"unnamed {entity.cls.lower()}"


def _statistic(entity: Entity, knowledge: Knowledge) -> str:
    amount = next((v for v in _values(entity, "cx:value") if isinstance(v, Amount)), None)
    what = _concept(entity, "cx:measure", knowledge) or "statistic"
    who = _concept(entity, "cx:population", knowledge)
    when = _date(entity, "cx:period")
    number = ""
    if amount is not None:
        shown = amount.value if amount.value is not None else amount.lower if amount.lower is not None else amount.upper
        sign = {"unit:PERCENT": " %"}.get(amount.unit, "")
        said = {"approximately": "about ", "more-than": "more than ", "at-least": "at least ", "nearly": "nearly "}
        number = amount.qualitative or f"{said.get(amount.qualifier, '')}{shown}{sign}"
    head = ", ".join(part for part in (what, who, when) if part)
    return f"{head}: {number}" if number else head


def _values(entity: Entity, predicate: str) -> list[StatementValue]:
    return [v.group.value for v in entity.values if v.predicate == predicate]


def _concept(entity: Entity, predicate: str, knowledge: Knowledge) -> str | None:
    for value in _values(entity, predicate):
        if isinstance(value, Concept):
            entry = knowledge.entry(value.name)
            return entry.pref_label if entry else curie(value.name)
    return None


def _date(entity: Entity, predicate: str) -> str | None:
    for value in _values(entity, predicate):
        if isinstance(value, When) and value.interval:
            return value.interval.edtf
    return None
