"""Crossings told in passing of somebody whom the sentences before bring in, or who speaks.

"Since reaching the South nine years ago, she", "I came over in 2012", "it has been ten years since I got here": the
clause has a day or a year and the side that was left or reached, and only a pronoun for who crossed. Who that is stands
before it, or is the speaker of the quotation. In an article on crossings such a clause tells one, unless its person is
of the side that is reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.attribution import find_attribution, is_quoted
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence, offsets
from kg.extract.founding import Founding
from kg.extract.participants import Participant, Participants
from kg.extract.specificity import subject_of

if TYPE_CHECKING:
    from kg.extract.frames import Frame
    from kg.extract.parsed import Token

__all__ = ["Biographies"]

#: How many sentences before a pronoun its person may stand.
_REACH = 3
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FIRST_PERSON = frozenset({"i", "we"})
_SINGULAR = frozenset({"he", "she", "i"})
_SILENT = frozenset({"headline", "heading"})


class Biographies:
    """Finds whose crossing a clause tells in passing.

    Args:
        founding: Knows the border and the article.
        people: Reads noun phrases.
    """

    def __init__(self, founding: Founding, people: Participants) -> None:
        self.founding = founding
        self.people = people
        self.document = people.builder.document
        self.rules: CrossingRules = crossing_rules()

    def told_of(self, frame: Frame) -> Participant | None:
        """Who crossed in a clause that has a pronoun for him, or None where it tells no crossing in passing.

        Args:
            frame: The clause.
        """
        subject = subject_of(frame.head)
        if subject is None or not self._tells(frame):
            return None
        first = subject.lower_ in _FIRST_PERSON
        if first and not is_quoted(frame.head):
            return None
        if not first and (frame.actor is None or not frame.actor.pronoun or subject.lower_ not in _SINGULAR):
            return None
        person = self._speaker(frame) if first else self._before(frame.sentence, subject)
        if person is None or person.side in {"destination", "other"} or person.generic:
            return None
        if not self._of_home(frame, person):
            return None
        person.side, person.definite = "home", person.name is not None
        return person

    def _tells(self, frame: Frame) -> bool:
        """Whether a clause has a time and an end of a way over the border, and the article is on such ways."""
        if frame.nominal or frame.backward or not frame.modality.real or frame.modality.specificity == "general":
            return False
        if not self.founding.on_topic:
            return False
        reaches = frame.trigger == "move" and "destination" in frame.sides("target", "place")
        reaches = reaches and frame.lemma in self.rules.arrivals
        leaves = frame.trigger in {"leave", "defect"} and "home" in frame.sides("source")
        away = any(a.spot.kind in {"third", "other"} for a in frame.arguments if a.role == "target")
        since = any(c.lower_ == "since" for c in frame.head.children)
        return (reaches or leaves) and not away and (frame.time is not None or since)

    def _speaker(self, frame: Frame) -> Participant | None:
        """The person who speaks a quotation."""
        said = find_attribution(frame.sentence, frame.head)
        if said is None or said.official:
            return None
        for sentence in self.document.sentences:
            if sentence.start <= said.start < sentence.end:
                spoken = [t for t in sentence.span if said.start <= offsets(t)[0] < said.end]
                head = next((t for t in spoken if t.dep_ in _SUBJECTS), spoken[-1] if spoken else None)
                if head is None:
                    return None
                if head.lower_ in _SINGULAR:
                    return self._before(sentence, head)
                read = self.people.read(sentence, head)
                return None if read is None or read.pronoun or (read.definite and read.name is None) else read
        return None

    def _before(self, sentence: Sentence, pronoun: Token) -> Participant | None:
        """The last subject before a pronoun that it can stand for: one person, named or brought in."""
        for token in self._subjects(sentence, pronoun):
            noun = token.head if token.dep_ == "appos" else token
            read = self.people.read(self.document.sentence_of(noun), noun)
            if read is None or read.pronoun or read.plural or read.generic:
                continue
            if read.definite and read.name is None:
                return None  # "the woman" takes up somebody told of before
            return read
        return None

    def _subjects(self, sentence: Sentence, pronoun: Token) -> Iterator[Token]:
        for before in reversed(self.document.sentences):
            if not sentence.index - _REACH <= before.index <= sentence.index or before.block.kind in _SILENT:
                continue
            for token in reversed(list(before.span)):
                here = before.index == sentence.index
                if here and (token.doc is not pronoun.doc or token.i >= pronoun.i):
                    continue
                if token.dep_ in {*_SUBJECTS, "appos"} and token.pos_ in {"NOUN", "PROPN"}:
                    yield token

    def _of_home(self, frame: Frame, person: Participant) -> bool:
        """Whether somebody came from the home side: by his own words, the clause's, or the sentence that has him."""
        if person.side == "home" or "home" in frame.sides("source"):
            return True
        if person.nouns & self.rules.crossers:
            return True
        told = self.document.sentence_of(person.head)
        own = {s.start for s in self.founding.geography.spots(told) if s.side == "home"}
        origins = (t.i + 1 for t in told.span if t.lower_ == "from" and t.i + 1 < told.span.end)
        if any(told.span.doc[at].ent_type_ == "GPE" and at not in own for at in origins):
            return False  # "a dentist from Busan"
        near = [s for s in self.document.sentences if told.index <= s.index <= max(frame.sentence.index, told.index)]
        return any(
            spot.kind == "home" and not spot.adjective for s in near for spot in self.founding.geography.spots(s)
        )
