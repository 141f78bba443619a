"""What one evaluation counts text by text: entities, slots, evidence and the claim layer, with what went wrong."""

from __future__ import annotations

from kg.dates import DateInterval
from kg.evaluate.align import Alignment
from kg.evaluate.folder import CLASSES, AnnotatedText
from kg.evaluate.found import Found, Unit
from kg.evaluate.gold import GoldEntity, GoldIncident, GoldPerson
from kg.evaluate.judge import Judge, Verdict, compatible, gold_days, options
from kg.evaluate.report import EntityRow, RowMissing, WordsAt, WrongSlot
from kg.evaluate.rows import KINDS, check_row, kind_of
from kg.evaluate.scores import EvidenceScore, Score, ShareScore, SlotScore
from kg.evaluate.show import show, show_claim, show_gold
from kg.evaluate.slots import SLOTS, predicate_of, read_slot
from kg.evaluate.spots import Span, overlap

__all__ = ["DATED", "PLACED", "Tally"]

#: The slots that are dates.
DATED = frozenset(name for slots in SLOTS.values() for name, slot in slots.items() if slot.kind == "date")
#: The name under which a route and a front are counted together.
PLACED = "route_or_front"
_BAD = {Verdict.WRONG: "wrong", Verdict.MISSING: "missing", Verdict.FILLED: "filled"}
#: A person's kind may rest on the words that make it a crosser, and so may how many there are.
_BY_CROSSER = frozenset({"cx:actorType", "cx:personCount"})


