"""Who is meant by a pronoun, "the soldier" or a boat: the person or the side that the text named before."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.frames import Frame
from kg.extract.geography import Geography
from kg.extract.participants import Participant, Participants
from kg.extract.scene_rules import scene_rules

__all__ = ["Antecedents"]


class Antecedents:
    """Looks for who was named before.

    Args:
        geography: The border's geography.
        people: Reads noun phrases.
        frames: All frames of the article.
    """

    def __init__(self, geography: Geography, people: Participants, frames: Sequence[Frame]) -> None:
        self.geography = geography
        self.people = people
        self.frames = frames
        self.sentences = people.builder.document.sentences
        self.rules: CrossingRules = crossing_rules()

    def before(self, frame: Frame, actor: Participant) -> Participant:
        """The person of an earlier clause of the sentence that a pronoun takes up: "was held after he crossed"."""
        for token in reversed([t for t in frame.sentence.span if t.i < frame.head.i and t.pos_ in {"NOUN", "PROPN"}]):
            read = self.people.read(frame.sentence, token)
            if read is not None and read.side is not None and read.plural == actor.plural and not read.generic:
                frame.actor = read
                return read
        told = self._biography(frame)
        if told is not None:
            actor.name = told
        return actor

    def _biography(self, frame: Frame) -> str | None:
        """The named person whose flight a paragraph tells: "they escaped to Laos and reached the South in March"."""
        block = frame.sentence.block
        left = any(
            f.sentence.block.id == block.id and f.trigger in {"leave", "defect"} and f.modality.real
            for f in self.frames
        )
        named = [
            m for m in self.people.builder.mentions.values() if m.cls == "Person" and m.start < frame.sentence.start
        ]
        return max(named, key=lambda m: m.start).id if left and named and frame.time is not None else None

    def aboard(self, frame: Frame) -> Participant | None:
        """Who was in a boat of the other side: "a North Korean boat with seven people aboard"."""
        spots = self.geography.spots(frame.sentence)
        boats = [t for t in frame.sentence.span if t.lemma_.lower() in self.rules.carriers and t.pos_ == "NOUN"]
        home = any(s.side == "home" and s.adjective and 0 <= boat.i - s.end < 3 for s in spots for boat in boats)
        for token in frame.sentence.span if home else ():
            if token.pos_ not in {"NOUN", "NUM"} or token.dep_ not in {"pobj", "nsubj", "dobj"}:
                continue
            read = self.people.read(frame.sentence, token)
            if read is not None and read.count is not None and not read.definite and read.side != "destination":
                read.side = "home"
                return read
        return None

    def side_before(self, frame: Frame, actor: Participant) -> str | None:
        """The side of "the soldier" whom an earlier sentence called a soldier of that side."""
        for sentence in reversed(self.sentences):
            if sentence.index >= frame.sentence.index or sentence.block.kind in {"headline", "heading"}:
                continue
            for token in sentence.span:
                if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod"}:
                    continue
                read = self.people.read(sentence, token)
                if read is None or read.side is None or read.generic or read.plural != actor.plural:
                    continue
                if (
                    actor.pronoun
                    or not actor.kinds
                    or set(actor.kinds) & set(read.kinds)
                    or (actor.rank and read.kinds)
                ):
                    return read.side
        return None

    def side_of_job(self, frame: Frame, actor: Participant) -> str | None:
        """The side of "nine of the cooks" in an article that calls cooks those of one side, and of no other.

        Only for nouns that say what people work at: soldiers, officials, men and women are of every side.
        """
        noun = actor.head.lemma_.lower()
        if actor.pronoun or actor.name is not None or not set(actor.kinds) <= {"actor:worker", "actor:civilian"}:
            return None
        if any(t.lower_ in scene_rules().lawful for t in frame.sentence.span):
            return None  # "for a concert": a visit
        if noun not in self.rules.person_nouns - self.rules.counted - self.rules.kin - self.rules.group_nouns:
            return None
        sides: set[str] = set()
        for sentence in self.sentences:
            for token in sentence.span:
                if token.lemma_.lower() == noun and token.pos_ == "NOUN" and sentence.index != frame.sentence.index:
                    read = self.people.read(sentence, token)
                    sides |= {read.side} if read is not None and read.side is not None else set()
        return sides.pop() if len(sides) == 1 else None
