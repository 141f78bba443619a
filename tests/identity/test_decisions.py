from __future__ import annotations

import pytest

from kg.consolidate.consolidate import consolidate
from kg.curation import Curation, Judgement, RegistryEntry
from kg.identity.anchors import anchor_of
from kg.identity.decisions import anchor, updated_registry
from kg.knowledge import Knowledge
from kg.mapping.labels import labels
from kg.mapping.statements import ArticleStatements, Chain
from tests.support.stories import dated, figures, recalled, statements, undated

KNOWLEDGE = Knowledge.load()


@pytest.fixture(scope="module")
def articles() -> list[ArticleStatements]:
    return statements(dated(), recalled(), undated(), figures())


def incidents(article: ArticleStatements) -> list[Chain]:
    return [Chain(article.id, c) for c, ms in article.chains.items() if ms[0].cls == "Incident"]


def registry(articles: list[ArticleStatements], curation: Curation) -> list[RegistryEntry]:
    decisions = anchor(curation, articles).decisions
    made = consolidate(articles, KNOWLEDGE, decisions=decisions)
    named = labels({e.iri: e for e in made.entities}, KNOWLEDGE)
    return updated_registry(curation, made.identity, articles, named)


def test_registering_twice_adds_nothing(articles: list[ArticleStatements]) -> None:
    once = registry(articles, Curation())
    assert {e.id.partition("/")[0] for e in once} == {"incident", "statistic"}
    assert registry(articles, Curation(registry=tuple(once))) == once


def test_an_older_article_added_later_does_not_become_the_founder(articles: list[ArticleStatements]) -> None:
    later = [a for a in articles if a.facts.article.published != "2021-06-01"]
    first = registry(later, Curation())
    then = registry(articles, Curation(registry=tuple(first)))
    assert {e.id for e in first} <= {e.id for e in then}
    kept = {e.id: e for e in then}
    assert any(len(kept[e.id].anchors) > len(e.anchors) for e in first), "the older article joined a registered entity"


def test_a_judgement_on_an_article_that_is_not_here_is_not_lost(articles: list[ArticleStatements]) -> None:
    one, other = (anchor_of(articles[0], c) for c in incidents(articles[0]))
    judged = Judgement(first=one, second=other, judgement="NEGATIVE", by="me", on="2026-01-01", reason="two days")
    assert anchor(Curation(judgements=(judged,)), articles[1:]).lost == ()
    here = anchor(Curation(judgements=(judged,)), articles)
    assert here.lost == ()
    assert here.decisions.different == {frozenset(incidents(articles[0]))}


def test_unsure_decides_nothing(articles: list[ArticleStatements]) -> None:
    one, other = (anchor_of(articles[0], c) for c in incidents(articles[0]))
    judged = Judgement(first=one, second=other, judgement="UNSURE", by="me", on="2026-01-01", reason="who knows")
    decisions = anchor(Curation(judgements=(judged,)), articles).decisions
    assert not decisions.same
    assert not decisions.different
