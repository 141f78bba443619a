"""The schemas of the packs `crossings.yaml` and `slots.yaml`, and their reading."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.extract.rules import Pack, general_pack

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = [
    "CrossingRules",
    "Detection",
    "Operation",
    "Outcome",
    "SlotRules",
    "StatusRules",
    "crossing_rules",
    "slot_rules",
]


class CrossingRules(Pack, frozen=True, kw_only=True):
    """The pack `crossings.yaml`: triggers by class, and the words that tell arguments and actors apart."""

    verbs: dict[str, frozenset[str]]
    departures: dict[str, frozenset[str]]
    vanishings: dict[str, frozenset[str]]
    ways: frozenset[str]
    guided: frozenset[str]
    guided_to: frozenset[str]
    finding: dict[str, frozenset[str]]
    givings_back: dict[str, frozenset[str]]
    landfalls: dict[str, frozenset[str]]
    topic_words: frozenset[str]
    weak: frozenset[str]
    surfacing: frozenset[str]
    arrivals: frozenset[str]
    crossers: frozenset[str]
    irregular: dict[str, str]
    nouns: dict[str, frozenset[str]]
    light: frozenset[str]
    sources: frozenset[str]
    targets: frozenset[str]
    across: frozenset[str]
    onward: frozenset[str]
    carriers: frozenset[str]
    aircraft: frozenset[str]
    carrying: frozenset[str]
    riders: frozenset[str]
    vehicles: frozenset[str]
    backward: frozenset[str]
    opposite: tuple[str, ...]
    barriers: frozenset[str]
    likewise: frozenset[str]
    missing: tuple[str, ...]
    anaphors: frozenset[str]
    occur: frozenset[str]
    happen: frozenset[str]
    case_nouns: frozenset[str]
    kin: frozenset[str]
    identify: frozenset[str]
    person_nouns: frozenset[str]
    group_nouns: frozenset[str]
    body_nouns: frozenset[str]
    post_persons: frozenset[str]
    post_phrases: frozenset[str]
    incursion: tuple[str, ...]
    another: frozenset[str]
    same: frozenset[str]
    about: frozenset[str]
    counted: frozenset[str]
    fiction: frozenset[str]
    count_limit: int
    vessels: tuple[str, ...]
    sea_verbs: frozenset[str]
    foot_verbs: frozenset[str]
    land_words: frozenset[str]
    waters_nouns: frozenset[str]
    sea_nouns: frozenset[str]
    side_nouns: tuple[str, ...]

    def lemma(self, token: Token) -> str:
        """The lemma of a trigger in lower case."""
        return self.irregular.get(token.lower_) or token.lemma_.lower()

    def verb_class(self, lemma: str) -> str | None:
        """The class of a verb, the first in the order of the pack."""
        return next((name for name, lemmas in self.verbs.items() if lemma in lemmas), None)

    def noun_class(self, lemma: str) -> str | None:
        """The class of an event noun."""
        return next((name for name, lemmas in self.nouns.items() if lemma in lemmas), None)


class Outcome(Pack, frozen=True, kw_only=True, rename={"crosser": "of", "needs": "with"}):
    """Verbs that tell an outcome; `needs` are words one of which must stand with the verb."""

    concept: str
    verbs: frozenset[str]
    crosser: str
    needs: frozenset[str] = frozenset()


class Detection(Pack, frozen=True, kw_only=True):
    """Words for a way of detection."""

    concept: str
    words: tuple[str, ...]


class Operation(Pack, frozen=True, kw_only=True):
    """Words for a kind of operation."""

    concept: str
    words: tuple[str, ...]


class StatusRules(Pack, frozen=True, kw_only=True):
    """Words that tell whether a crossing was a defection."""

    intent_verbs: frozenset[str]
    intent_nouns: frozenset[str]
    settle_verbs: frozenset[str]
    defect_nouns: frozenset[str]
    investigate: frozenset[str]
    confirm: frozenset[str]
    confirming: frozenset[str]
    accident: tuple[str, ...]


class SlotRules(Pack, frozen=True, kw_only=True):
    """The pack `slots.yaml`."""

    outcomes: tuple[Outcome, ...]
    custody_nouns: frozenset[str]
    detections: tuple[Detection, ...]
    detect_verbs: frozenset[str]
    surrender: tuple[str, ...]
    surrender_verbs: frozenset[str]
    operations: tuple[Operation, ...]
    operation_nouns: frozenset[str]
    assist_verbs: frozenset[str]
    assist_nouns: frozenset[str]
    notify_verbs: frozenset[str]
    status: StatusRules
    disclosure_verbs: frozenset[str]
    disclosure_phrases: tuple[str, ...]
    withheld: tuple[str, ...]
    withheld_subjects: frozenset[str]
    unarmed: frozenset[str]
    armed: frozenset[str]
    scene_nouns: frozenset[str]
    front_nouns: frozenset[str]
    border_nouns: frozenset[str]
    gender_nouns: dict[str, frozenset[str]]
    gender_pronouns: dict[str, str]
    unusual: frozenset[str]


@cache
def crossing_rules() -> CrossingRules:
    """The pack `crossings.yaml`, read once a process."""
    return general_pack("crossings", CrossingRules)


@cache
def slot_rules() -> SlotRules:
    """The pack `slots.yaml`, read once a process."""
    return general_pack("slots", SlotRules)
