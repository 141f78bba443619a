"""Who crosses in a sentence that no rule reads, and what he did in it: the person and the verb that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.actors import undergoer_of
from kg.extract.crossing_rules import crossing_rules
from kg.extract.document import Sentence
from kg.extract.modality import assess, subject_of
from kg.extract.scene_doers import goes_along
from kg.extract.scene_rules import scene_rules
from kg.extract.scene_words import PRONOUNS

if TYPE_CHECKING:
    from kg.extract.parsed import Token
    from kg.extract.participants import Participant

__all__ = ["crossing_of", "may_cross"]

_ACTING = frozenset({"VERB", "AUX"})


def may_cross(person: Participant) -> bool:
    """Whether somebody is of neither the destination's side nor another country, and not only along with another.

    Args:
        person: Who is spoken of.
    """
    return person.side not in {"destination", "other"} and not goes_along(person)


def crossing_of(sentence: Sentence, persons: Sequence[Participant]) -> tuple[Participant, Token] | None:
    """Who of a sentence crosses, with the verb of it: of those who did or underwent something one of the home side.

    Where none is, it is the first who is described, else the first; of nobody's deeds the answer is None.

    Args:
        sentence: The sentence.
        persons: Who may be a crosser in it, in the order of the text.
    """
    verbs = [token for token in sentence.span if _tells(sentence, token)]
    deeds = ((person, _deed_of(verbs, person.head)) for person in persons if may_cross(person))
    acting = [(person, deed) for person, deed in deeds if deed is not None]
    described = [(person, deed) for person, deed in acting if not person.pronoun]
    home = [(person, deed) for person, deed in described if person.side == "home"]
    return next(iter([*home, *described, *acting]), None)


def _deed_of(verbs: Sequence[Token], noun: Token) -> Token | None:
    """The verb of what somebody did or underwent: one of motion before any other."""
    own = [token for token in verbs if _is_of(token, noun)]
    own = own or [t for t in verbs if t.dep_ in {"relcl", "acl"} and t.head is noun]
    if not own:
        # A relative clause or apposition that the parse gives to another word: the next motion behind him is his.
        own = [t for t in verbs if t.i > noun.i and _moves(t) and subject_of(t) is None][:1]
    return next((token for token in own if _moves(token)), own[0] if own else None)


def _moves(verb: Token) -> bool:
    return crossing_rules().lemma(verb) in _moving()


@cache
def _moving() -> frozenset[str]:
    """Every verb that the rules of clauses know."""
    return frozenset(lemma for lemmas in crossing_rules().verbs.values() for lemma in lemmas)


@cache
def _aftermath() -> frozenset[str]:
    """Verbs of what follows a crossing and tells none by itself: "was questioned", "lives in the capital"."""
    verbs = scene_rules().verbs
    return (verbs.get("reception", frozenset()) | verbs.get("settle", frozenset())) - _moving()


def _tells(sentence: Sentence, token: Token) -> bool:
    """Whether a verb tells a deed that is over: as a fact, or as a report, but not of "she" who heard it."""
    if token.pos_ not in _ACTING or token.dep_ in {"aux", "auxpass"} or crossing_rules().lemma(token) in _aftermath():
        return False
    meant = assess(sentence, token)
    speaker = meant.attribution.text.lower() if meant.attribution is not None else ""
    told = meant.certainty == "asserted" or (meant.certainty == "reported" and speaker not in PRONOUNS)
    return meant.real and meant.tense == "past" and told


def _is_of(verb: Token, noun: Token) -> bool:
    """Whether a verb is somebody's by the parse; who finds or holds somebody does not cross, who is found does."""
    if undergoer_of(verb) is noun:
        return True
    verbs = crossing_rules().verbs
    met = crossing_rules().lemma(verb) in verbs["found"] | verbs["custody"]
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return subject_of(verb) is noun and (not met or passive)
