"""Which unit that was found is which entity of the gold, within one text: one to one, of greatest weight."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.dates import DateInterval
from kg.evaluate.assign import assign
from kg.evaluate.folder import CLASSES, AnnotatedText
from kg.evaluate.found import Found, Unit
from kg.evaluate.gold import GoldEntity, GoldIncident, GoldOrganization, GoldPerson, GoldRoute, GoldStatistic
from kg.evaluate.judge import Judge, Keys, compatible, gold_days, options
from kg.evaluate.names import same_body, same_person, surname_of
from kg.evaluate.slots import Named, SlotValue, read_slot
from kg.evaluate.spots import Span, overlap, touches
from kg.mapping.statements import Amount, Chain

__all__ = ["Aligner", "Alignment"]

_LOWER = frozenset({"more-than", "at-least"})
_UPPER = frozenset({"less-than", "at-most", "nearly"})
#: What an agreeing slot of an incident adds to a pair's weight.
_WEIGHTS = {"kind": 4, "direction": 2, "front": 4, "route": 2, "place": 4, "actor": 4}
_SPOT = 6


@dataclass(frozen=True)
class Alignment:
    """One text: its units by the key of the gold's entity that each is, and the units that are none."""

    text: AnnotatedText
    units: tuple[Unit, ...]
    pairs: Mapping[str, Unit]

    @property
    def keys(self) -> Keys:
        """What the keys of the gold's file mean."""
        return Keys(self.text.entities, {key: unit.members for key, unit in self.pairs.items()})

    def is_optional(self, unit: Unit) -> bool:
        """Whether a unit is an entity of the gold that may be found or not."""
        return any(self.text.entities[key].optional for key, other in self.pairs.items() if other.id == unit.id)

    def extra(self, cls: str) -> list[Unit]:
        """The units of a class that are no entity of the gold."""
        held = {unit.id for unit in self.pairs.values()}
        return [unit for unit in self.units if unit.cls == cls and unit.id not in held]


