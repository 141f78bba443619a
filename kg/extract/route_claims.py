"""What the finders of route features share: their rule pack, the routes of a sentence, and claims about one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.attribution import attribution_mention, find_attribution
from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence, offsets
from kg.extract.rules import Pack, general_pack
from kg.facts.model import Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Span, Token

__all__ = ["FeatureRules", "claim_of", "feature_rules", "mentions_in", "nearest", "phrase", "words_at"]


class FeatureRules(Pack, frozen=True):
    """The pack `features.yaml`."""

    obstacles: tuple[str, ...]
    adjectives: frozenset[str]
    only_by: frozenset[str]
    adverbs: frozenset[str]
    strewn: frozenset[str]
    direct: tuple[str, ...]
    length_words: frozenset[str]
    width_words: frozenset[str]
    rarity: frozenset[str]
    crossings: frozenset[str]
    shares: tuple[str, ...]
    habits: tuple[str, ...]
    people: tuple[str, ...]
    examples: tuple[str, ...]
    taking_office: tuple[str, ...]


@cache
def feature_rules() -> FeatureRules:
    """The pack `features.yaml`, read once a process."""
    rules: FeatureRules = general_pack("features", FeatureRules)
    return rules


def phrase(words: tuple[str, ...], plural: bool = False) -> re.Pattern[str]:
    """A pattern that finds any of some phrases as whole words, the longest first, in any case."""
    return _phrase(words, plural)


@cache
def _phrase(words: tuple[str, ...], plural: bool) -> re.Pattern[str]:
    options = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{options}){'(?:e?s)?' if plural else ''}(?![\w-])", re.IGNORECASE)


def mentions_in(builder: FactsBuilder, sentence: Sentence) -> list[Mention]:
    """The routes mentioned in a sentence, in the order of the text."""
    routes = (m for m in builder.mentions.values() if m.cls == "Route")
    return sorted((m for m in routes if sentence.start <= m.start and m.end <= sentence.end), key=lambda m: m.start)


def claim_of(
    builder: FactsBuilder, sentence: Sentence, route: Mention, predicate: str, value: Value, span: Span, head: Token
) -> None:
    """Add a claim about a route that the words presuppose: certain unless a speaker carries it."""
    said = attribution_mention(builder, find_attribution(sentence, head))
    builder.claim(
        route,
        predicate,
        value,
        builder.document.evidence(*offsets(span)),
        certainty="asserted" if said is None else "reported",
        tense="present",
        attribution=said,
    )


def words_at(sentence: Sentence, start: int, end: int) -> Span | None:
    """The tokens between two characters of a sentence."""
    base = sentence.span.start_char
    found = sentence.span.doc.char_span(base + start, base + end, alignment_mode="expand")
    return found if found is not None and len(found) else None


def nearest(routes: list[Mention], start: int) -> Mention:
    """The last route before a place in the text, else the first after it."""
    before = [route for route in routes if route.start <= start]
    return before[-1] if before else routes[0]
