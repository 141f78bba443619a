"""What `set.yaml` says of entities over all texts: their values after linking, and where sources disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from kg.consolidate.consolidate import Conflict, Entity
from kg.consolidate.values import Group
from kg.evaluate.align import Alignment
from kg.evaluate.found import Found, Unit
from kg.evaluate.gold import GoldSet
from kg.evaluate.judge import Judge, Keys, Verdict, options
from kg.evaluate.report import ConflictRow, MemberRow
from kg.evaluate.show import show
from kg.evaluate.slots import SLOTS, SlotValue, predicate_of, read_slot
from kg.mapping.statements import Chain
from kg.namespaces import curie

__all__ = ["Values", "conflict_rows", "member_rows"]


@dataclass(frozen=True)
class Values:
    """What is compared: all that was found, and the IRI of each entity of the gold that was found."""

    found: Found
    judge: Judge
    alignments: Mapping[str, Alignment]
    iris: Mapping[str, str]

    def entity(self, ident: str) -> Entity | None:
        """The entity of the default graph that is one of the gold."""
        iri = self.iris.get(ident)
        return next((e for e in self.found.consolidated.entities if e.iri == iri), None)

    @cached_property
    def keys(self) -> Keys:
        """What a value of `set.yaml` may name: the rows of all texts by key, and the chains of every entity found."""
        rows = {key: e for alignment in self.alignments.values() for key, e in alignment.text.entities.items()}
        chains: dict[str, set[Chain]] = {}
        for chain, iri in self.found.iris.items():
            chains.setdefault(iri, set()).add(Chain(chain.article, chain.chain))
        return Keys(rows, {ident: frozenset(chains.get(iri, ())) for ident, iri in self.iris.items()})

    def read(self, entity: Entity, slot: str) -> tuple[SlotValue, ...]:
        """The flat values of a slot of an entity."""
        return read_slot(self.found.entity_unit(entity), slot, self.found)


def member_rows(gold: GoldSet, values: Values) -> tuple[MemberRow, ...]:
    """Each slot that `set.yaml` gives, right or not after linking."""
    rows = []
    for member in gold.entities:
        entity = values.entity(member.entity)
        for slot, wanted in member.slots.items():
            said = values.read(entity, slot) if entity is not None else ()
            verdict = values.judge.verdict(entity.cls, slot, wanted, said, values.keys) if entity else None
            right = verdict in {Verdict.RIGHT, Verdict.SILENT}
            shown = " or ".join(options(wanted)) or "null"
            found = show(said) if entity else "not found"
            rows.append(MemberRow(entity=member.entity, slot=slot, right=right, gold=shown, found=found))
    return tuple(rows)


def conflict_rows(gold: GoldSet, values: Values) -> tuple[ConflictRow, ...]:
    """The conflicts of the gold, found or not, and then those that were found and are not among them."""
    rows: list[ConflictRow] = []
    used: set[tuple[str, str]] = set()
    for row in gold.conflicts:
        entity = values.entity(row.entity)
        right, held = False, None
        for owner, conflict in _conflicts(entity, values) if entity else ():
            if not _is_property(row.property, entity.cls if entity else owner.cls, owner.cls, conflict.predicate):
                continue
            used.add((conflict.subject, conflict.predicate))
            held = conflict
            chosen = row.preferred is msgspec.UNSET or _prefers(row.preferred, owner, conflict, values)
            right = chosen and _covers(row.values, owner, conflict, values)
            break
        rows.append(
            ConflictRow(
                entity=row.entity,
                property=row.property,
                right=right,
                gold=row.values,
                found=tuple(_shown(group, held, values) for group in held.groups) if held else (),
                preferred=_shown(held.preferred, held, values) if held and held.preferred else None,
            )
        )
    names = {iri: ident for ident, iri in values.iris.items()}
    for found in values.found.consolidated.entities:
        for conflict in found.conflicts:
            if (conflict.subject, conflict.predicate) not in used:
                rows.append(
                    ConflictRow(
                        entity=names.get(found.iri, curie(found.iri)),
                        property=conflict.predicate,
                        right=False,
                        gold=(),
                        found=tuple(_shown(group, conflict, values) for group in conflict.groups),
                        preferred=_shown(conflict.preferred, conflict, values) if conflict.preferred else None,
                    )
                )
    return tuple(rows)


def _conflicts(entity: Entity, values: Values) -> list[tuple[Entity, Conflict]]:
    """The conflicts on an entity; on an incident also those on who crossed in it."""
    owners = [entity]
    if entity.cls == "Incident":
        iris = {values.found.iris[chain] for chain in values.found.crossers(values.found.entity_unit(entity))}
        owners += [e for e in values.found.consolidated.entities if e.iri in iris]
    return [(owner, conflict) for owner in owners for conflict in owner.conflicts]


def _is_property(name: str, cls: str, owner: str, predicate: str) -> bool:
    """Whether a property of `set.yaml`, a slot or a property of the ontology, is the property of a conflict."""
    known = {name, f"cx:{name}", predicate_of(cls, name)}
    return predicate in (known | {predicate_of(owner, name)})


def _read(group: Group, conflict: Conflict, owner: Entity, values: Values) -> tuple[str, tuple[SlotValue, ...]] | None:
    """The slot of a conflict's property, and the value of one side as that slot reads it."""
    slot = next((s for s, known in SLOTS[owner.cls].items() if known.predicate == conflict.predicate), None)
    if slot is None:
        return None
    unit = Unit(owner.iri, owner.cls, owner.iri, frozenset(), said={conflict.predicate: (group.value,)})
    return slot, read_slot(unit, slot, values.found)


def _is_value(wanted: str | tuple[str, ...], group: Group, conflict: Conflict, owner: Entity, values: Values) -> bool:
    read = _read(group, conflict, owner, values)
    if read is None:
        said = getattr(group.value, "value", group.value)
        return str(said) in ((wanted,) if isinstance(wanted, str) else wanted)
    slot, said = read
    return values.judge.verdict(owner.cls, slot, wanted, said, values.keys) is Verdict.RIGHT


def _covers(wanted: tuple[str, ...], owner: Entity, conflict: Conflict, values: Values) -> bool:
    """Whether every value of the gold is a side of the conflict."""
    return all(any(_is_value(value, group, conflict, owner, values) for group in conflict.groups) for value in wanted)


def _prefers(wanted: object, owner: Entity, conflict: Conflict, values: Values) -> bool:
    if wanted is None or conflict.preferred is None:
        return wanted is None and conflict.preferred is None
    return isinstance(wanted, str | tuple) and _is_value(wanted, conflict.preferred, conflict, owner, values)


def _shown(group: Group, conflict: Conflict, values: Values) -> str:
    owner = next(e for e in values.found.consolidated.entities if e.iri == conflict.subject)
    read = _read(group, conflict, owner, values)
    return show(read[1]) if read and read[1] else group.statements[0].claim.raw
