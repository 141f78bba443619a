"""Whether a value that was found is the value of the gold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

import msgspec

from kg.dates import DateInterval, parse_edtf
from kg.evaluate.gold import GoldEntity, GoldOrganization, GoldRoute
from kg.evaluate.names import same_body, same_person
from kg.evaluate.slots import UNRESOLVED, Kind, Named, SlotValue, slot_of
from kg.ids import normalise
from kg.knowledge import Knowledge
from kg.mapping.statements import Chain

__all__ = ["Judge", "Keys", "Verdict", "compatible", "gold_days", "options"]

#: Slots of which an entity has one value at most: every value found must be right.
_SINGLE = frozenset(
    [
        "date",
        "precision",
        "disclosed",
        "kind",
        "direction",
        "front",
        "count",
        "status",
        "period",
        "name_status",
        "gender",
        "nationality",
        "measure",
        "population",
    ]
)


class Verdict(StrEnum):
    """How a slot was found: `silent` and `filled` where the gold says that the text gives no value."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    SILENT = "silent"
    FILLED = "filled"


@dataclass(frozen=True)
class Keys:
    """What the keys of a gold file mean, for a value may be one: the entities, and the chains they were found as."""

    entities: Mapping[str, GoldEntity] = field(default_factory=dict)
    chains: Mapping[str, frozenset[Chain]] = field(default_factory=dict)


_NO_KEYS = Keys()


def gold_days(value: object) -> DateInterval | None:
    """The interval of a date of the gold; None where it gives none, or one that is unresolved."""
    return parse_edtf(value) if isinstance(value, str) and value != UNRESOLVED else None


def options(wanted: object) -> tuple[str, ...]:
    """The values that the gold allows; none where it gives none."""
    if isinstance(wanted, tuple):
        return tuple(str(option) for option in wanted)
    return () if wanted is None or wanted is msgspec.UNSET else (str(wanted),)


def compatible(one: DateInterval, other: DateInterval) -> bool:
    """Whether one of two intervals contains the other: less precise is not wrong."""
    return one.contains(other) or other.contains(one)


class Judge:
    """Compares the values of slots.

    Args:
        knowledge: Which concepts are broader than others.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def verdict(
        self, cls: str, slot: str, wanted: object, values: tuple[SlotValue, ...], keys: Keys = _NO_KEYS
    ) -> Verdict | None:
        """How a slot was found.

        A date that was found unresolved is no value: where the gold has one it is missing.

        Args:
            cls: The class of the entity.
            slot: The slot.
            wanted: The gold's value: None for no value, UNSET for a slot that is not scored.
            values: What was found.
            keys: What the keys of the gold's file mean.

        Returns:
            The verdict; None where the slot is not scored, or the class has none of that name.
        """
        known = slot_of(cls, slot)
        if known is None or wanted is msgspec.UNSET:
            return None
        if set(values) == {UNRESOLVED} and UNRESOLVED not in {w.removeprefix("precision:") for w in options(wanted)}:
            values = ()
        if wanted is None:
            return Verdict.FILLED if values else Verdict.SILENT
        if not values:
            return Verdict.MISSING
        right = [self.right(known.kind, wanted, value, keys) for value in self._settled(values)]
        return Verdict.RIGHT if (all if slot in _SINGLE else any)(right) else Verdict.WRONG

    def right(self, kind: Kind, wanted: object, value: SlotValue, keys: Keys = _NO_KEYS) -> bool:
        """Whether one value is what the gold wants, or one of those it allows."""
        return any(self._right(kind, option, value, keys) for option in options(wanted))

    def _right(self, kind: Kind, wanted: str, value: SlotValue, keys: Keys) -> bool:
        match kind, value:
            case _, DateInterval():
                days = gold_days(wanted)
                return days is not None and (days.earliest, days.latest) == (value.earliest, value.latest)
            case _, Named():
                return self._right_thing(wanted, value, keys)
            case "count", _:
                return str(value) == wanted
            case "number", str():
                return (
                    _is_number(wanted) and _is_number(value) and Decimal(wanted) == Decimal(value)
                ) or wanted == value
            case "precision", _:
                return wanted.removeprefix("precision:") == value
            case "name", str():
                return same_person(wanted, value) or same_body([wanted], [value])
            case "text", str():
                return normalise(wanted) in normalise(value) or normalise(value) in normalise(wanted)
        return wanted == value

    def _right_thing(self, wanted: str, value: Named, keys: Keys) -> bool:
        """A concept is right if it is the gold's or narrower; an entity by its entry, its name, or as found."""
        if any(self.within(concept, wanted) for concept in value.concepts):
            return True
        if value.chain is not None and value.chain in keys.chains.get(wanted, frozenset()):
            return True
        names = [wanted]
        meant = keys.entities.get(wanted)
        if isinstance(meant, GoldOrganization | GoldRoute):
            names = [meant.name, *meant.names]
            if set(options(meant.concept)) & value.concepts:
                return True
        return same_body(names, [*value.names, *self.labels(value.concepts)])

    def within(self, concept: str, wanted: str) -> bool:
        """Whether a concept is another one or narrower."""
        return concept == wanted or wanted in self.knowledge.ancestors(concept)

    def agree(self, some: frozenset[str], others: frozenset[str]) -> bool:
        """Whether a concept of the first is one of the second, or narrower or broader than one."""
        return any(self.within(a, b) or self.within(b, a) for a in some for b in others)

    def labels(self, concepts: frozenset[str]) -> list[str]:
        """All names of some entries."""
        entries = [self.knowledge.entry(concept) for concept in sorted(concepts)]
        return [label.text for e in entries if e is not None for label in e.labels if label.kind != "demonym"]

    def _settled(self, values: tuple[SlotValue, ...]) -> tuple[SlotValue, ...]:
        """The values without those that give way to another one: broader ones, or less settled."""
        concepts = {c for v in values if isinstance(v, Named) for c in v.concepts}

        def gives_way(value: SlotValue) -> bool:
            if not isinstance(value, Named) or not value.concepts:
                return False
            return all(any(c != o and self.knowledge.yields(c, o) for o in concepts) for c in value.concepts)

        return tuple(v for v in values if not gives_way(v)) or values


def _is_number(words: str) -> bool:
    return words.removeprefix("-").replace(".", "", 1).isdecimal()
