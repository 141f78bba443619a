"""How the words that a model quotes are meant, judged again by rule: the weaker of what the model and the words say.

A model's word can make a claim weaker, never stronger. Every clause that the evidence touches is judged: what one of
them hedges, denies or negates is no plain statement, whatever the model calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.attribution import attribution_mention, is_official, is_quoted
from kg.extract.builder import FactsBuilder
from kg.extract.document import Document, offsets
from kg.extract.modality import Modality, assess, weakest
from kg.extract.specificity import NOMINAL, is_general
from kg.facts.model import Attribution, Certainty, EntityClass, Specificity, Tense
from kg.llm.anchoring import Places, Span
from kg.llm.stating import demanded, states
from kg.llm.wire import WireClaim

if TYPE_CHECKING:
    from kg.extract.parsed import Span as Tokens
    from kg.extract.parsed import Token

__all__ = ["Meaning", "ceiling", "meaning", "tokens_at"]

_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True)
class Meaning:
    """How a claim is meant."""

    certainty: Certainty = "asserted"
    specificity: Specificity = "specific"
    negated: bool = False
    tense: Tense = "past"
    attribution: Attribution | None = None

    def under(self, other: Meaning) -> Meaning:
        """The weaker of two, with this one's attribution; who reports the other says nothing of who reports this."""
        general = "general" in (self.specificity, other.specificity)
        limit: Certainty = "asserted" if other.certainty == "reported" else other.certainty
        return Meaning(
            certainty=weakest((self.certainty, limit)),
            specificity="general" if general else "specific",
            negated=self.negated or other.negated,
            tense="future" if "future" in (self.tense, other.tense) else self.tense,
            attribution=self.attribution,
        )


def tokens_at(document: Document, span: Span) -> Tokens | None:
    """The tokens of a span of the text, or None where its block was not parsed."""
    for block, doc in document.parses:
        if block.start <= span[0] and span[1] <= block.end:
            return doc.char_span(span[0] - block.start, span[1] - block.start, alignment_mode="expand")
    return None


def meaning(
    builder: FactsBuilder, claim: WireClaim, evidence: Span, value: Span | None, places: Places
) -> Meaning | None:
    """How a claim is meant, or None where its sentence states nothing.

    Args:
        builder: Holds the parsed document and the names that are known so far.
        claim: What the model says of it.
        evidence: Where the claim's quote stands.
        value: Where the words of its value stand, where they are words.
        places: The part of the text that the model read.
    """
    document = builder.document
    tokens = tokens_at(document, evidence)
    spans = [t for t in (tokens, tokens_at(document, value) if value is not None else None) if t is not None]
    touched = [s for s in document.sentences if any(s.span.doc is t.doc and _share(s.span, t) for t in spans)]
    if tokens is None or not all(states(sentence) for sentence in touched):
        return None
    root = tokens.root
    heads = dict.fromkeys((root, *_clauses(spans)))
    judged = [(head, _assessed(document, head)) for head in heads]
    attribution = next((m.attribution for head, m in judged if m.attribution is not None), None)
    if attribution is None:
        attribution = _named(document, claim.attribution, root, evidence, places)
    said: list[Certainty] = ["reported"] if attribution is not None else []
    nearest = _clause(root)
    tense = next(m.tense for head, m in judged if head in (nearest, root))
    if any(m.tense == "future" for head, m in judged if head in (nearest, root)):
        tense = "future"
    return Meaning(
        certainty=weakest([claim.certainty, *said, *(m.certainty for _, m in judged)]),
        specificity=claim.specificity,
        negated=claim.negated or any(m.negated for _, m in judged),
        tense=tense,
        attribution=attribution_mention(builder, attribution),
    )


def ceiling(document: Document, cls: EntityClass, mentions: Sequence[Span]) -> Meaning:
    """The strongest that may be said of an entity: how the words that tell of it are meant.

    An incident that every clause telling of it hedges is hedged in all its claims; a noun that takes it up again ("the
    incident") makes it no surer. Of another class only whether the words tell of a kind ("soldiers", "most defectors").

    Args:
        document: The parsed article.
        cls: The entity's class.
        mentions: Where it is named or described.
    """
    spans = [tokens for span in mentions if (tokens := tokens_at(document, span)) is not None]
    if not spans:
        return Meaning()
    if cls != "Incident":
        heads = [_clause(s.root) if cls in {"Statistic", "Route"} else s.root for s in spans]
        general = all(is_general(head) for head in heads)
        return Meaning(specificity="general" if general else "specific")
    telling = [s for s in spans if s.root.pos_ in _VERBAL or any(t.pos_ == "VERB" for t in s)] or spans
    return min((_told(document, s) for s in telling), key=_strength)


def _told(document: Document, tokens: Tokens) -> Meaning:
    heads = dict.fromkeys((tokens.root, *(t for t in tokens if t.pos_ == "VERB")))
    judged = [_assessed(document, head) for head in heads]
    return Meaning(
        certainty=weakest(m.certainty for m in judged),
        specificity="general" if is_general(tokens.root) else "specific",
        negated=any(m.negated for m in judged),
        tense="future" if any(m.tense == "future" for m in judged) else judged[0].tense,
    )


def _strength(told: Meaning) -> tuple[bool, bool, bool, int]:
    order: tuple[Certainty, ...] = ("asserted", "reported", "probable", "possible", "denied")
    return told.negated, told.tense == "future", told.specificity == "general", order.index(told.certainty)


def _clauses(spans: Iterable[Tokens]) -> Iterator[Token]:
    """The heads of the clauses that spans touch: their verbs, and the verb that their root hangs on."""
    for span in spans:
        yield _clause(span.root)
        yield from (t for t in span if t.pos_ in _VERBAL and t.dep_ not in {"aux", "auxpass"})


def _clause(token: Token) -> Token:
    """The nearest verb above a token, or itself; the root of a sentence without one."""
    while token.pos_ not in _VERBAL and token.head != token:
        token = token.head
    return token


def _assessed(document: Document, head: Token) -> Modality:
    judged = assess(document.sentence_of(head), head)
    if demanded(head):
        return replace(judged, certainty=weakest((judged.certainty, "possible")), tense="future")
    return judged


def _share(one: Tokens, other: Tokens) -> bool:
    return one.start < other.end and other.start < one.end


def _named(document: Document, words: str | None, root: Token, evidence: Span, places: Places) -> Attribution | None:
    """The speaker that a model names, where the words stand in the sentence of the evidence."""
    if words is None:
        return None
    sentence = document.sentence_of(root)
    found = places.find(words, near=evidence[0], within=(sentence.start, sentence.end))
    tokens = tokens_at(document, found) if found is not None else None
    if tokens is None or tokens.root.pos_ not in NOMINAL:
        return None
    start, end = offsets(tokens)
    text = document.quote(start, end)
    return Attribution(text=text, start=start, end=end, quoted=is_quoted(root), official=is_official(text))
