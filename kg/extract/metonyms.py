"""Capitals and countries that stand for their governments: "Seoul urged", "criticised by Pyongyang"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.lexicon import Entry, Lexicon, Match
from kg.extract.naming import NamesRules, States

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Metonyms"]

_MAY = frozenset({"may", "might", "could", "would", "can"})
_TIME_OR_IF = frozenset({"if", "whether", "unless", "when", "since", "before", "after", "until", "while", "once"})


class Metonyms:
    """Tells a government from the place that it is named by.

    Args:
        lexicon: The words of the border.
        states: Knows the governments.
        rules: The words of the names of bodies.
    """

    def __init__(self, lexicon: Lexicon, states: States, rules: NamesRules) -> None:
        self.lexicon = lexicon
        self.states = states
        self.rules = rules

    def government(self, match: Match) -> Entry | None:
        """The government of a capital that acts or is spoken to: subject of a verb, its agent, object of "urge"."""
        entry = self.states.government(match)
        following = match.span.doc[match.span.end] if match.span.end < len(match.span.doc) else None
        if entry is None or (following is not None and following.text in {"-", "/", "–"}):
            return None
        token = match.span.root
        verb = token.head
        does = verb.lemma_ not in self.rules.stative or (
            verb.lemma_ == "have" and any(child.dep_ == "xcomp" for child in verb.children)
        )
        acts = token.dep_ == "nsubj" and verb.pos_ in {"VERB", "AUX"} and does
        if verb.lemma_ not in self.rules.governing and self._is_whole_name(match):
            # A country's own name means the country far more often than its government.
            return None
        sides = (self.lexicon.border.sides.home.place, self.lexicon.border.sides.destination.place)
        if entry.value("ofState") in sides:
            acts = acts or (token.dep_ == "pobj" and verb.dep_ == "agent" and verb.head.tag_ == "VBN")
        told = token.dep_ in {"dobj", "dative"} and verb.lemma_ in self.rules.addressing
        meant = any(child.dep_ == "aux" and child.lower_ in _MAY for child in verb.children)
        if (
            not (acts or told)
            or meant
            or _is_background(verb)
            or any(child.dep_ == "nsubjpass" for child in verb.children)
        ):
            return None
        return entry

    def _is_whole_name(self, match: Match) -> bool:
        """Whether words are a country's own name ("North Korea"), not its capital nor a point of the compass."""
        compass = {word.lower() for side in ("home", "destination") for word in self._side_words(side)}
        named = any(entry.curie in self.states.names for entry in match.named("place"))
        return named and match.span.text.lower().removeprefix("the ") not in compass

    def _side_words(self, side: str) -> Iterator[str]:
        """What a side is called after the compass: its words of one common noun, "the North"."""
        sides = self.lexicon.border.sides
        for word in (sides.home if side == "home" else sides.destination).words:
            if " " not in word and not word.isupper():
                yield word


def _is_background(verb: Token) -> bool:
    """Whether a verb stands in a clause of time or condition, whose actor is named for the time, not the deed."""
    for node in (verb, *verb.ancestors):
        if any(child.dep_ in {"mark", "advmod"} and child.lower_ in _TIME_OR_IF for child in node.children):
            return True
        if node.dep_ == "relcl":
            return True
        if node.dep_ not in {"conj", "xcomp", "ccomp", "aux"}:
            return False
    return False
