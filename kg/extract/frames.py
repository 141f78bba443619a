"""Clause frames: a trigger of motion, who moves, from where, over what and to where, when, and how it is meant.

A frame is read off the dependency parse: the actor is the subject (or the object, for being found, taken or shot), its
arguments are the spots of the border's geography below the trigger, and each is a source or a target by the preposition
or verb that governs it. What the words do not tell stays None; nothing is guessed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.actors import Actors, met_by, undergoer_of
from kg.extract.arguments import Argument, Arguments
from kg.extract.builder import FactsBuilder
from kg.extract.carriers import Carriers
from kg.extract.clause import below, clause
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence
from kg.extract.geography import Geography, Spot
from kg.extract.modality import Modality, assess, subject_of
from kg.extract.participants import Participant, Participants
from kg.extract.times import time_of
from kg.extract.triggers import Triggers
from kg.facts.model import TimeExpression

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Frame", "FrameReader", "find_frames"]

_EVENT_NOUNS = frozenset({"NOUN", "PROPN"})
_HEADS = frozenset({"headline", "heading"})


@dataclass
class Frame:
    """One clause about a motion.

    Attributes:
        trigger: The class of the trigger in the pack.
        head: The trigger.
        actor: Who moves, where the words name or describe him.
        arguments: The spots below the trigger.
        words: All tokens of the clause, subordinate clauses left out.
    """

    sentence: Sentence
    head: Token
    trigger: str
    actor: Participant | None
    arguments: tuple[Argument, ...]
    words: frozenset[int]
    modality: Modality
    time: TimeExpression | None = None
    backward: bool = False
    opposite: bool = False
    vessel: bool = False
    anaphor: bool = False
    nominal: bool = False
    carried: bool = False
    carrier: Token | None = None
    companions: tuple[Participant, ...] = field(default=())

    def role(self, *roles: str) -> list[Spot]:
        """The spots of these roles."""
        return [a.spot for a in self.arguments if a.role in roles]

    def sides(self, *roles: str) -> set[str]:
        """The sides of the spots of these roles."""
        return {spot.side for spot in self.role(*roles) if spot.side is not None}

    @property
    def lines(self) -> list[Spot]:
        """The lines and waters among the arguments."""
        return [a.spot for a in self.arguments if a.spot.kind in {"line", "water"}]

    @property
    def lemma(self) -> str:
        """The trigger's lemma."""
        return crossing_rules().lemma(self.head)


