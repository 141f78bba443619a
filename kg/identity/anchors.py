"""Finds the mention that a decision was made about, in the text as it is now.

In the same text a mention is found by its words and what stands around them. Between a digest and its original, or
after an edit, it is found by the stretches of the original that both rest on: those of the mention itself and those of
the entity's claims, predicate by predicate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.curation import Anchor
from kg.ids import normalise
from kg.mapping.statements import ArticleStatements, Chain

__all__ = ["CONTEXT", "anchor_of", "find_anchor", "shared_start", "touching"]

#: Code points of context on each side of a quote: enough to tell two occurrences apart, too few to quote a sentence.
CONTEXT = 16

_Spans = tuple[tuple[int, int], ...]


def anchor_of(article: ArticleStatements, chain: Chain) -> Anchor:
    """The anchor of an entity of an article, by its first mention."""
    mention = article.chains[chain.chain][0]
    text = article.text or ""
    twins = [
        m for m in article.facts.mentions if m.cls == mention.cls and normalise(m.quote) == normalise(mention.quote)
    ]
    return Anchor(
        article=article.id,
        cls=mention.cls,
        quote=mention.quote,
        prefix=text[max(0, mention.start - CONTEXT) : mention.start],
        suffix=text[mention.end : mention.end + CONTEXT],
        occurrence=sorted(m.start for m in twins).index(mention.start),
        ordinal=chain.ordinal,
        original=article.original(mention.start, mention.end),
        evidence=_evidence(article, chain),
    )


def find_anchor(anchor: Anchor, article: ArticleStatements) -> Chain | None:
    """The entity that an anchor points to in an article, or None where it no longer anchors."""
    alike = [m for m in article.facts.mentions if m.cls == anchor.cls and normalise(m.quote) == normalise(anchor.quote)]
    if alike:
        alike.sort(key=lambda m: m.start)
        text = article.text

        def fit(number: int) -> tuple[int, int]:
            start, end = alike[number].start, alike[number].end
            around = 0
            if text is not None:
                around += shared_start(text[max(0, start - CONTEXT) : start][::-1], anchor.prefix[::-1])
                around += shared_start(text[end : end + CONTEXT], anchor.suffix)
            return around, -abs(number - anchor.occurrence)

        best = max(range(len(alike)), key=fit)
        return Chain(article.id, alike[best].chain, anchor.ordinal)
    scores = {chain: _overlap(anchor, article, Chain(article.id, chain)) for chain in _of_class(article, anchor.cls)}
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] <= 0 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return Chain(article.id, ranked[0][0], anchor.ordinal)


def _of_class(article: ArticleStatements, cls: str) -> list[str]:
    return [chain for chain, mentions in article.chains.items() if mentions[0].cls == cls]


def shared_start(one: str, other: str) -> int:
    """How many code points two strings share from their start."""
    return next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))


def _evidence(article: ArticleStatements, chain: Chain) -> dict[str, _Spans]:
    found: dict[str, set[tuple[int, int]]] = {}
    for statement in article.statements:
        if statement.subject == chain:
            for words in statement.claim.evidence:
                found.setdefault(statement.predicate, set()).update(article.original(words.start, words.end))
    return {predicate: tuple(sorted(spans)) for predicate, spans in sorted(found.items()) if spans}


def _overlap(anchor: Anchor, article: ArticleStatements, chain: Chain) -> float:
    """How many predicates rest on the same stretches of the original, and whether the mention itself does."""
    own: Mapping[str, _Spans] = _evidence(article, chain)
    mentions = [s for m in article.chains[chain.chain] for s in article.original(m.start, m.end)]
    score = 1.0 if touching(anchor.original, mentions) else 0.0
    return score + sum(1.0 for predicate, spans in anchor.evidence.items() if touching(spans, own.get(predicate, ())))


def touching(ours: Iterable[tuple[int, int]], theirs: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch of the one side and a stretch of the other share a code point."""
    others = list(theirs)
    return any(a < d and c < b for a, b in ours for c, d in others)
