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
        groups = _Groups()
        firsts: list[str] = []
        named: list[str] = []
        for article in sorted(set(articles)):
            cited = self._named.get(article, frozenset())
            first = f"text {self._twin.get(article, article)}"
            firsts.append(first)
            groups.join(first, cited)
            if cited:
                named.append(first)
        found = {groups.of(first) for first in firsts}
        sure = {groups.of(first) for first in named}
        return Independence(max(1, len(sure)), len(found)) if found else Independence(0, 0)


class _Groups:
    """Keys that belong together, directly or over others (a disjoint-set forest, Tarjan 1975)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, key: str) -> str:
        """The key that stands for a key's group."""
        while (above := self._above.setdefault(key, key)) != key:
            self._above[key] = key = self._above.setdefault(above, above)
        return key

    def join(self, one: str, others: Iterable[str]) -> None:
        """Make one group of a key's and others'."""
        root = self.of(one)
        for other in others:
            self._above[self.of(other)] = root
