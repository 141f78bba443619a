"""Whose deed a sign is: by the parse, by a boat and those in it, else by the order of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.actors import Actors, undergoer_of
from kg.extract.document import Sentence
from kg.extract.modality import subject_of
from kg.extract.participants import Participant, Participants
from kg.extract.scene_rules import scene_rules
from kg.extract.scene_words import NOUNS, POINTED, Sign

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["SceneDoers", "goes_along"]

_FIRST = frozenset({"i", "we", "you"})
#: Signs that are done to a crosser.
_UNDERGONE = frozenset({"reception", "found", "returned"})


class SceneDoers:
    """Finds whose deeds signs are.

    Args:
        people: Reads noun phrases.
    """

    def __init__(self, people: Participants) -> None:
        self.people = people
        self.actors = Actors(people)
        self.rules = scene_rules()

    def of(self, sentence: Sentence, sign: Sign, persons: list[Participant]) -> tuple[bool, Participant | None]:
        """Whose deed a sign is: whether it can be a crosser's at all, and whose, where the sentence names him.

        By the parse where it gives a doer, or for being found or held who undergoes it; a boat stands for those in it.
        Where it gives none, the nearest person before the sign, else the first of the sentence.

        Args:
            sentence: The sentence.
            sign: The evidence.
            persons: Who may be a crosser in it.
        """
        head = sign.head
        if sign.kind == "alarm":
            return True, None
        if head.pos_ in NOUNS:
            told = self.actors.of_noun(sentence, head)
            if told is not None:
                return True, _among(told, persons) or (told if told.pronoun else None)
            return any(c.lower_ in POINTED for c in head.children), None
        if sign.kind in _UNDERGONE:
            doer = undergoer_of(head)
            if doer is None and head.dep_ in {"acl", "relcl"} and head.tag_ == "VBN":
                doer = head.head
            if doer is None and any(c.dep_ == "auxpass" for c in head.children):
                doer = subject_of(head)
            elif doer is None and head.dep_ == "conj" and head.tag_ == "VBN":
                doer = undergoer_of(head.head) or subject_of(head.head)
            if doer is None and head.tag_ != "VBN":
                return False, None
        else:
            doer = subject_of(head)
            if doer is not None and doer.pos_ == "PRON" and doer.i > head.i:
                doer = None  # "was not seen again; he surfaced": the subject of the next clause
        if doer is not None:
            if doer.lower_ in _FIRST:
                return False, None
            read = self.people.read(sentence, doer)
            known = _among(read, persons) if read is not None else None
            if known is not None:
                return True, known
            if read is not None and read.pronoun:
                return True, read
            if doer.lemma_.lower() in self.rules.vessels or doer.lower_ == "it":
                return self._in_boat(sentence, doer, persons)
            if (
                doer.pos_ in NOUNS
                and doer.dep_ not in {"attr", "appos"}
                and (doer.i < head.i or sign.kind in _UNDERGONE)
                and not self._misread(doer, head, persons)
            ):
                return False, None
        before = [p for p in persons if p.words[0] <= sign.at]
        leading = [p for p in before if not goes_along(p)] or before
        return True, leading[-1] if leading else persons[0] if persons else None

    def _misread(self, doer: Token, head: Token, persons: list[Participant]) -> bool:
        """Whether a doer that is no person stands in the phrase of one: "a sergeant in his late twenties, who"."""
        below = any(p.head.i < doer.i and doer in p.head.subtree for p in persons)
        return below or doer.dep_ in {"npadvmod", "compound"} or self._apart(doer, head)

    def _apart(self, doer: Token, head: Token) -> bool:
        """Whether a mark that ends a label, or "who", stands between a noun and the verb that the parse gives it to."""
        between = head.doc[doer.i + 1 : head.i]
        return any(t.text in {":", "\u2014", "\u2013"} or t.lower_ == "who" for t in between)

    def _in_boat(self, sentence: Sentence, boat: Token, persons: list[Participant]) -> tuple[bool, Participant | None]:
        """Those in a boat: the first person in its phrase who is aboard; a boat told of before stands for its crew."""
        whose = next((c for c in boat.children if c.dep_ == "poss" and c.lower_ == "whose"), None)
        if whose is not None:
            before = [p for p in persons if p.words[0] < whose.i]
            return bool(before), before[-1] if before else None
        if any(c.dep_ == "poss" for c in boat.children):
            before = [p for p in persons if p.words[0] < boat.i]
            return True, before[-1] if before else None
        below = {t.i for t in boat.subtree}
        carries = any(t.lower_ in self.rules.aboard for t in boat.subtree) or any(
            c.dep_ == "prep" and c.lower_ in {"with", "of"} for c in boat.children
        )
        crew = next((p for p in persons if p.head.i in below and carries), None)
        if crew is not None:
            return True, crew
        return True, None


def goes_along(person: Participant) -> bool:
    """Whether somebody is only with who acts: "with his mother".

    Args:
        person: Who is spoken of.
    """
    noun = person.head
    with_ = noun.dep_ == "pobj" and noun.head.lower_ in {"with", "alongside"}
    return with_ and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children)


def _among(told: Participant, persons: list[Participant]) -> Participant | None:
    return next((p for p in persons if p.head is told.head or (p.name is not None and p.name == told.name)), None)
