"""The graph of one article by itself, as Turtle: what `kg extract --format turtle` prints."""

from __future__ import annotations

from pyoxigraph import Triple

from kg.consolidate.consolidate import consolidate
from kg.formats import by_name, serialize_rdf
from kg.knowledge import Knowledge
from kg.mapping.article_graph import article_graph
from kg.mapping.quotes import QuoteBudget
from kg.mapping.statements import ArticleStatements, Chain

__all__ = ["article_turtle"]


def article_turtle(article: ArticleStatements, border: str) -> str:
    """The article's graph, every quote included: it is printed for whoever holds the text, not released.

    Args:
        article: The article.
        border: The border, by name or folder.
    """
    consolidated = consolidate([article], Knowledge.load(border))

    def resolve(chain: Chain) -> str:
        return consolidated.identity.iris[chain]

    quads = article_graph(article, consolidated.statements(), resolve, QuoteBudget(frozenset(), whole=True))
    triples = sorted((Triple(q.subject, q.predicate, q.object) for q in quads), key=str)
    return serialize_rdf(triples, by_name("turtle", "graph")).decode()
