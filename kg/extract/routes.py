"""Routes: where a text speaks of a line, a water or other countries as a way that people take or as what bars it.

That a border is named is not enough. The land border is a route where somebody crosses it, comes through it, or where
it is described; a water only where it is crossed; other countries where people are said to go through them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.document import Sentence
from kg.extract.lexicon import Lexicon, Match
from kg.extract.naming import Found, names_rules
from kg.extract.route_travel import RouteTravel, does, is_by_way

if TYPE_CHECKING:
    from kg.extract.parsed import Span, Token

__all__ = ["RouteFinder"]

_SIZE = re.compile(r"\d[\s-]*(?:k(?:ilo)?m(?:et(?:er|re)s?)?|miles?)[\s-]*(?:long|wide)", re.IGNORECASE)
_AWAY = frozenset({"vanish", "disappear", "slip", "escape", "sneak"})


class RouteFinder:
    """Finds the routes that an article speaks of.

    Args:
        lexicon: The routes' labels, and the border's lines, waters and third countries.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.rules = names_rules()
        self.travel = RouteTravel()
        border = lexicon.border
        crossable = (*border.lines, *border.waters)
        self.by_place = {line.place: line.route for line in crossable if line.place and line.route}
        self.borders = frozenset(
            word.lower() for line in border.lines if line.place is None for word in line.words if " " not in word
        )

    def find(self, sentence: Sentence) -> list[Found]:
        """The routes of one sentence, in the order of the text."""
        if sentence.block.kind in {"headline", "heading"}:
            return []
        here: list[Found] = []
        taken: set[int] = set()
        for span, route in (*self._third_country(sentence), *self._lines(sentence), *self._borders(sentence)):
            if taken.isdisjoint(range(span.start, span.end)):
                taken.update(range(span.start, span.end))
                here.append(Found("Route", span, route, name=span, concept=route))
        return sorted(here, key=lambda found: found.span.start)

    def type_of(self, route: str) -> str | None:
        """The concept of a route's type."""
        entry = self.lexicon.get(route)
        return entry.value("routeType") if entry is not None else None

    @property
    def third_country_route(self) -> str:
        """The route through other countries."""
        return self.lexicon.border.third_country_route

    @property
    def default_land(self) -> str | None:
        """The land route that a bare "border" means: the one that is no part of another."""
        land = [e for e in self.lexicon.entries("route") if "rtype:land" in e.values("routeType") and not e.broader]
        return land[0].curie if len(land) == 1 else None

    def _lines(self, sentence: Sentence) -> Iterator[tuple[Span, str]]:
        sized = self._gives_size(sentence)
        for match in self.lexicon.match(sentence.span, ("route", "place")):
            route = self._route_of(match)
            if any(child.lower_ == "no" for child in match.span.root.children):
                continue
            if route is None or route == self.lexicon.border.third_country_route:
                continue
            words = match.span.text.lower()
            if self.type_of(route) == "rtype:land":
                entry = self.lexicon.get(route)
                site = entry is not None and bool(entry.broader)
                meant = self.travel.is_site(match.span) if site else sized or self.travel.is_way(match.span)
                taken = not site and (self.travel.is_taken(match.span) or self.travel.is_side(match.span))
                if meant or taken or "route" in words or "crossing" in words:
                    yield match.span, route
            elif self.travel.is_crossed(match.span) or self.travel.is_travelled(sentence, match.span):
                yield match.span, route

    def _gives_size(self, sentence: Sentence) -> bool:
        """Whether a sentence says how long or wide something is ("248 kilometers long")."""
        return _SIZE.search(sentence.span.text) is not None

    def _route_of(self, match: Match) -> str | None:
        for entry in match.named("route"):
            return entry.curie
        for entry in match.named("place"):
            if entry.curie in self.by_place:
                return self.by_place[entry.curie]
        return None

    def _borders(self, sentence: Sentence) -> Iterator[tuple[Span, str]]:
        """A border that no label names: "the 248-kilometer-long border", "crossed the border"."""
        route = self.default_land
        if route is None or not self.borders:
            return
        for token in sentence.span:
            if token.lower_ not in self.borders or token.tag_ == "NNS" or self.is_other_border(token):
                continue
            described = any(child.lower_ in self.rules.land_words for child in token.lefts)
            measured = any(child.like_num or child.lower_ in {"long", "wide"} for child in _before(token))
            itself = token.doc[token.i : token.i + 1]
            if self.travel.is_crossed(itself) or measured or (described and self.travel.is_way(itself)):
                yield token.doc[_start(token) : token.i + 1], route

    def is_other_border(self, token: Token) -> bool:
        """Whether a border is one at sea or with a third country."""
        words = {word.lower_ for word in token.subtree if word.i <= token.i + 6 and word.sent == token.sent}
        words |= {child.lower_ for child in token.children}
        if words & set(self.rules.sea_words):
            return True
        near = token.doc[max(token.i - 8, token.sent.start) : min(token.i + 7, token.sent.end)]
        return any(
            entry.curie in self.lexicon.border.third_countries
            for match in self.lexicon.match(near, ("place",))
            for entry in (*match.named("place"), *match.meant("demonym"))
        )

    def _third_country(self, sentence: Sentence) -> Iterator[tuple[Span, str]]:
        """The way through other countries, where people are said to go it."""
        border, doc = self.lexicon.border, sentence.span.doc
        for match in self.lexicon.match(sentence.span, ("route",)):
            if any(entry.curie == border.third_country_route for entry in match.named("route")):
                yield doc[match.span.start : self._last(match.span, sentence)], border.third_country_route
                return
        countries = [
            match.span
            for match in self.lexicon.match(sentence.span, ("place",))
            if any(entry.curie in border.third_countries for entry in match.named("place"))
        ]
        phrases = list(self._phrases(sentence))
        verbs = self.rules.leaving_verbs | self.rules.staying_verbs | self.rules.travel_verbs
        goes = any(token.lemma_.lower() in verbs for token in sentence.span)
        passed = [span for span in (*countries, *phrases) if self._is_passed(span)]
        ways = [span for span in countries if self._is_called_way(span)]
        waits = [span for span in phrases if self._is_stage(span)]
        if ways or waits:
            goes, passed = True, passed or ways or waits
        first = min(passed or phrases, key=lambda span: span.start, default=None)
        if first is None and len({span.text for span in countries}) > 1 and self._is_left(sentence):
            # "They cross into China before fleeing to Laos or Thailand": several countries are a way.
            to = {"to", "into", "in"}
            led = [span for span in countries if span.root.dep_ == "pobj" and span.root.head.lower_ in to]
            first = led[0] if len(led) > 1 else None
        if not goes or first is None or not (passed or self._is_left(sentence)):
            return
        chosen = [span for span in (*countries, *phrases) if span.start >= first.start]
        if phrases and countries:
            chosen = [*countries, *phrases]
        start = min(span.start for span in chosen)
        end = max(span.end for span in chosen if span.end <= start + 25)
        while start > sentence.span.start and _is_lead(doc[start - 1]):
            start -= 1
        yield doc[start:end], border.third_country_route

    def _phrases(self, sentence: Sentence) -> Iterator[Span]:
        doc = sentence.span.doc
        first = _first_words(self.rules.third_country)
        for i in range(sentence.span.start, sentence.span.end - 1):
            if doc[i].lower_ in first and doc[i : i + 2].text.lower() in self.rules.third_country:
                yield doc[i : i + 2]

    def _is_passed(self, span: Span) -> bool:
        node = span.root
        while node.dep_ in {"conj", "appos"} and node.head.i < node.i:
            node = node.head
        if node.dep_ == "pobj" and node.head.lower_ == "into" and does(node.head.head, _AWAY):
            return True
        return node.dep_ == "pobj" and (node.head.lower_ in {"via", "through"} or is_by_way(node.head))

    def _is_called_way(self, span: Span) -> bool:
        """Whether a country is said to be a way ("China is the usual route")."""
        node = span.root
        while node.dep_ in {"conj", "pobj", "prep"} and node.head.i < node.i and node.head.pos_ != "VERB":
            node = node.head
        if node.dep_ != "nsubj" or node.head.lemma_ not in {"be", "remain", "become"}:
            return False
        said = [child for child in node.head.children if child.dep_ == "attr"]
        return any(noun.lemma_.lower() in self.rules.way_nouns for noun in said)

    def _is_stage(self, span: Span) -> bool:
        """Whether a third country is where people come from, wait or go: "had lived in a third country"."""
        node = span.root
        while node.dep_ in {"conj", "appos"} and node.head.i < node.i:
            node = node.head
        if node.dep_ != "pobj" or node.head.lower_ not in {"in", "from", "to", "into", "via", "through", "at"}:
            return False
        verb = node.head.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
        return verb.lemma_ in self.rules.leaving_verbs | self.rules.staying_verbs | self.rules.travel_verbs

    def _is_left(self, sentence: Sentence) -> bool:
        """Whether the sentence is about persons who leave: with the people of this side as its matter."""
        people = {"defector", "refugee", "escapee", "arrival", "majority", "people", "resident", "citizen", "they"}
        people |= {"those", "entrant", "remainder", "rest", "newcomer"}
        adjectives = {word.lower() for word in self.lexicon.border.sides.home.adjectives}
        text = sentence.span.text.lower()
        return any(t.lemma_.lower() in people for t in sentence.span) or any(word + "s" in text for word in adjectives)

    def _last(self, span: Span, sentence: Sentence) -> int:
        """The end of a list of countries that begins with a label ("via China" ... "and Laos")."""
        end, doc = span.end, span.doc
        countries = self.lexicon.match(sentence.span, ("place",))
        phrases = list(self._phrases(sentence))
        for other in sorted((*(m.span for m in countries), *phrases), key=lambda other: other.start):
            gap = doc[end : other.start].text.lower().strip() if other.start >= end else None
            if gap in {"and", "and a", "or", ",", ", and", "and then", "and then a", "and another"}:
                end = other.end
        return end


@cache
def _first_words(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases)


def _before(token: Token) -> Iterator[Token]:
    """The words of a noun phrase before its noun, with what stands below them."""
    for child in token.lefts:
        yield from child.subtree


def _start(noun: Token) -> int:
    """Where a noun and its modifiers begin, without article and possessor."""
    start = noun.i
    for child in reversed(list(noun.lefts)):
        if child.text == "," or child.dep_ not in {"amod", "compound", "nmod", "nummod", "punct"}:
            break
        start = child.left_edge.i
    return start


def _is_lead(token: Token) -> bool:
    return token.lower_ in {"via", "through", "to", "neighboring", "neighbouring", "a", "one", "or", "more", "into"}