class Tally:
    """The counts of some texts.

    Args:
        found: What was found.
        judge: Compares values.
    """

    def __init__(self, found: Found, judge: Judge) -> None:
        self.found = found
        self.judge = judge
        self.mention = {cls: Score() for cls in CLASSES}
        self.slots: dict[str, dict[str, SlotScore]] = {cls: {} for cls in CLASSES}
        self.evidence = EvidenceScore()
        self.rows = {kind: ShareScore() for kind in ("all", *KINDS)}
        self.certainty, self.attribution, self.published = ShareScore(), ShareScore(), ShareScore()
        self.missed: list[EntityRow] = []
        self.extra: list[EntityRow] = []
        self.wrong: list[WrongSlot] = []
        self.rows_missing: list[RowMissing] = []

    def count(self, alignment: Alignment) -> None:
        """Count one text."""
        text = alignment.text
        self.published.add(text.source.article.published == text.gold.published)
        for cls in CLASSES:
            if cls in text.gold.classes:
                self._entities(alignment, cls)
        for key, unit in alignment.pairs.items():
            entity = text.entities[key]
            if unit.cls in text.gold.classes and not entity.optional:
                self._slots(alignment, entity, unit)
                self._evidence(alignment, entity, unit)
        self._rows(alignment)
        article = self.found.articles.get(text.source.article.id)
        for claim in article.facts.claims if article else ():
            for words in claim.evidence:
                self.evidence.quotes.add(text.words((words.start, words.end)) == words.quote)

    def _entities(self, alignment: Alignment, cls: str) -> None:
        text = alignment.text
        wanted = [e for e in text.of(cls) if not e.optional]
        extra = alignment.extra(cls)
        missed = [e for e in wanted if e.key not in alignment.pairs]
        right = len(wanted) - len(missed)
        self.mention[cls].add(len(wanted), right + len(extra), right)
        for entity in missed:
            words = tuple(words_at(text, span) for span in text.spots[entity.key])
            slots = show_gold(cls, entity)
            self.missed.append(EntityRow(cls=cls, text=text.name, key=entity.key, words=words, slots=slots))
        for unit in extra:
            words = tuple(words_at(text, span) for span in unit.mentions)
            read = {slot: show(read_slot(unit, slot, self.found)) for slot in SLOTS[cls]}
            slots = {"name": ", ".join(unit.names), **read}
            slots = {slot: value for slot, value in slots.items() if value}
            self.extra.append(EntityRow(cls=cls, text=text.name, key=unit.id, iri=unit.iri, words=words, slots=slots))

    def _slots(self, alignment: Alignment, entity: GoldEntity, unit: Unit) -> None:
        for slot in SLOTS[unit.cls]:
            wanted = _wanted(alignment.text, entity, slot)
            values = read_slot(unit, slot, self.found)
            verdict = self.judge.verdict(unit.cls, slot, wanted, values, alignment.keys)
            if verdict is None:
                continue
            if verdict is Verdict.MISSING:
                # What the gold gives may stand with a hedge: that is no flat value, but it was read.
                hedged = read_slot(unit, slot, self.found, hedged=True)
                if self.judge.verdict(unit.cls, slot, wanted, hedged, alignment.keys) is Verdict.RIGHT:
                    values, verdict = hedged, Verdict.RIGHT
            days = gold_days(wanted) if slot in DATED else None
            near = bool(days) and any(isinstance(v, DateInterval) and compatible(v, days) for v in values if days)
            for name in (slot, *([PLACED] if slot in {"route", "front"} else [])):
                self.slots[unit.cls].setdefault(name, SlotScore()).add(verdict, near or verdict is Verdict.RIGHT)
            if verdict in _BAD:
                self.wrong.append(
                    WrongSlot(
                        cls=unit.cls,
                        text=alignment.text.name,
                        key=entity.key,
                        slot=slot,
                        verdict=_BAD[verdict],
                        gold=" or ".join(options(wanted)) or "null",
                        found=show(values),
                    )
                )

    def _evidence(self, alignment: Alignment, entity: GoldEntity, unit: Unit) -> None:
        for slot, span in alignment.text.evidence[entity.key].items():
            predicate = predicate_of(unit.cls, slot)
            spans = self._claimed(unit, predicate) if predicate else []
            self.evidence.add(max((characters(span, other) for other in spans), default=None))

    def _claimed(self, unit: Unit, predicate: str) -> list[Span]:
        """The words behind what is said of a property, of an incident also by way of its crossers."""
        claims = list(unit.claims)
        if unit.cls == "Incident":
            claims += [claim for crosser in self.found.crosser_units(unit) for claim in crosser.claims]
        wanted = {predicate, "cx:crosser"} if predicate in _BY_CROSSER else {predicate}
        return [(e.start, e.end) for c in claims if c.predicate in wanted for e in c.evidence]

    def _rows(self, alignment: Alignment) -> None:
        text = alignment.text
        for row in text.gold.claims:
            outcome = check_row(row, alignment, self.found)
            if outcome.certainty_right is not None:
                self.certainty.add(outcome.certainty_right)
            if outcome.speaker_right is not None:
                self.attribution.add(outcome.speaker_right)
            kind = kind_of(row)
            if kind is None:
                continue
            self.rows["all"].add(outcome.stands)
            self.rows[kind].add(outcome.stands)
            if not outcome.stands:
                parts = [" or ".join(row.certainty), "negated" if row.negated else "", row.tense or ""]
                self.rows_missing.append(
                    RowMissing(
                        text=text.name,
                        key=row.key,
                        kind=kind,
                        about=row.about,
                        words=words_at(text, text.claims[row.key]),
                        wanted=", ".join(part for part in parts if part),
                        found=tuple(show_claim(claim) for claim in outcome.near),
                    )
                )


def _wanted(text: AnnotatedText, entity: GoldEntity, slot: str) -> object:
    """The gold's value of a slot; of a name every way in which it is written."""
    wanted: object = getattr(entity, slot)
    if slot != "name" or not isinstance(wanted, str):
        return wanted
    if isinstance(entity, GoldPerson):
        return (wanted, *entity.names)
    if isinstance(entity, GoldIncident):
        persons = (text.entities[key] for key in entity.persons)
        return (wanted, *(name for p in persons if isinstance(p, GoldPerson) for name in (p.name, *p.names) if name))
    return wanted


def words_at(text: AnnotatedText, span: Span) -> WordsAt:
    """Words of a text for a report."""
    return WordsAt(words=text.words(span), start=span[0], end=span[1])


def characters(gold: Span, found: Span) -> float:
    """F1 over the characters of two stretches.

    >>> characters((0, 10), (5, 10)), characters((0, 5), (5, 10))
    (0.6666666666666666, 0.0)
    """
    return 2 * overlap(gold, found) / ((gold[1] - gold[0]) + (found[1] - found[0]))
