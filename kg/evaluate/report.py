"""The answer of an evaluation: its numbers, and the lists that one works on. The JSON of `kg evaluate` is this record.

A share that cannot be said, for there is nothing to divide by, is `null`. Offsets are code points of the text.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kg.evaluate.scores import EvidenceScore, Score, ShareScore, SlotScore, f1
from kg.evaluate.together import BCubed

__all__ = [
    "ConflictRow",
    "EntityRow",
    "Evidence",
    "Leaked",
    "MemberRow",
    "Numbers",
    "Report",
    "RowMissing",
    "Scored",
    "Share",
    "Slotted",
    "Tripled",
    "WordsAt",
    "WrongSlot",
    "clustered",
    "evidenced",
    "scored",
    "shared",
    "slotted",
]


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    """What all records share."""


class Scored(_Record, frozen=True, kw_only=True):
    """Entities: how many by the gold, found, and right of these."""

    gold: int
    found: int
    right: int
    precision: float | None
    recall: float | None
    f1: float | None


class Slotted(_Record, frozen=True, kw_only=True):
    """A slot of aligned entities; see `kg.evaluate.scores.SlotScore`. `compatible` is of dates alone."""

    given: int
    right: int
    wrong: int
    missing: int
    empty: int
    filled: int
    accuracy: float | None
    compatible: float | None = None


class Share(_Record, frozen=True, kw_only=True):
    """How many of some are right."""

    of: int
    right: int
    share: float | None


class Evidence(_Record, frozen=True, kw_only=True):
    """How exact the words behind values are; see `kg.evaluate.scores.EvidenceScore`."""

    given: int
    claimed: int
    overlapping: int
    share: float | None
    characters_f1: float | None
    quotes: Share


class Tripled(_Record, frozen=True, kw_only=True):
    """B-cubed coreference over so many units."""

    units: int
    precision: float | None
    recall: float | None
    f1: float | None


class Numbers(_Record, frozen=True, kw_only=True):
    """Every number of an evaluation; `kg evaluate --at-least` names one by the keys that lead to it."""

    mention: dict[str, Scored]
    entity: dict[str, Scored]
    slots: dict[str, dict[str, Slotted]]
    published: Share
    evidence: Evidence
    leaks: int
    claims: dict[str, Share]
    certainty: Share
    attribution: Share
    coreference: dict[str, Tripled]
    apart: Share
    members: Share
    conflicts: Share
    conflicts_extra: int


class WordsAt(_Record, frozen=True, kw_only=True):
    """Words of a text with their offsets."""

    words: str
    start: int
    end: int


class EntityRow(_Record, frozen=True, kw_only=True):
    """An entity that was missed (`key` of the gold) or is too many (`key` of its chain, and its canonical `iri`).

    `slots` are its values, for a person to look at.
    """

    cls: str
    text: str
    key: str
    words: tuple[WordsAt, ...]
    slots: dict[str, str]
    iri: str | None = None


class WrongSlot(_Record, frozen=True, kw_only=True):
    """A slot of an aligned entity whose `verdict` is wrong, missing, or filled where the text gives no value."""

    cls: str
    text: str
    key: str
    slot: str
    verdict: str
    gold: str
    found: str


class RowMissing(_Record, frozen=True, kw_only=True):
    """A row of the claim layer that does not stand, with what was found at its words."""

    text: str
    key: str
    kind: str
    about: str
    words: WordsAt
    wanted: str
    found: tuple[str, ...]


class Leaked(_Record, frozen=True, kw_only=True):
    """A flat triple that rests on no fact, and why."""

    subject: str
    predicate: str
    object: str
    why: str
    words: dict[str, tuple[WordsAt, ...]]


class MemberRow(_Record, frozen=True, kw_only=True):
    """A slot that `set.yaml` gives for an entity of all texts, and what linking gave."""

    entity: str
    slot: str
    right: bool
    gold: str
    found: str


class ConflictRow(_Record, frozen=True, kw_only=True):
    """A disagreement: by the gold and found (`right`), by the gold alone, or found alone (`gold` empty)."""

    entity: str
    property: str
    right: bool
    gold: tuple[str, ...]
    found: tuple[str, ...]
    preferred: str | None = None


class Report(_Record, frozen=True, kw_only=True):
    """The whole answer. `without_disputed` leaves out what `set.yaml` disputes; null where it disputes nothing.

    The lists are of the evaluation with all rows.
    """

    format: Literal["1.0"] = "1.0"
    texts: int
    numbers: Numbers
    without_disputed: Numbers | None = None
    disputed: tuple[str, ...] = ()
    missed: tuple[EntityRow, ...] = ()
    extra: tuple[EntityRow, ...] = ()
    wrong_slots: tuple[WrongSlot, ...] = ()
    leaks: tuple[Leaked, ...] = ()
    rows_missing: tuple[RowMissing, ...] = ()
    entities_missed: tuple[str, ...] = ()
    entities_extra: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    members: tuple[MemberRow, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()


def scored(score: Score) -> Scored:
    """The record of a score."""
    return Scored(
        gold=score.gold,
        found=score.found,
        right=score.right,
        precision=score.precision,
        recall=score.recall,
        f1=score.f1,
    )


def slotted(score: SlotScore, dated: bool) -> Slotted:
    """The record of a slot; `dated` where its values are dates."""
    return Slotted(
        given=score.given,
        right=score.right,
        wrong=score.wrong,
        missing=score.missing,
        empty=score.empty,
        filled=score.filled,
        accuracy=score.accuracy,
        compatible=score.near / score.given if dated and score.given else None,
    )


def shared(score: ShareScore) -> Share:
    """The record of how many of some are right."""
    return Share(of=score.of, right=score.right, share=score.share)


def evidenced(score: EvidenceScore) -> Evidence:
    """The record of how exact the evidence is."""
    return Evidence(
        given=score.given,
        claimed=score.claimed,
        overlapping=score.overlapping,
        share=score.share,
        characters_f1=score.mean,
        quotes=shared(score.quotes),
    )


def clustered(score: BCubed) -> Tripled:
    """The record of B-cubed."""
    return Tripled(
        units=score.units, precision=score.precision, recall=score.recall, f1=f1(score.precision, score.recall)
    )