class FrameReader:
    """Reads the frames of sentences.

    Args:
        builder: Holds the document, its times and its named persons.
        geography: The border's geography.
        people: Reads the actors.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography, people: Participants) -> None:
        self.builder = builder
        self.geography = geography
        self.people = people
        self.arguments = Arguments(geography)
        self.actors = Actors(people)
        self.carriers = Carriers(builder.document, geography, people)
        self.triggers = Triggers(geography)
        self.rules: CrossingRules = crossing_rules()

    def at(self, sentence: Sentence, head: Token, trigger: str) -> Frame:
        """The frame of one verb or event noun, whatever its lemma.

        Args:
            sentence: Its sentence.
            head: The verb or noun.
            trigger: The class of motion that it stands for, where its own lemma is of none.
        """
        lemma = self.rules.lemma(head)
        if head.pos_ in _EVENT_NOUNS and not head.tag_.startswith("VB"):
            return self._nominal(sentence, head, self.rules.noun_class(lemma) or trigger)
        return self._verbal(sentence, head, self.triggers.of_verb(head, lemma) or trigger)

    def read(self, sentence: Sentence) -> Iterator[Frame]:
        """The frames of one sentence, in the order of the text."""
        for token in sentence.span:
            lemma = self.rules.lemma(token)
            if token.lower_ in self.rules.irregular or token.pos_ in {"VERB", "AUX"} or (token.tag_.startswith("VB")):
                trigger = self.triggers.of_verb(token, lemma) or self.triggers.carried_over(sentence, token)
                if trigger is None and lemma in self.rules.happen and _is_it(token):
                    yield self._happening(sentence, token)
                elif trigger is not None:
                    yield self._verbal(sentence, token, trigger)
            elif token.pos_ in _EVENT_NOUNS and token.tag_ != "NNS":
                trigger = self.rules.noun_class(lemma)
                if trigger is None and lemma in self.rules.anaphors and _is_pointed(token):
                    trigger = "anaphor"
                if trigger is not None and token.dep_ not in {"compound", "amod"}:
                    yield self._nominal(sentence, token, trigger)

    def _happening(self, sentence: Sentence, verb: Token) -> Frame:
        """ "It happened early on Tuesday" takes up the incident told before."""
        words = frozenset(clause(verb))
        return Frame(
            sentence=sentence,
            head=verb,
            trigger="anaphor",
            actor=None,
            arguments=tuple(self.arguments.of(sentence, verb, words)),
            words=words,
            modality=assess(sentence, verb),
            time=time_of(self.builder, sentence, verb),
            anaphor=True,
            nominal=True,
        )

    def _verbal(self, sentence: Sentence, head: Token, trigger: str) -> Frame:
        actor = self.actors.of_verb(sentence, head, trigger)
        words = frozenset(clause(head))
        carrier = self._carrier(head, trigger) if actor is None else None
        if carrier is not None:
            actor = self.carriers.aboard(sentence, carrier)
        victim = undergoer_of(head) if trigger == "shoot" else None
        if victim is not None:
            words |= {t.i for t in victim.subtree}
        arguments = tuple(self.arguments.of(sentence, head, words))
        children = {c.lower_ for c in head.children}
        text = " ".join(head.doc[i].lower_ for i in sorted(words))
        after = head.doc[head.i : min(head.i + 9, sentence.span.end)].text.lower()
        back = bool(children & self.rules.backward) or any(
            head.doc[i].lower_ in self.rules.backward and head.doc[i].dep_ in {"advmod", "prt"} for i in words
        )
        # "over the slab that marks the border on Monday": the parse gives the day to the marking
        timed = (head, *self.arguments.marking(sentence, words))
        return Frame(
            sentence=sentence,
            head=head,
            trigger=trigger,
            actor=actor,
            arguments=arguments,
            words=words,
            modality=assess(sentence, head),
            time=next((t for t in (time_of(self.builder, sentence, verb) for verb in timed) if t is not None), None),
            backward=(back and not self._leaves_home(head))
            or trigger == "return"
            or head.lemma_.lower().startswith(("re-", "redef")),
            opposite=any(phrase in text or phrase in after for phrase in self.rules.opposite),
            vessel=self._has_vessel(head, words, actor) or (carrier is not None and self._is_vessel(carrier)),
            companions=tuple(self.actors.companions(sentence, head)),
            carried=actor is None and (carrier is not None or self._is_carrier(head)),
            carrier=carrier,
        )

    def _leaves_home(self, head: Token) -> bool:
        """Whether "home" is what somebody leaves, and not where he goes."""
        return head.lemma_.lower() in self.rules.verbs["leave"] and any(c.lower_ == "home" for c in head.children)

    def _nominal(self, sentence: Sentence, head: Token, trigger: str) -> Frame:
        clausal = {t.i for c in head.children if c.dep_ in {"relcl", "appos", "conj", "advcl"} for t in c.subtree}
        own = frozenset(i for i in below(head) if i not in clausal)
        actor = self.actors.of_noun(sentence, head)
        arguments = tuple(self.arguments.of(sentence, head, frozenset(own)))
        definite = _is_pointed(head)
        text = " ".join(head.doc[i].lower_ for i in sorted(own))
        carried = head.dep_ == "dobj" and head.head.lemma_.lower() in self.rules.light
        modality = assess(sentence, head.head if carried else head)
        own_time = self._own_time(sentence, head) or time_of(self.builder, sentence, head)
        occurred = next((c for c in head.children if c.dep_ == "relcl" and c.lemma_ in self.rules.occur), None)
        if own_time is None and occurred is not None:
            own_time = time_of(self.builder, sentence, occurred)
        if own_time is None and carried:
            own_time = time_of(self.builder, sentence, head.head)
        if carried:
            arguments += tuple(
                a for a in self.arguments.of(sentence, head.head, frozenset(clause(head.head))) if a not in arguments
            )
        return Frame(
            sentence=sentence,
            head=head,
            trigger=trigger,
            actor=actor,
            arguments=arguments,
            words=frozenset(own | ({head.head.i} if carried else set())),
            modality=modality,
            time=own_time,
            vessel=any(vessel in text.split() for vessel in self.rules.vessels),
            anaphor=definite,
            nominal=True,
        )

    def _own_time(self, sentence: Sentence, head: Token) -> TimeExpression | None:
        """A date inside the noun phrase: "the August 2024 defection", "last year's crossing"."""
        start, end = sentence.start, sentence.end
        base = head.doc.base
        left, right = head.left_edge, head.right_edge
        found = [
            t
            for t in self.builder.times.values()
            if start <= t.start
            and t.end <= end
            and base + left.idx <= t.start
            and t.end <= base + right.idx + len(right)
            and t.start < base + head.idx
        ]
        return found[0] if found else None

    def _has_vessel(self, head: Token, words: frozenset[int], actor: Participant | None) -> bool:
        """Whether the clause or the phrase for who moves names a boat."""
        around = set(words) if actor is None or actor.pronoun else {*words, *(t.i for t in actor.head.subtree)}
        return any({head.doc[i].lower_, head.doc[i].lemma_} & set(self.rules.vessels) for i in around)

    def _is_vessel(self, carrier: Token) -> bool:
        return carrier.lemma_.lower() in self.rules.vessels or carrier.lower_ in self.rules.vessels

    def _carrier(self, head: Token, trigger: str) -> Token | None:
        """The boat or aircraft that goes, or that is found, seized or met."""
        if trigger in {"found", "custody"}:
            noun = met_by(head) or undergoer_of(head)
            noun = noun or (head.head if head.dep_ == "acl" and head.tag_ == "VBN" else subject_of(head))
        else:
            noun = subject_of(head)
        return noun if noun is not None and self.carriers.is_carrier(noun) else None

    def _is_carrier(self, head: Token) -> bool:
        """Whether a boat, or "it", goes for those who are in it."""
        subject = subject_of(head)
        return subject is not None and subject.lemma_.lower() in self.rules.carriers


def find_frames(builder: FactsBuilder, geography: Geography, people: Participants) -> list[Frame]:
    """The frames of an article, in the order of the text; headlines are left out, for their parses do not hold.

    Args:
        builder: Holds the document, its times and its named persons.
        geography: The border's geography.
        people: Reads the actors.
    """
    reader = FrameReader(builder, geography, people)
    return [
        frame
        for sentence in builder.document.sentences
        if sentence.block.kind not in _HEADS
        for frame in reader.read(sentence)
    ]


def _is_it(verb: Token) -> bool:
    """Whether a pronoun for what was told is the subject: "it happened"."""
    return any(c.dep_ == "nsubj" and c.lower_ in {"it", "this", "that"} for c in verb.children)


def _is_pointed(noun: Token) -> bool:
    """Whether a noun points back to what was told: "the crossing", "his escape"."""
    return any((c.dep_ == "det" and c.lower_ in crossing_rules().same) or c.dep_ == "poss" for c in noun.children)
