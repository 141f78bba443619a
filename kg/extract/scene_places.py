"""Where a scene plays: places of either side, posts abroad, and where nobody enters a country by leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import crossing_rules
from kg.extract.document import Sentence, offsets
from kg.extract.geography import Geography, Spot
from kg.extract.scene_persons import ScenePersons
from kg.extract.scene_rules import scene_rules
from kg.extract.scene_words import NOUNS, Sign, clause_of, is_subject, word_before

if TYPE_CHECKING:
    from kg.extract.parsed import Span, Token

__all__ = ["ScenePlaces"]

#: What only points to a place of the side where the article is at home: "this east coast port".
_HERE = frozenset(
    {"port", "city", "town", "village", "island", "harbor", "harbour", "capital", "county", "resort", "coast", "islet"}
)


class ScenePlaces:
    """Reads the signs that places are.

    Args:
        builder: Holds the organisations.
        geography: The border's geography.
        persons: Tells foreign places that no gazetteer knows.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography, persons: ScenePersons) -> None:
        self.builder = builder
        self.geography = geography
        self.persons = persons
        self.rules = scene_rules()
        self.words = crossing_rules()

    def of(self, sentence: Sentence, barred: set[int]) -> Iterator[Sign]:
        """The signs of a sentence's places.

        Args:
            sentence: The sentence.
            barred: First tokens of the spots that are gone over, and so are no places.
        """
        doc = sentence.span.doc
        for spot in self.geography.spots(sentence):
            if spot.adjective or spot.start in barred or self._in_name(doc[spot.start : spot.end]):
                continue
            yield from self._spot(doc[spot.start], spot, word_before(doc, spot.start))
        for token in sentence.span:
            if (
                token.lower_ in _HERE
                and any(c.lower_ == "this" for c in token.children)
                and self.geography.border.default_side == "destination"
            ):
                yield from self._reached(token, word_before(doc, token.left_edge.i))
        yield from self._posts(sentence)
        yield from self._shores(sentence)
        yield from self._holders(sentence)
        words = tuple(t.lower_ for t in sentence.span)
        for at, word in enumerate(words):
            for name in self.rules.outpost_words.get(word, ()):
                if words[at : at + len(name)] == name:
                    yield from self._outpost(sentence, sentence.span[at])

    def _outpost(self, sentence: Sentence, post: Token) -> Iterator[Sign]:
        """A post at the border, unless it is the one of the side that was left."""
        if any(s.side == "home" and post.i - 4 <= s.start < post.i for s in self.geography.spots(sentence)):
            return
        before = word_before(post.doc, post.i)
        yield from self._reached(post, before)
        if before in self.rules.near:
            yield Sign("shore", clause_of(post), post.i)

    def _posts(self, sentence: Sentence) -> Iterator[Sign]:
        """The home side's post abroad, that somebody was gone from: "at the Northern embassy"."""
        for spot in self.geography.spots(sentence):
            if spot.side != "home" or spot.end >= sentence.span.end:
                continue
            noun = sentence.span.doc[spot.end]
            if noun.lower_ not in self.geography.border.posts or is_subject(noun):
                continue
            if word_before(noun.doc, spot.start) in {"at", "from", "of", "in"}:
                head = clause_of(noun)
                yield Sign("post", head, noun.i)
                yield Sign("origin", head, noun.i)
                abroad = any(self.persons.is_abroad(sentence, t) for t in noun.subtree)
                if abroad:
                    yield Sign("abroad", head, noun.i)

    def _holders(self, sentence: Sentence) -> Iterator[Sign]:
        """Those of the other side who met or took in somebody: where they are, it is their side."""
        sides = self.geography.border.sides
        for token in sentence.span:
            if token.pos_ != "VERB":
                continue
            kinds = self.rules.by_verb.get(self.words.lemma(token), frozenset())
            if not kinds & {"reception", "found"}:
                continue
            agent = next((c for c in token.children if c.dep_ == "agent"), None)
            doer = next((c for c in (agent.children if agent else token.children) if c.dep_ in {"pobj", "nsubj"}), None)
            body = self.builder.mention_within("Organization", *offsets(doer)) if doer is not None else None
            entry = self.geography.lexicon.get(body.concept) if body is not None and body.concept else None
            if entry is not None and sides.destination.place in entry.values("ofState"):
                yield Sign("there", token, token.i)

    def _in_name(self, place: Span) -> bool:
        """Whether a place is a part of the name of a body: "the Sokcho Fishing Association"."""
        start, end = offsets(place)
        body = self.builder.mention_within("Organization", start, end)
        return body is not None and body.name is not None and (body.start < start or end < body.end)

    def _shores(self, sentence: Sentence) -> Iterator[Sign]:
        """Where nobody enters by leave: on a beach, at a fence, at a guard post; not of the side that is left."""
        for token in sentence.span:
            if token.pos_ not in NOUNS or token.dep_ == "compound" or token.lemma_.lower() not in self.rules.shores:
                continue
            left = token.left_edge.i
            homely = any(s.side == "home" and left <= s.start <= token.i + 4 for s in self.geography.spots(sentence))
            if not homely and word_before(token.doc, left) in self.rules.near | {"up", "down", "over"}:
                yield Sign("shore", clause_of(token), token.i)

    def _spot(self, token: Token, spot: Spot, before: str) -> Iterator[Sign]:
        head = clause_of(token)
        if spot.side == "destination":
            yield from self._reached(token, before)
        elif spot.side == "home" and before in {"to", "into", "toward", "towards", "for"}:
            yield Sign("north", head, token.i)
        elif (spot.side == "home" and before in {"from", "of", "off", "near", "outside"} and not is_subject(token)) or (
            spot.side == "home" and before == "in" and self.words.lemma(head) in self.rules.verbs["settle"] | {"bear"}
        ):
            yield Sign("origin", head, token.i)
        elif spot.kind in {"third", "other"} and before in {"to", "into"}:
            yield Sign("away", head, token.i)
        elif spot.kind in {"third", "other"} and before in {"in", "at", "from", "near", "outside", "of"}:
            yield Sign("elsewhere", head, token.i)

    def _reached(self, token: Token, before: str) -> Iterator[Sign]:
        head = clause_of(token)
        lemma = self.words.lemma(head)
        if lemma in self.rules.still or is_subject(token):
            return
        if before in self.rules.toward or lemma in {"reach", "enter"}:
            yield Sign("arrive", head, token.i)
        if before in self.rules.near and (before != "from" or self._far(token)):
            yield Sign("there", head, token.i)

    def _far(self, token: Token) -> bool:
        """Whether "from" measures a distance: "half a kilometre from a guard post"."""
        doc = token.doc
        froms = [i for i in range(max(token.i - 6, token.sent.start + 1), token.i) if doc[i].lower_ == "from"]
        return bool(froms) and doc[froms[-1] - 1].lemma_.lower() in self.rules.distances
