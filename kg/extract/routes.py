"""Routes: where a text speaks of a line, a water or other countries as a way that people take or as what bars it.

That a border is named is not enough. The land border is a route where somebody crosses it, comes through it, or where
it is described; a water only where it is crossed; other countries where people are said to go through them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.document import Sentence, offsets
from kg.extract.lexicon import Lexicon, Match
from kg.extract.naming import Found, names_rules

if TYPE_CHECKING:
    from kg.extract.parsed import Span, Token

__all__ = ["RouteFinder"]

_PARTS = frozenset({"part", "section", "side", "stretch", "sector", "middle", "half", "end", "area", "portion"})
_SIZE = re.compile(r"\d[\s-]*(?:k(?:ilo)?m(?:et(?:er|re)s?)?|miles?)[\s-]*(?:long|wide)", re.IGNORECASE)
_OVER = frozenset({"cross", "traverse", "breach", "navigate", "brave", "cover", "wade", "swim", "ford", "row", "sail"})
_AWAY = frozenset({"vanish", "disappear", "slip", "escape", "sneak"})
_LINKED = frozenset({"appos", "conj", "compound", "nmod", "amod"})


class RouteFinder:
    """Finds the routes that an article speaks of.

    Args:
        lexicon: The routes' labels, and the border's lines, waters and third countries.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.rules = names_rules()
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
                meant = self._is_site(match.span) if site else sized or self._is_way(match.span)
                taken = not site and (self._is_taken(match.span) or self._is_side(match.span))
                if meant or taken or "route" in words or "crossing" in words:
                    yield match.span, route
            elif self._is_crossed(match.span) or self._is_travelled(sentence, match.span):
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
            if self._is_crossed(itself) or measured or (described and self._is_way(itself)):
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

    def _is_crossed(self, span: Span) -> bool:
        """Whether somebody goes over what the words name."""
        node = self._whole(span.root)
        head = node.head
        if node.dep_ in {"dobj", "nsubjpass"} and head.lemma_ in _OVER:
            return not any(child.lemma_.lower() in self.rules.no_travellers for child in head.children)
        if node.dep_ == "compound" and head.lemma_ in self.rules.crossing_nouns:
            return True
        if node.dep_ == "pobj" and head.lower_ in self.rules.through | {"of"}:
            governor = head.head
            if any(child.lemma_.lower() in self.rules.no_travellers for child in _doers(governor)):
                return False
            if head.lower_ == "of":
                return governor.lemma_ in {"crossing", "breach", "passage"} or _is_by_way(head)
            return governor.lemma_ in self.rules.crossing_verbs or governor.lemma_ in self.rules.crossing_nouns
        # "crossed the maritime border in the Yellow Sea": the water tells where the line is that is crossed.
        if node.dep_ == "pobj" and head.lower_ == "in" and head.head.lower_ in self.rules.border_words:
            return self._is_crossed(head.head.doc[head.head.i : head.head.i + 1])
        return False

    def _is_taken(self, span: Span) -> bool:
        """Whether somebody gets away into, out of or along what the words name ("disappeared into the zone")."""
        node = self._whole(span.root)
        if node.dep_ != "pobj":
            return False
        verb = node.head.head
        measured = verb.lemma_.lower() in self.rules.short_of
        while verb.pos_ != "VERB" and verb.head != verb and verb.i > node.i - 12:
            if verb.pos_ in {"NOUN", "PROPN"} and verb.dep_ not in {"dobj", "pobj", "conj", "appos", "npadvmod"}:
                break
            verb = verb.head
        verbs = self.rules.travel_verbs | (self.rules.crossing_verbs if measured else frozenset())
        goers = {child.lemma_.lower() for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}}
        return _does(verb, verbs) and not goers & self.rules.no_travellers

    def _is_side(self, span: Span) -> bool:
        """Whether words tell on which side of a line somebody ends up ("the right side of the line")."""
        node = span.root
        noun = node.head.head if node.dep_ == "pobj" and node.head.lower_ == "of" else None
        if noun is None or noun.lemma_.lower() != "side":
            return False
        sided = any(child.lower_ in self.rules.sides for child in noun.children)
        governor = noun.head.head if noun.dep_ == "pobj" else noun.head
        return sided and (governor.lemma_ in self.rules.crossing_verbs | self.rules.travel_verbs or _measures(governor))

    def _is_travelled(self, sentence: Sentence, span: Span) -> bool:
        """Whether a sentence with the name of a water tells of persons or a boat who go over it or are found on it."""
        own = {token.i for token in span}
        lemmas = {token.lemma_.lower() for token in sentence.span if token.i not in own}
        if lemmas & self.rules.no_travellers:
            return False
        if any(t.pos_ == "VERB" and _does(t, self.rules.travel_verbs) for t in sentence.span):
            return True
        beside = span.root.dep_ == "pobj" and span.root.head.lower_ in {"along", "across", "over"}
        if beside and lemmas & self.rules.barriers:
            return True
        if lemmas & self.rules.underfoot and any(t.tag_ == "PRP" and t.dep_ == "nsubj" for t in sentence.span):
            return True
        if not any(t.pos_ in {"VERB", "AUX"} for t in sentence.span):
            # "19 May, Yellow Sea.": what heads an item of a list says where the next sentence is.
            following = sentence.span.doc[sentence.span.end : sentence.span.end + 40]
            lemmas |= {t.lemma_.lower() for t in following if offsets(t)[1] <= sentence.block.end}
        return bool(lemmas & self.rules.found_verbs and lemmas & self.rules.travellers)

    def _is_site(self, span: Span) -> bool:
        """Whether somebody goes over at a place on the line ("drove up to the village and ran across")."""
        node = span.root
        while node.dep_ == "pobj" and node.head.head.pos_ in {"NOUN", "PROPN"}:
            node = node.head.head
        verb = node.head.head if node.dep_ == "pobj" else node
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
        goes = any(
            token.lemma_ in self.rules.crossing_verbs for token in (verb, *verb.conjuncts) if token.pos_ == "VERB"
        )
        over = {"across", "over", "cross", "defect", "flee", "escape"}
        return goes and any(token.lemma_.lower() in over for token in (verb, *verb.subtree))

    def _is_way(self, span: Span) -> bool:
        """Whether words speak of a line as a way or an obstacle, not as a place beside which something is."""
        node = self._whole(span.root)
        head = node.head
        if self._is_crossed(span) or node.dep_ in {"nsubj", "nsubjpass", "dobj", "ROOT", "attr"}:
            return True
        if node.dep_ in _LINKED:
            return node.head.i < node.i and self._is_way(node.doc[node.head.i : node.head.i + 1])
        if node.dep_ == "pobj":
            if head.lower_ in self.rules.beside:
                return False
            if head.lower_ in self.rules.through:
                return True
            called = self.rules.crossing_nouns | {"know", "call"}
            return head.lower_ in {"of", "as", "by", "between"} and head.head.lemma_ in called
        return False

    def _whole(self, token: Token) -> Token:
        """The noun whose part is meant: "the eastern part of the zone", "the border's eastern section"."""
        head = token.head
        if token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in _PARTS:
            return self._whole(head.head)
        if token.dep_ == "poss" and head.lemma_ in _PARTS:
            return self._whole(head)
        return token

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
        if node.dep_ == "pobj" and node.head.lower_ == "into" and _does(node.head.head, _AWAY):
            return True
        return node.dep_ == "pobj" and (node.head.lower_ in {"via", "through"} or _is_by_way(node.head))

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


def _does(token: Token, verbs: frozenset[str]) -> bool:
    """Whether a token is a form of one of some verbs, be its lemma known to the model or not."""
    word = token.lower_
    stems = {token.lemma_, word.removesuffix("ed"), word.removesuffix("d"), word.removesuffix("ing")}
    return not stems.isdisjoint(verbs) or word.removesuffix("ing") + "e" in verbs


def _doers(verb: Token) -> Iterator[Token]:
    """Who does something, with what an "of" says they are ("a flight of balloons")."""
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            yield from child.subtree


def _measures(token: Token) -> bool:
    """Whether a word measures how far it was: "ended up 60 yards on the far side"."""
    return token.pos_ == "NOUN" and any(child.dep_ == "nummod" for child in token.children)


def _is_by_way(of: Token) -> bool:
    """Whether an "of" belongs to "by way of"."""
    return of.lower_ == "of" and of.i >= 2 and of.doc[of.i - 2 : of.i].text.lower() in {"by way", "by means"}


def _is_lead(token: Token) -> bool:
    return token.lower_ in {"via", "through", "to", "neighboring", "neighbouring", "a", "one", "or", "more", "into"}
