"""The slots of the gold: which property of the ontology each is, and what the pipeline says for it.

A slot of an incident that belongs to the person who crossed (`actor`, `rank`, `name`) is read from its crossers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.dates import DateInterval
from kg.evaluate.found import Found, Unit
from kg.mapping.statements import Amount, Chain, Concept, Plain, Ref, StatementValue, When

__all__ = [
    "KNOWN_BY",
    "SLOTS",
    "UNRESOLVED",
    "Kind",
    "Named",
    "Slot",
    "SlotValue",
    "predicate_of",
    "read_slot",
    "slot_of",
]

#: The value of a date that the text gives and that cannot be worked out.
UNRESOLVED = "unresolved"
Kind = Literal["date", "precision", "thing", "entry", "name", "text", "count", "qualifier", "unit", "number"]


@dataclass(frozen=True)
class Slot:
    """A slot: its property, what kind of value it has, and whether its crossers have it (`of_crosser`)."""

    predicate: str
    kind: Kind
    of_crosser: bool = False


@dataclass(frozen=True)
class Named:
    """A concept, or an entity of the text by its gazetteer entries, names and chain."""

    concepts: frozenset[str]
    names: tuple[str, ...] = ()
    chain: Chain | None = None


SlotValue = DateInterval | Named | str | int

SLOTS: dict[str, dict[str, Slot]] = {
    "Incident": {
        "date": Slot("cx:dateEDTF", "date"),
        "precision": Slot("cx:dateEDTF", "precision"),
        "disclosed": Slot("cx:disclosureDate", "date"),
        "kind": Slot("cx:incidentType", "thing"),
        "direction": Slot("cx:direction", "thing"),
        "front": Slot("cx:front", "thing"),
        "route": Slot("cx:viaRoute", "thing"),
        "place": Slot("cx:place", "thing"),
        "actor": Slot("cx:actorType", "thing", of_crosser=True),
        "rank": Slot("cx:rank", "thing", of_crosser=True),
        "name": Slot("cx:name", "name", of_crosser=True),
        "count": Slot("cx:personCount", "count"),
        "status": Slot("cx:defectionStatus", "thing"),
        "outcome": Slot("cx:outcome", "thing"),
        "custodian": Slot("cx:custodian", "thing"),
        "operation": Slot("cx:operation", "thing"),
        "detection": Slot("cx:detection", "thing"),
    },
    "Person": {
        "name": Slot("cx:name", "name"),
        "name_status": Slot("cx:nameStatus", "thing"),
        "actor": Slot("cx:actorType", "thing"),
        "rank": Slot("cx:rank", "thing"),
        "gender": Slot("cx:gender", "thing"),
        "nationality": Slot("cx:nationality", "thing"),
        "title": Slot("cx:jobTitle", "text"),
        "affiliation": Slot("cx:affiliation", "thing"),
    },
    "Organization": {"concept": Slot("cx:name", "entry")},
    "Route": {"concept": Slot("cx:name", "entry")},
    "Statistic": {
        "qualifier": Slot("cx:value", "qualifier"),
        "unit": Slot("cx:value", "unit"),
        "measure": Slot("cx:measure", "thing"),
        "population": Slot("cx:population", "thing"),
        "period": Slot("cx:period", "date"),
        "precision": Slot("cx:period", "precision"),
        "reported_by": Slot("cx:reportedBy", "thing"),
        "share_of": Slot("cx:shareOf", "thing"),
    },
}
#: Slots by which alignment knows an entity, so that they are not scored; `evidence` and `set.yaml` may name them.
KNOWN_BY: dict[str, dict[str, Slot]] = {
    "Organization": {"name": Slot("cx:name", "name")},
    "Route": {"name": Slot("cx:name", "name")},
    "Statistic": {name: Slot("cx:value", "number") for name in ("value", "lower", "upper", "qualitative")},
}


def slot_of(cls: str, name: str) -> Slot | None:
    """The slot of a class by its name; None where it has none of that name."""
    return SLOTS[cls].get(name) or KNOWN_BY.get(cls, {}).get(name)


def predicate_of(cls: str, name: str) -> str | None:
    """The property of a slot; None where the class has no such slot."""
    slot = slot_of(cls, name)
    return slot.predicate if slot else None


def read_slot(unit: Unit, name: str, found: Found, *, hedged: bool = False) -> tuple[SlotValue, ...]:
    """What the pipeline says for a slot of a unit, each value once; nothing where it is silent.

    Args:
        unit: The unit.
        name: A slot of its class.
        found: All that was found.
        hedged: Read what is said with a hedge instead of what is admitted.
    """
    slot = slot_of(unit.cls, name)
    if slot is None:
        return ()
    if slot.kind == "count":
        return () if hedged else _count(unit, found)
    if slot.kind == "entry":
        return (Named(unit.concepts, unit.names),) if unit.concepts and not hedged else ()
    units = found.crosser_units(unit) if slot.of_crosser else [unit]
    values = [v for u in units for v in (u.hedged if hedged else u.said).get(slot.predicate, ())]
    if slot.kind == "number":
        numbers = (getattr(v, name) for v in values if isinstance(v, Amount))
        return tuple(dict.fromkeys(str(n) for n in numbers if n is not None))
    return tuple(dict.fromkeys(_read(slot.kind, values, found)))


def _count(unit: Unit, found: Found) -> tuple[int, ...]:
    stated = {int(v.value) for v in unit.said.get("cx:personCount", ()) if isinstance(v, Plain)}
    if stated:
        return tuple(sorted(stated))
    crossers = {found.iris[chain] for chain in found.crossers(unit)}
    return (len(crossers),) if crossers else ()


def _read(kind: Kind, values: Sequence[StatementValue], found: Found) -> list[SlotValue]:
    if kind in {"date", "precision"}:
        return _dates(kind, [v for v in values if isinstance(v, When)])
    made: list[SlotValue] = []
    for value in values:
        match value:
            case Concept(name) if kind == "thing":
                made.append(Named(frozenset({name})))
            case Ref(chain) if kind == "thing":
                key = Chain(chain.article, chain.chain)
                made.append(Named(found.concepts(key), found.names(key), key))
            case Plain(_, words) if kind in {"name", "text"}:
                made.append(str(words))
            case Amount() if kind == "qualifier" and value.qualitative is None:
                made.append(f"qualifier:{value.qualifier}")
            case Amount() if kind == "unit":
                made.append(value.unit)
            case _:
                pass
    return made


def _dates(kind: Kind, whens: Sequence[When]) -> list[SlotValue]:
    """The days on which all that is said agrees; several values where it does not."""
    apart: list[DateInterval] = []
    for interval in (w.interval for w in whens):
        if interval is None:
            continue
        for number, known in enumerate(apart):
            both = known.intersect(interval)
            if both is not None:
                apart[number] = both
                break
        else:
            apart.append(interval)
    if kind == "date":
        return [*apart] or [UNRESOLVED for _ in whens]
    return [interval.precision for interval in apart] or [UNRESOLVED for _ in whens]
