"""How many of an article's own words a release may carry, and on which evidence they are spent.

At most 25 words a quote and 10 % of the article's words together; digests of our own are released whole. Words are
spent first on the evidence of flat values and Conflicts, then in the order of the text. A quote inside one that is
released costs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.mapping.statements import ArticleStatements
from kg.redaction.sentences import touched

__all__ = ["QUOTE_SHARE", "QUOTE_WORDS", "QuoteBudget", "Span"]

QUOTE_WORDS = 25
#: One word in so many of an article may be released.
QUOTE_SHARE = 10

Span = tuple[int, int]


@dataclass(frozen=True)
class QuoteBudget:
    """Which spans of an article are released in words; `whole` where all are (a digest of ours).

    `hidden` are stretches that speak of an entity that is withheld: no words of them are released, nor their hash.
    """

    released: frozenset[Span]
    whole: bool = False
    hidden: tuple[Span, ...] = ()

    @classmethod
    def spend(
        cls, article: ArticleStatements, first: Iterable[Span], then: Iterable[Span], hidden: tuple[Span, ...] = ()
    ) -> QuoteBudget:
        """Choose the spans that are released.

        Args:
            article: The article.
            first: Spans behind flat values and Conflicts.
            then: All other spans that might be quoted.
            hidden: Stretches, apart and in order, of which nothing is released.
        """
        if article.facts.article.kind == "digest":
            return cls(frozenset(), whole=True, hidden=hidden)
        if article.text is None:
            # A hand-written facts file comes without the text; an English word is five letters and a space on average.
            left = article.facts.article.length // 6 // QUOTE_SHARE
        else:
            left = len(article.text.split()) // QUOTE_SHARE
        words = {(e.start, e.end): len(e.quote.split()) for c in article.facts.claims for e in c.evidence}
        words |= {(m.start, m.end): len(m.quote.split()) for m in article.facts.mentions}
        released: set[Span] = set()
        for span in [*sorted(set(first)), *sorted(set(then))]:
            if span in released or words[span] > QUOTE_WORDS or touched(hidden, [span]):
                continue
            if any(s <= span[0] and span[1] <= e for s, e in released):
                released.add(span)
            elif words[span] <= left:
                left -= words[span]
                released.add(span)
        return cls(frozenset(released), hidden=hidden)

    def allows(self, start: int, end: int) -> bool:
        """Whether the words of a span are released."""
        if self.hides(start, end):
            return False
        return self.whole or (start, end) in self.released or any(s <= start and end <= e for s, e in self.released)

    def hides(self, start: int, end: int) -> bool:
        """Whether a span touches what speaks of an entity that is withheld."""
        return bool(self.hidden) and bool(touched(self.hidden, [(start, end)]))