class Aligner:
    """Aligns texts.

    Args:
        found: What was found.
        judge: Compares values.
    """

    def __init__(self, found: Found, judge: Judge) -> None:
        self.found = found
        self.judge = judge

    def align(self, text: AnnotatedText) -> Alignment:
        """Align one text, class by class; persons after incidents, for an unnamed one is known by its incident."""
        units = self.found.units.get(text.source.article.id, ())
        pairs: dict[str, Unit] = {}
        for cls in CLASSES:
            entities = text.of(cls)
            candidates = [unit for unit in units if unit.cls == cls]
            weights = {
                (row, column): weight
                for row, entity in enumerate(entities)
                for column, unit in enumerate(candidates)
                if (weight := self.weight(text, entity, unit, pairs)) > 0
            }
            pairs |= {entities[row].key: candidates[column] for row, column in assign(weights).items()}
        return Alignment(text, units, pairs)

    def weight(self, text: AnnotatedText, entity: GoldEntity, unit: Unit, pairs: Mapping[str, Unit]) -> int:
        """How well a unit fits an entity of the gold; 0 where it cannot be it."""
        match entity:
            case GoldIncident():
                return self._incident(text, entity, unit)
            case GoldPerson():
                return self._person(text, entity, unit, pairs)
            case GoldOrganization() | GoldRoute():
                return self._body(text, entity, unit)
            case GoldStatistic():
                return self._statistic(text, entity, unit)
        return 0

    def _incident(self, text: AnnotatedText, gold: GoldIncident, unit: Unit) -> int:
        read = {slot: read_slot(unit, slot, self.found) for slot in ("date", "name", *_WEIGHTS)}
        days = gold_days(gold.date)
        dates = [v for v in read["date"] if isinstance(v, DateInterval)]
        if days and dates and not any(days.overlaps(d) for d in dates):
            return 0
        names = [str(v) for v in read["name"]]
        named = isinstance(gold.name, str) and any(same_person(gold.name, n) or surname_of(gold.name, n) for n in names)
        if isinstance(gold.name, str) and names and not named:
            return 0
        agreeing = {slot for slot in _WEIGHTS if self._agree(getattr(gold, slot), read[slot])}
        wanted = options(gold.direction)
        if wanted and read["direction"] and "direction" not in agreeing:
            return 0
        dated = bool(days and any(days.overlaps(d) for d in dates))
        slots = len(agreeing - {"route", "front"}) + bool(agreeing & {"route", "front"}) + named + dated
        near = [spot for spot in self._spots(text, gold) if touches([spot], unit.spans)]
        if not near and not (slots >= 2 and (dated or days is None)):
            return 0
        exact = any((d.earliest, d.latest) == (days.earliest, days.latest) for d in dates) if days else False
        close = any(compatible(days, d) for d in dates) if days else False
        weight = 1 + sum(_WEIGHTS[slot] for slot in agreeing) + 12 * named + 4 * dated + 2 * close + 6 * exact
        return weight + _SPOT * len(near) + _SPOT * touches(near, unit.mentions)

    def _person(self, text: AnnotatedText, gold: GoldPerson, unit: Unit, pairs: Mapping[str, Unit]) -> int:
        names = [n for n in (gold.name, *gold.names) if n]
        near = 2 * touches(self._spots(text, gold), unit.mentions)
        if names:
            if any(same_person(a, b) for a in names for b in unit.names):
                return 20 + near
            return 10 + near if any(surname_of(a, b) for a in names for b in unit.names) else 0
        if unit.names:
            return 0
        if gold.incident is None:
            return near
        incident = pairs.get(gold.incident)
        crossers = {Chain(c.article, c.chain) for c in self.found.crossers(incident)} if incident else set()
        if not unit.members & crossers:
            return 0
        same = [
            slot
            for slot in ("actor", "rank", "gender")
            if self._agree(getattr(gold, slot), read_slot(unit, slot, self.found))
        ]
        return 4 + 3 * near + len(same)

    def _body(self, text: AnnotatedText, gold: GoldOrganization | GoldRoute, unit: Unit) -> int:
        kind = "organization" if isinstance(gold, GoldOrganization) else "route"
        names = (gold.name, *gold.names)
        stated = frozenset(options(gold.concept))
        meant = self.concepts_of(kind, names)
        spots = self._spots(text, gold)
        near = 2 * touches(spots, unit.mentions)
        if stated and unit.concepts:
            return 40 + near if stated & unit.concepts else 10 + near if self.judge.agree(stated, unit.concepts) else 0
        if meant & unit.concepts or same_body(names, unit.names):
            return 30 + near
        if same_body(names, self.judge.labels(unit.concepts)):
            return 20 + near
        if kind == "route" and near:
            return 10 + near
        return 10 + near if self._same_words(text, names, spots, unit) else 0

    def concepts_of(self, kind: str, names: Sequence[str]) -> frozenset[str]:
        """The gazetteer's entries of an organisation or route that some names are names of."""
        lexicon = self.judge.knowledge.lexicon
        return frozenset(c for name in names if (c := lexicon.concept(kind, " ".join(name.split()))) is not None)

    def _same_words(self, text: AnnotatedText, names: Sequence[str], spots: Sequence[Span], unit: Unit) -> bool:
        """Whether a mention is the words of a spot, or a name where it stands in a spot, for the greater part."""
        words = list(spots)
        for name in names:
            pattern = r"\s+".join(re.escape(part) for part in name.split())
            words += [
                (m.start(), m.end()) for m in re.finditer(pattern, text.source.text) if touches([m.span()], spots)
            ]
        return any(2 * overlap(w, m) >= max(w[1] - w[0], m[1] - m[0]) for w in words for m in unit.mentions)

    def _statistic(self, text: AnnotatedText, gold: GoldStatistic, unit: Unit) -> int:
        amounts = [a for a in unit.said.get("cx:value", ()) if isinstance(a, Amount)]
        units = options(gold.unit)
        if units and amounts and all(a.unit not in units for a in amounts):
            return 0
        near = [spot for spot in self._spots(text, gold) if touches([spot], unit.spans)]
        if gold.qualitative is not None and gold.value is None and gold.lower is None and gold.upper is None:
            worded = any(a.qualitative is not None for a in amounts)
            share = "measure:share" in {c for v in unit.said.get("cx:measure", ()) for c in [getattr(v, "name", "")]}
            numbered = any(a.qualitative is None for a in amounts)
            if not near or not (worded or (share and not numbered)):
                return 0
        elif not any(_same_number(gold, amount) for amount in amounts):
            return 0
        days = gold_days(gold.period)
        periods = [v for v in read_slot(unit, "period", self.found) if isinstance(v, DateInterval)]
        if days and periods and not any(days.overlaps(p) for p in periods):
            return 0
        exact = any((p.earliest, p.latest) == (days.earliest, days.latest) for p in periods) if days else False
        same = [s for s in ("measure", "population") if self._agree(getattr(gold, s), read_slot(unit, s, self.found))]
        return 10 + 6 * exact + 2 * bool(days and periods) + 3 * len(same) + _SPOT * bool(near)

    def _agree(self, wanted: object, values: tuple[SlotValue, ...]) -> bool:
        concepts = frozenset(options(wanted))
        if not concepts:
            return False
        found: frozenset[str] = frozenset().union(*(v.concepts for v in values if isinstance(v, Named)))
        names = [name for v in values if isinstance(v, Named) for name in v.names]
        return self.judge.agree(concepts, found) or same_body(concepts, [*names, *self.judge.labels(found)])

    def _spots(self, text: AnnotatedText, gold: GoldEntity) -> tuple[Span, ...]:
        return (*text.spots[gold.key], *text.evidence[gold.key].values())


def _same_number(gold: GoldStatistic, amount: Amount) -> bool:
    """Whether a quantity is the number of the gold: its value, or its bounds, or a bound written as a value."""
    value, lower, upper = (Decimal(n) if n is not None else None for n in (gold.value, gold.lower, gold.upper))
    if value is not None:
        bound = next((b for b in (amount.lower, amount.upper) if b is not None), None)
        single = amount.lower is None or amount.upper is None
        return amount.value == value or (amount.value is None and single and bound == value)
    if lower is None and upper is None:
        return False
    lowest = amount.lower if amount.lower is not None else amount.value if amount.qualifier in _LOWER else None
    highest = amount.upper if amount.upper is not None else amount.value if amount.qualifier in _UPPER else None
    return lowest == lower and highest == upper
