"""How often a route is taken and by how many, and the countries on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.attribution import attribution_mention
from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence, offsets
from kg.extract.lexicon import Lexicon
from kg.extract.modality import Modality, assess
from kg.extract.names import chained
from kg.extract.naming import NamesRules, names_rules
from kg.extract.route_claims import feature_rules, mentions_in, phrase
from kg.extract.route_features import direct_crossings
from kg.extract.routes import RouteFinder
from kg.facts.model import Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Span, Token

__all__ = ["find_route_usage"]


def find_route_usage(builder: FactsBuilder, lexicon: Lexicon, rules: NamesRules) -> None:
    """Add `cx:usage` and `cx:waypoint` claims."""
    routes = RouteFinder(lexicon)
    abroad = lexicon.border.third_country_route
    own = (adjective.lower() for adjective in lexicon.border.sides.home.adjectives)
    people = phrase((*feature_rules().people, *own), plural=True)
    for sentence in builder.document.sentences:
        if sentence.block.kind in {"headline", "heading"}:
            continue
        here = mentions_in(builder, sentence)
        _rarity(builder, sentence, [m for m in here if m.concept != abroad], routes)
        for route in here:
            if route.concept == abroad:
                _shares(builder, sentence, route, people)
                _waypoints(builder, sentence, route, lexicon)


def _rarity(builder: FactsBuilder, sentence: Sentence, lines: list[Mention], routes: RouteFinder) -> None:
    """ "Crossings of the land border are exceptionally rare", "defections by this route are rare"."""
    rules = feature_rules()
    for token in sentence.span:
        if token.lower_ not in rules.rarity or token.dep_ not in {"acomp", "oprd", "amod", "attr", "conj", "ROOT"}:
            continue
        subjects = [c for c in token.head.children if c.dep_ in {"nsubj", "nsubjpass"}]
        if token.dep_ == "amod":
            subjects = [token.head] if token.head.tag_ == "NNS" else []
        subject = next((s for s in subjects if _is_crossing(s, lines)), None)
        if subject is None:
            continue
        about = subject.head.subtree if subject.lower_ == "it" else subject.subtree
        reach = list(about)
        route = next((m for m in lines if _overlaps(reach, m)), None)
        route = route or direct_crossings(builder, sentence, routes) or next(iter(lines), None)
        if route is None:
            continue
        start = token.i
        while start > sentence.span.start and token.doc[start - 1].pos_ == "ADV":
            start -= 1
        words = token.doc[start : token.i + 1]
        first = min((t.i for t in (token.head, *token.head.children) if _is_verb(t)), default=start)
        shown = token.doc[min(first, start) : token.i + 1] if token.dep_ in {"acomp", "oprd"} else words
        _usage(builder, sentence, route, words, shown, token.head if token.dep_ != "amod" else token)


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"AUX", "VERB"} and token.dep_ in {"aux", "ROOT", "ccomp", "conj", "relcl", "advcl"}


def _is_crossing(noun: Token, lines: list[Mention]) -> bool:
    rules = feature_rules()
    if noun.lemma_.lower() in rules.crossings:
        # "Defection by this route is rare": a singular without an article is said of them all.
        bare = noun.tag_ == "NN" and not any(child.dep_ in {"det", "poss", "nummod"} for child in noun.children)
        return noun.tag_ == "NNS" or bare
    # "It is rare for soldiers to flee across the zone": what is rare stands in the clause after it.
    crossing = noun.lower_ == "it" and any(
        token.lemma_ in names_rules().crossing_verbs and token.tag_ in {"VB", "VBG"} for token in noun.head.subtree
    )
    return crossing and any(_overlaps(noun.head.subtree, line) for line in lines)


def _overlaps(tokens: Iterable[Token], mention: Mention) -> bool:
    return any(offsets(token)[0] < mention.end and mention.start < offsets(token)[1] for token in tokens)


def _shares(builder: FactsBuilder, sentence: Sentence, route: Mention, people: re.Pattern[str]) -> None:
    """ "Most defectors", "the vast majority", "typically": how many take the way through other countries."""
    rules = feature_rules()
    text, base = sentence.span.text, sentence.span.start_char
    for pattern, alone in ((phrase(rules.shares), False), (phrase(rules.habits), True)):
        for found in pattern.finditer(text):
            start, end = found.span()
            following = people.match(text, end + 1) or people.match(text, end + 1 + _next_word(text, end + 1))
            token = _token(sentence, base + start)
            if not alone:
                strong = "majority" in found.group().lower() or "all" in found.group().lower()
                last = _people_after(sentence, token, people)
                if following is not None:
                    end = following.end()
                elif last is not None:
                    end = last
                elif not strong and not (token is not None and token.lower_ == "most" and _is_subject(token)):
                    continue
            elif _is_said_elsewhere(sentence, token, route):
                continue
            words = sentence.span.doc.char_span(base + start, base + end, alignment_mode="expand")
            if words is not None and len(words):
                _usage(builder, sentence, route, words, words, words.root)
                if not alone:
                    return


def _people_after(sentence: Sentence, token: Token | None, people: re.Pattern[str]) -> int | None:
    """The end of the people in "most of the approximately 500 people", in characters of the sentence."""
    if token is None or token.i + 1 >= sentence.span.end or token.nbor().lower_ != "of":
        return None
    for position in range(token.i + 2, min(token.i + 8, sentence.span.end)):
        words = token.doc[position : min(position + 2, sentence.span.end)]
        found = people.match(words.text)
        if found is not None:
            return words.start_char - sentence.span.start_char + found.end()
        if token.doc[position].pos_ in {"VERB", "AUX"} or token.doc[position].text == ",":
            return None
    return None


def _next_word(text: str, start: int) -> int:
    """The length of the next word with the space after it: an adjective may stand before the people."""
    return len(text[start:].split(" ", 1)[0]) + 1


def _is_subject(token: Token) -> bool:
    return token.dep_ in {"nsubj", "nsubjpass"} or (token.i + 1 < len(token.doc) and token.nbor().lower_ == "of")


def _is_said_elsewhere(sentence: Sentence, token: Token | None, route: Mention) -> bool:
    """Whether a habit belongs to another clause than the way ("often cite hardship ...")."""
    if token is None:
        return True
    verb = token.head if token.pos_ == "ADV" else token
    return not any(offsets(t)[0] < route.end and route.start < offsets(t)[1] for t in verb.subtree) and not (
        token.pos_ in {"ADJ", "ADV"} and verb.lemma_ in {"route", "way", "path", "common"}
    )


def _token(sentence: Sentence, start: int) -> Token | None:
    return next((token for token in sentence.span if token.idx == start), None)


def _usage(builder: FactsBuilder, sentence: Sentence, route: Mention, words: Span, shown: Span, head: Token) -> None:
    verb = _verb(head)
    meant = assess(sentence, verb)
    builder.claim(
        route,
        "cx:usage",
        Value(kind="text", value=" ".join(words.text.split())),
        builder.document.evidence(*offsets(shown)),
        raw=builder.document.quote(*offsets(words)),
        certainty=meant.certainty,
        specificity="general",
        negated=meant.negated,
        tense="present" if meant.tense == "past" else meant.tense,
        attribution=attribution_mention(builder, meant.attribution),
    )


def _verb(token: Token) -> Token:
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    return token


def _waypoints(builder: FactsBuilder, sentence: Sentence, route: Mention, lexicon: Lexicon) -> None:
    """The countries on the way: those inside the words for the way, and examples right after them."""
    for match in lexicon.match(sentence.span, ("place",)):
        entry = match.entry("place")
        start, end = offsets(match.span)
        if entry is None or entry.curie not in lexicon.border.third_countries or not start < route.end + 30:
            continue
        inside = route.start <= start and end <= route.end
        lead = _lead(match.span)
        if not inside and not (start >= route.end and lead.start < match.span.start):
            continue
        known = builder.mention_within("Place", start, end)
        place = known or chained(builder, "Place", start, end, concept=entry.curie, name=match.span.text)
        meant: Modality = assess(sentence, _verb(match.span.root))
        builder.claim(
            route,
            "cx:waypoint",
            Value(kind="mention", value=place.id),
            builder.document.evidence(*offsets(lead)),
            certainty=meant.certainty,
            specificity=meant.specificity,
            negated=meant.negated,
            tense=meant.tense,
            attribution=attribution_mention(builder, meant.attribution),
        )


def _lead(span: Span) -> Span:
    """A country with the words that make it an example ("such as Thailand") or a neighbour."""
    doc = span.doc
    for words in sorted(feature_rules().examples, key=len, reverse=True):
        length = len(words.split())
        for comma in (0, 1):
            start = span.start - length - comma
            if start >= span.sent.start and doc[start : span.start - comma].text.lower() == words:
                return doc[start : span.end]
    return span
