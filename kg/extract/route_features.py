"""What bars a route and what it is like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence, offsets
from kg.extract.lexicon import Lexicon
from kg.extract.modality import assess
from kg.extract.names import chained
from kg.extract.route_claims import claim_of, feature_rules, mentions_in, nearest, phrase, words_at
from kg.extract.route_sizes import find_sizes
from kg.extract.routes import RouteFinder
from kg.facts.model import Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Span, Token

__all__ = ["direct_crossings", "find_route_features"]

_SURFACES = frozenset(
    {"border", "frontier", "boundary", "zone", "line", "belt", "strip", "route", "terrain", "area", "place"}
)


def find_route_features(builder: FactsBuilder, lexicon: Lexicon) -> None:
    """Add `cx:routeFeature`, `cx:length` and `cx:width` claims."""
    routes = RouteFinder(lexicon)
    before: tuple[str, list[Mention]] = ("", [])
    for sentence in builder.document.sentences:
        if sentence.block.kind in {"headline", "heading"}:
            continue
        lines = [m for m in mentions_in(builder, sentence) if m.concept != lexicon.border.third_country_route]
        if not lines:
            direct = direct_crossings(builder, sentence, routes) or _continued(builder, sentence, before)
            lines = [direct] if direct is not None else []
        if lines:
            _obstacles(builder, sentence, lines)
            find_sizes(builder, sentence, lines)
            _qualities(builder, sentence, lines)
        before = (sentence.block.id, lines)
        _porous(builder, sentence, routes)


def direct_crossings(builder: FactsBuilder, sentence: Sentence, routes: RouteFinder) -> Mention | None:
    """The land route, where a sentence speaks of direct crossings without saying of what."""
    found = phrase(feature_rules().direct).search(sentence.span.text)
    land = routes.default_land
    if found is None or land is None:
        return None
    if found.group().lower() == "this route":
        place = sentence.start + found.start()
        earlier = [m for m in builder.mentions.values() if m.cls == "Route" and m.start < place]
        return max(earlier, key=lambda mention: mention.start, default=None)
    span = words_at(sentence, found.start(), found.end())
    return chained(builder, "Route", *offsets(span), concept=land) if span is not None else None


def _continued(builder: FactsBuilder, sentence: Sentence, before: tuple[str, list[Mention]]) -> Mention | None:
    """The route of the sentence before, where this one goes on about it as "the zone", "the line"."""
    block, lines = before
    if block != sentence.block.id or not lines:
        return None
    taken_up = any(
        token.dep_ in {"nsubj", "nsubjpass"}
        and token.lower_ in _SURFACES
        and any(child.lower_ in {"the", "this", "that"} for child in token.children)
        for token in sentence.span
    )
    return lines[-1] if taken_up else None


def _obstacles(builder: FactsBuilder, sentence: Sentence, routes: list[Mention]) -> None:
    rules = feature_rules()
    for found in phrase(rules.obstacles, plural=True).finditer(sentence.span.text):
        span = words_at(sentence, found.start(), found.end())
        if span is None or span.root.pos_ not in {"NOUN", "PROPN", "ADJ"} or _is_absent(span.root):
            continue
        governor = span.root.head
        if span.root.dep_ == "dobj" and not assess(sentence, governor).real:
            continue
        first = span.start
        if first >= 2 and span.doc[first - 1].lower_ == "with" and span.doc[first - 2].lower_ in rules.strewn:
            span = span.doc[first - 2 : span.end]
        value = Value(kind="text", value=" ".join(found.group().lower().split()))
        claim_of(builder, sentence, nearest(routes, offsets(span)[0]), "cx:routeFeature", value, span, span.root)


def _is_absent(noun: Token) -> bool:
    return any(child.lower_ in {"no", "without"} for child in noun.children) or noun.head.lower_ == "without"


def _qualities(builder: FactsBuilder, sentence: Sentence, routes: list[Mention]) -> None:
    """Adjectives of the line itself: "heavily fortified", "one of the most dangerous borders"."""
    rules = feature_rules()
    for token in sentence.span:
        if token.lower_ not in rules.adjectives or token.pos_ not in {"ADJ", "VERB", "NOUN"}:
            continue
        route = next((m for m in routes if _is_said_of(token, m)), None)
        if route is None:
            continue
        span = _with_agent(_with_adverbs(token, rules.adverbs), token)
        if len(span) == 1 and token.lower_ in rules.only_by:
            continue
        value = Value(kind="text", value=span.text.lower())
        claim_of(builder, sentence, route, "cx:routeFeature", value, span, token)


def _is_said_of(token: Token, route: Mention) -> bool:
    head = token
    while head.dep_ in {"conj", "amod", "acomp", "acl", "attr", "advmod"} and head.head != head:
        head = head.head
        start, end = offsets(head)
        if start < route.end and route.start < end:
            return True
        if head.lemma_.lower() in _SURFACES:
            break
    if any(child.dep_ in {"nsubj", "nsubjpass"} and child.lower_ in _SURFACES for child in head.children):
        return True
    nouns = [head, *(child for child in head.children if child.dep_ in {"nsubj", "nsubjpass", "appos"})]
    if head.dep_ == "relcl" and any(noun.tag_ in {"WDT", "WP"} for noun in nouns):
        nouns.append(head.head)
    if head.lemma_.lower() in _SURFACES and token.dep_ in {"amod", "conj"}:
        # "the zone, one of the most dangerous borders": an apposition or a predicate of the route.
        nouns += [head.head, head.head.head, head.head.head.head]
        nouns += [child for noun in nouns for child in noun.children if child.dep_ == "nsubj"]
    return any(offsets(noun)[0] < route.end and route.start < offsets(noun)[1] for noun in nouns)


def _with_adverbs(token: Token, adverbs: frozenset[str]) -> Span:
    start = token.i
    while start > token.sent.start and token.doc[start - 1].lower_ in adverbs:
        start -= 1
    return token.doc[start : token.i + 1]


def _with_agent(words: Span, token: Token) -> Span:
    """A participle with who does it ("monitored by soldiers from both sides")."""
    agent = next((child for child in token.children if child.dep_ == "agent"), None)
    return words if agent is None else token.doc[words.start : agent.right_edge.i + 1]


def _porous(builder: FactsBuilder, sentence: Sentence, routes: RouteFinder) -> None:
    """The border with a third country, where the text describes it: a feature of the way through that country."""
    adjectives = feature_rules().adjectives | {"long"}
    for token in sentence.span:
        if token.lower_ not in routes.borders or not routes.is_other_border(token) or token.lower_ in {"waters"}:
            continue
        said = [*token.children, *(token.head.children if token.dep_ == "nsubj" else ())]
        words = list(_joined([word for word in said if word.lower_ in adjectives]))
        known = [m for m in builder.mentions.values() if m.cls == "Route" and m.concept == routes.third_country_route]
        if not known or all(word.lower_ == "long" for word in words):
            continue
        first, last = min(word.i for word in words), max(word.i for word in words)
        span = token.doc[first : (token.i if first < token.i else last) + 1]
        value = Value(kind="text", value=" ".join(span.text.lower().split()))
        claim_of(builder, sentence, known[0], "cx:routeFeature", value, span, token)


def _joined(words: list[Token]) -> Iterator[Token]:
    for word in words:
        yield word
        yield from word.conjuncts
