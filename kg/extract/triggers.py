"""Which class of motion a verb stands for, by its lemma, its particles and what it governs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.actors import met_by, undergoer_of
from kg.extract.attribution import reporting
from kg.extract.clause import clause
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence
from kg.extract.geography import Geography

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Triggers", "caught_on_film"]

#: Prepositions that make any verb a motion over what they govern.
_OVER = frozenset({"across", "over", "past", "through", "beyond"})

_CATCHING = frozenset({"catch", "capture", "pick"})
_FILM = frozenset({"film", "camera", "tape", "video", "footage", "cctv", "screen"})


class Triggers:
    """Reads the class of a verb.

    Args:
        geography: Finds the lines that a verb may lead over.
    """

    def __init__(self, geography: Geography) -> None:
        self.geography = geography
        self.rules: CrossingRules = crossing_rules()

    def of_verb(self, token: Token, lemma: str) -> str | None:
        """The class of motion in the pack that a verb stands for, or None.

        Args:
            token: The verb.
            lemma: Its lemma as the pack has it.
        """
        if lemma == "give" and any(c.dep_ == "prt" and c.lower_ == "up" for c in token.children):
            gives = any(c.dep_ in {"dobj", "dative"} and c.lower_.endswith(("self", "selves")) for c in token.children)
            return "surrender" if gives else None
        if any(c.lower_ in self.rules.departures.get(lemma, ()) for c in token.children):
            # "set off an alarm", "put out a statement": with an object it is no departure
            sent = (c for c in token.children if c.dep_ == "dobj" and c.i > token.i)
            if all(c.lower_ in self.rules.departures[lemma] for c in sent):
                return "move"
        if any(c.lower_ in self.rules.givings_back.get(lemma, ()) for c in token.children):
            return "return"
        if met_by(token) is not None or self._guided(token, lemma):
            return "found"
        if self._same_way(token, lemma):
            return "move"
        if lemma in self.rules.vanishings and _has_near(token, self.rules.vanishings[lemma]):
            return "vanish"
        if lemma in {"lie", "hole"} and not _has_near(token, frozenset({"hidden", "low", "concealed", "up"})):
            return None
        if lemma not in self.rules.verbs["found"] and lemma not in self.rules.verbs["custody"]:
            return self.rules.verb_class(lemma)
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children) or token.dep_ in {"acl"}
        if caught_on_film(token):
            return "found"
        if lemma == "take" or lemma in self.rules.verbs["custody"] - self.rules.verbs["found"]:
            return "custody"
        if lemma == "pick" and any(c.dep_ == "prt" for c in token.children):
            return "found"
        return "found" if passive or lemma in {"find", "rescue", "spot", "locate"} else None

    def carried_over(self, sentence: Sentence, verb: Token) -> str | None:
        """A verb that is no motion by itself and goes over a line: "picked his way across", "was blown over"."""
        if verb.lemma_.lower() in reporting().verbs or any(c.dep_ == "ccomp" for c in verb.children):
            return None
        lines = [s for s in self.geography.spots(sentence) if s.kind in {"line", "water"}]
        if not lines:
            return None
        way = any(c.dep_ == "dobj" and c.lemma_ == "way" for c in verb.children)
        own = set(clause(verb))
        for token in verb.subtree if way else ():
            # "picked his way on foot across the line": the preposition hangs on any noun of the clause
            over = token.lower_ in _OVER and token.i in own
            if over and any(s.within([t.i for t in token.subtree]) for s in lines):
                return "move"
        for child in verb.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in _OVER
                and any(s.within([t.i for t in child.subtree]) for s in lines)
            ):
                return "move"
            # "gunned a jeep into the truce village": who drives, goes
            if child.dep_ == "prep" and child.lower_ in {"into", "to", "through"} and self._drives(verb):
                return "move" if any(s.within([t.i for t in child.subtree]) for s in lines) else None
        return None

    def _guided(self, verb: Token, lemma: str) -> bool:
        """ "Soldiers led him out", "was guided to safety": brought in from where he was found."""
        if lemma not in self.rules.guided or undergoer_of(verb) is None:
            return False
        return any(t.lower_ in self.rules.guided_to for c in verb.children if c.i > verb.i for t in (c, *c.children))

    def _same_way(self, verb: Token, lemma: str) -> bool:
        """ "Took the same road", "followed that path": goes as the one who was told of."""
        if lemma not in {"take", "follow", "make", "use", "choose", "try"}:
            return False
        way = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in self.rules.ways), None)
        return way is not None and any(c.lower_ in {"same", "that", "this", "similar"} for c in way.children)

    def _drives(self, verb: Token) -> bool:
        return any(c.dep_ == "dobj" and c.lemma_.lower() in self.rules.vehicles for c in verb.children)


def caught_on_film(verb: Token) -> bool:
    """Whether somebody is only seen, and not seized: "was caught on camera".

    Args:
        verb: A verb.
    """
    on = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"on", "by"})
    seen = any(t.dep_ == "pobj" and t.lemma_.lower() in _FILM for c in on for t in c.children)
    return seen and verb.lemma_.lower() in _CATCHING


def _has_near(verb: Token, words: frozenset[str]) -> bool:
    """Whether one of some words stands right behind a verb, in its own phrase."""
    return any(t.lower_ in words and verb in t.ancestors for t in verb.doc[verb.i + 1 : verb.i + 4])
