"""Finds the claims that a correction is about, in the text as it is now.

As a mention is found (`kg.identity.anchors`): in the same text by the words and what stands around them, between a
digest and its original, or after an edit, by the stretches of the original that both rest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.curation.model import ClaimAnchor
from kg.identity.anchors import CONTEXT, shared_start, touching
from kg.ids import normalise
from kg.mapping.statements import ArticleStatements, Statement

__all__ = ["claim_anchor_of", "find_claims"]

_Span = tuple[int, int]


def claim_anchor_of(article: ArticleStatements, statement: Statement) -> ClaimAnchor:
    """The anchor of a claim, by the first of the words that it rests on."""
    words = statement.claim.evidence[0]
    text = article.text or ""
    return ClaimAnchor(
        article=article.id,
        cls=article.mentions[statement.claim.subject].cls,
        predicate=statement.predicate,
        quote=words.quote,
        prefix=text[max(0, words.start - CONTEXT) : words.start],
        suffix=text[words.end : words.end + CONTEXT],
        occurrence=sum(1 for start, _ in _occurrences(words.quote, text) if start < words.start),
        original=article.original(words.start, words.end),
    )


def find_claims(anchor: ClaimAnchor, article: ArticleStatements) -> tuple[Statement, ...]:
    """The claims that an anchor points to: those of one entity that rest on its words; none where it no longer anchors.

    Words that claims of several entities rest on point to none, for nobody can tell which is meant.
    """
    alike = [
        s
        for s in article.statements
        if s.predicate == anchor.predicate and article.mentions[s.claim.subject].cls == anchor.cls
    ]
    return _of_one(_by_words(anchor, article, alike)) or _of_one(_by_original(anchor, article, alike))


def _of_one(found: Sequence[Statement]) -> tuple[Statement, ...]:
    return tuple(found) if len({s.subject.chain for s in found}) == 1 else ()


def _by_words(anchor: ClaimAnchor, article: ArticleStatements, alike: Sequence[Statement]) -> list[Statement]:
    """The claims that rest on the words, where they stand as the anchor says; of several places the best fitting."""
    places = [
        (number, place)
        for number, place in enumerate(_places(anchor, article, alike))
        if any(touching(_evidence(s), [place]) for s in alike)
    ]
    if not places:
        return []
    text = article.text or ""

    def fit(numbered: tuple[int, _Span]) -> tuple[int, int, int]:
        number, (start, end) = numbered
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        around = shared_start(before[::-1], anchor.prefix[::-1]) + shared_start(after, anchor.suffix)
        return around, start - end, -abs(number - anchor.occurrence)

    _, (start, end) = max(places, key=fit)
    holding = [s for s in alike if any(a <= start and end <= b for a, b in _evidence(s))]
    return holding or [s for s in alike if touching(_evidence(s), [(start, end)])]


def _places(anchor: ClaimAnchor, article: ArticleStatements, alike: Sequence[Statement]) -> list[_Span]:
    """Where the words stand: in the text, or, as it is compared, in the evidence of claims where that fails."""
    found = list(_occurrences(anchor.quote, article.text or ""))
    if found:
        return found
    words = normalise(anchor.quote)
    return sorted({(e.start, e.end) for s in alike for e in s.claim.evidence if words in normalise(e.quote)})


def _occurrences(quote: str, text: str) -> Iterable[_Span]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def _by_original(anchor: ClaimAnchor, article: ArticleStatements, alike: Sequence[Statement]) -> list[Statement]:
    def stretches(statement: Statement) -> list[_Span]:
        return [span for start, end in _evidence(statement) for span in article.original(start, end)]

    return [s for s in alike if touching(stretches(s), anchor.original)]


def _evidence(statement: Statement) -> list[_Span]:
    return [(e.start, e.end) for e in statement.claim.evidence]
