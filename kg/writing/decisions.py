"""What a decision is about, and that the graph holds it and has not decided it otherwise."""

from __future__ import annotations

from kg.curation import Anchor, Correction, Judgement
from kg.errors import UsageError
from kg.identity.anchors import find_anchor
from kg.ids import entity_iri
from kg.mapping.statements import ArticleStatements, Chain
from kg.writing.state import State

__all__ = ["about"]


def about(decision: Judgement | Correction, state: State) -> tuple[str, ...]:
    """The IRIs that a decision is about: of a judgement the two entities, of a correction the article.

    Raises:
        UsageError: It points to an article or a mention that the graph does not hold, twice to one, or to two that
            a person has judged otherwise already.
    """
    linked = state.passed.linked
    articles = {article.id: article for article in linked.articles}
    if isinstance(decision, Correction):
        _held(decision.article, articles)
        return (entity_iri("article", decision.article),)
    first, second = (_chain(place, articles) for place in (decision.first, decision.second))
    if first == second:
        raise UsageError("the judgement points twice to one account: give two")
    pair = frozenset((first, second))
    if linked.anchored.decisions.judged(pair) and decision not in linked.curation.judgements:
        raise UsageError("these two accounts are judged already: change that judgement where it stands")
    iris = linked.consolidated.identity.iris
    return tuple(iris[chain] for chain in (first, second) if chain in iris)


def _held(article: str, articles: dict[str, ArticleStatements]) -> ArticleStatements:
    if article not in articles:
        raise UsageError(f"the decision names the article {article}, which this graph does not hold: add it first")
    return articles[article]


def _chain(place: Anchor, articles: dict[str, ArticleStatements]) -> Chain:
    found = find_anchor(place, _held(place.article, articles))
    if found is None:
        raise UsageError(
            f"'{place.quote}' ({place.cls}) is not found in article {place.article[:16]}: give the words of a mention"
        )
    return found
