"""Journeys told in the first or third person: the arrival at the end of a way through other countries.

A feature tells a journey over many sentences, and the one that says where it ended rarely says whose it was or from
where ("We flew to Seoul together on 3 July"). The countries that were passed through before tell that it is one.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence
from kg.extract.geography import Geography
from kg.extract.participants import Participant
from kg.extract.specificity import subject_of

if TYPE_CHECKING:
    from kg.extract.frames import Frame
    from kg.extract.parsed import Token

__all__ = ["Journeys"]

_FIRST_PERSON = frozenset({"i", "we"})
#: "My plane", "our flight": whose it is who speaks.
_OWN = frozenset({"my", "our"})
_PASSED = 2
#: How many characters from a name the noun may stand that calls its bearer a defector.
_BESIDE = 60


class Journeys:
    """Knows which countries an article passed through before a sentence.

    Args:
        builder: Holds the document and the named persons.
        geography: The border's geography.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography) -> None:
        self.builder = builder
        self.geography = geography
        self.rules: CrossingRules = crossing_rules()

    def passed(self, sentence: Sentence) -> bool:
        """Whether a way through other countries was told before: two of them, or one and a river of the border."""
        return sentence.index >= self._ends_of_way

    def ends(self, frame: Frame) -> bool:
        """Whether a clause is the arrival that ends a journey: dated, on the destination's side, by who told of it."""
        if frame.trigger not in {"move", "leave"} or frame.nominal or not frame.modality.real:
            return False
        if frame.time is None and not self._ends_undated(frame):
            return False
        if frame.modality.tense == "present":
            return False  # "today she runs a bakery in the capital"
        if "destination" not in frame.sides("target", "place", "through") or frame.backward:
            return False
        told = frame.actor is not None and (frame.actor.pronoun or frame.actor.name is not None)
        several = frame.actor is not None and frame.actor.head.pos_ == "NUM" and frame.actor.definite
        told = told or several  # "the two landed"
        told = told or self._flight(frame) is not None
        return (told or self.first_person(frame)) and self.passed(frame.sentence)

    def _ends_undated(self, frame: Frame) -> bool:
        """Whether a clause without a date brings over somebody named whom the text calls a defector or the like."""
        if frame.lemma not in self.rules.arrivals or "destination" not in frame.sides("target"):
            return False
        named = frame.actor is not None and frame.actor.name is not None
        if not named and frame.lemma not in {"fly", "arrive", "reach"}:
            return False
        chain = self._named(frame)
        if named and frame.actor is not None and self.builder.mentions[str(frame.actor.name)].chain != chain:
            return False
        return chain is not None and chain in self._leavers

    @cached_property
    def _leavers(self) -> frozenset[str]:
        """The chains of named persons whom a sentence calls a defector or the like."""
        found: set[str] = set()
        for sentence in self.builder.document.sentences:
            text = sentence.span.text
            called = [
                t.idx - sentence.span.start_char for t in sentence.span if t.lemma_.lower() in self.rules.crossers
            ]
            for mention in self.builder.mentions.values() if called else ():
                at = text.find(mention.quote) if mention.cls == "Person" and mention.name is not None else -1
                if at >= 0 and any(abs(at - place) < _BESIDE for place in called):
                    found.add(mention.chain)
        return frozenset(found)

    def first_person(self, frame: Frame) -> bool:
        """Whether the one who speaks is the subject."""
        return any(c.dep_ == "nsubj" and c.lower_ in _FIRST_PERSON for c in frame.head.children)

    def traveller(self, frame: Frame) -> Participant | None:
        """Whose journey it is: who speaks, else the person named most often before, the first of several."""
        if frame.actor is not None and frame.actor.name is not None:
            return frame.actor
        subject = self._flight(frame) or subject_of(frame.head)
        if subject is None:
            return None
        told = Participant(subject, (subject.i, subject.i + 1), side="home", definite=True, pronoun=True)
        own = self.first_person(frame) or subject.lower_ in _OWN
        told.name = None if own else self._named(frame)
        return told

    def _flight(self, frame: Frame) -> Token | None:
        """Whose flight a clause lets land: the possessive of "her plane came down at the airport"."""
        carrier = next((c for c in frame.head.children if c.dep_ == "nsubj"), None)
        if carrier is None or carrier.lemma_.lower() not in self.rules.aircraft | {"flight"}:
            return None
        return next((c for c in carrier.children if c.dep_ == "poss" and c.pos_ == "PRON"), None)

    def _named(self, frame: Frame) -> str | None:
        counts: dict[str, int] = {}
        for mention in sorted(self.builder.mentions.values(), key=lambda m: m.start):
            if mention.cls == "Person" and mention.name is not None and mention.start < frame.sentence.start:
                counts[mention.chain] = counts.get(mention.chain, 0) + 1
        return max(counts, key=lambda chain: counts[chain], default=None)

    @cached_property
    def _ends_of_way(self) -> int:
        """The index of the first sentence by which a way was told: two countries, or one and a border river."""
        countries: set[str] = set()
        river = False
        for sentence in self.builder.document.sentences:
            for spot in self.geography.spots(sentence):
                if spot.kind == "third" and spot.concept is not None:
                    countries.add(spot.concept)
                river = river or (spot.kind == "other" and self._is_river(spot.concept))
            if countries and len(countries) + river >= _PASSED:
                return sentence.index
        return len(self.builder.document.sentences)

    def _is_river(self, concept: str | None) -> bool:
        entry = self.geography.lexicon.get(concept) if concept is not None else None
        return entry is not None and entry.pref_label.endswith(" River")
