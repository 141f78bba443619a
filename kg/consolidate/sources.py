"""How many sources are independent of each other: connected components over wire, cited source and near-identical text.

Five pages that carry one agency's copy are one source. An article that names no source may be independent or may not,
so the number is a range: `minimum` takes every such article to rest on one of the others, `maximum` takes it to stand
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.ids import normalise
from kg.mapping.statements import ArticleStatements

__all__ = ["Independence", "Sources"]


@dataclass(frozen=True)
class Independence:
    """The least and the greatest number of independent sources among some articles."""

    minimum: int
    maximum: int


class Sources:
    """The sources of a build's articles.

    Args:
        articles: All articles.
        twins: Groups of article ids whose texts are nearly identical.
    """

    def __init__(self, articles: Iterable[ArticleStatements], twins: Sequence[Sequence[str]] = ()) -> None:
        self._named: Mapping[str, frozenset[str]] = {
            a.id: frozenset(s.organization or normalise(s.name) for s in a.facts.article.sources) for a in articles
        }
        self._twin = {article: group[0] for group in twins for article in group}

    @classmethod
    def named(cls, named: Mapping[str, frozenset[str]], twins: Sequence[Sequence[str]] = ()) -> Sources:
        """The sources of articles of which only the names of their cited sources are known.

        Args:
            named: The names that each article gives, by its id: of an organisation its IRI, else the words, normalised.
            twins: Groups of article ids whose texts are nearly identical.
        """
        made = cls((), twins)
        made._named = dict(named)
        return made

    def of(self, articles: Iterable[str]) -> Independence:
        """How many independent sources stand behind some articles, by their ids."""
        groups: list[tuple[set[str], bool]] = []
        for article in sorted(set(articles)):
            keys = set(self._named.get(article, frozenset())) | {f"text {self._twin.get(article, article)}"}
            named = bool(self._named.get(article))
            apart = []
            for known, known_named in groups:
                if known & keys:
                    keys |= known
                    named = named or known_named
                else:
                    apart.append((known, known_named))
            groups = [*apart, (keys, named)]
        sure = sum(named for _, named in groups)
        return Independence(max(1, sure), len(groups)) if groups else Independence(0, 0)
