"""All quads of a release but `graph/meta`."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from kg.consolidate.consolidate import Consolidated
from kg.knowledge import Knowledge
from kg.mapping.article_graph import article_graph
from kg.mapping.default_graph import default_graph
from kg.mapping.lexicon_graphs import entries, lexicon_graphs
from kg.mapping.quads import Quads
from kg.mapping.quotes import QuoteBudget, Span
from kg.mapping.statements import ArticleStatements, Chain, Statement
from kg.mapping.tombstones import tombstones
from kg.redaction.sweep import sweep

__all__ = ["build_quads"]


def build_quads(consolidated: Consolidated, knowledge: Knowledge, border: str, curation: Iterable[Quad] = ()) -> Quads:
    """Write every graph.

    Args:
        consolidated: The outcome of consolidation.
        knowledge: The lexicon of the border.
        border: The border, by name or folder.
        curation: The quads of `graph/curation`.
    """
    withheld = consolidated.withheld
    parts = [lexicon_graphs(border), Quads.of(curation)]
    by_article: dict[str, list[Statement]] = {}
    for statement in consolidated.statements():
        by_article.setdefault(statement.article, []).append(statement)

    def resolve(chain: Chain) -> str:
        return consolidated.identity.iris[chain]

    for article in consolidated.articles:
        statements = by_article.get(article.id, [])
        budget = _budget(article, statements, consolidated.flat_claims, withheld.hidden.get(article.id, ()))
        parts.append(article_graph(article, statements, resolve, budget, withheld))
    parts.append(default_graph(consolidated, knowledge, entries(border)))
    return Quads.union([sweep(Quads.union(parts), withheld), tombstones(withheld)])


def _budget(
    article: ArticleStatements, statements: Iterable[Statement], flat: frozenset[str], hidden: tuple[Span, ...]
) -> QuoteBudget:
    first: list[tuple[int, int]] = []
    then: list[tuple[int, int]] = []
    for statement in statements:
        (first if statement.id in flat else then).extend((e.start, e.end) for e in statement.claim.evidence)
    then += [(m.start, m.end) for m in article.facts.mentions]
    return QuoteBudget.spend(article, first, then, hidden)
