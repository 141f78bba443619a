from __future__ import annotations

import pytest
from msgspec import structs

from kg.consolidate.consolidate import consolidate
from kg.curation import Correction, Curation, Judgement, RegistryEntry, SourceAnchor
from kg.identity.anchors import anchor_of
from kg.identity.claim_anchors import claim_anchor_of
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


def test_unsure_is_neither_one_nor_two(articles: list[ArticleStatements]) -> None:
    one, other = (anchor_of(articles[0], c) for c in incidents(articles[0]))
    judged = Judgement(first=one, second=other, judgement="UNSURE", by="me", on="2026-01-01", reason="who knows")
    decisions = anchor(Curation(judgements=(judged,)), articles).decisions
    assert not decisions.same
    assert not decisions.different


def judged(articles: list[ArticleStatements], judgement: str, by: str = "me") -> Judgement:
    one, other = (anchor_of(articles[0], c) for c in incidents(articles[0]))
    return Judgement(first=one, second=other, judgement=judgement, by=by, on="2026-01-01", reason="x")  # type: ignore[arg-type]


def test_what_a_person_cannot_say_is_kept_apart(articles: list[ArticleStatements]) -> None:
    decisions = anchor(Curation(judgements=(judged(articles, "UNSURE"),)), articles).decisions
    pair = frozenset(incidents(articles[0]))
    assert decisions.unsure == {pair}
    assert decisions.apart(pair)
    assert decisions.judged(pair)


@pytest.mark.parametrize("judgement", ["POSITIVE", "NEGATIVE", "UNSURE"])
def test_a_program_s_judgement_is_no_person_s(articles: list[ArticleStatements], judgement: str) -> None:
    decisions = anchor(Curation(judgements=(judged(articles, judgement, "machine: x"),)), articles).decisions
    pair = frozenset(incidents(articles[0]))
    assert not decisions.judged(pair)
    assert decisions.suggested == ({pair} if judgement == "POSITIVE" else frozenset())


def correction(articles: list[ArticleStatements], **change: object) -> Correction:
    wrong = next(s for s in articles[0].statements if s.predicate == "cx:front")
    place = structs.replace(claim_anchor_of(articles[0], wrong), **change)
    return Correction(claim=place, by="me", on="2026-01-01", reason="x")


def test_a_correction_anchors_to_the_claims_that_it_is_about(articles: list[ArticleStatements]) -> None:
    made = anchor(Curation(corrections=(correction(articles),)), articles)
    assert made.lost == ()
    wrong = {s.id for s in articles[0].statements if s.predicate == "cx:front"}
    assert [c.claims for c in made.decisions.corrections] == [wrong]


def test_a_correction_of_a_claim_that_is_gone_is_lost(articles: list[ArticleStatements]) -> None:
    made = anchor(Curation(corrections=(correction(articles, quote="the western front", original=()),)), articles)
    assert made.decisions.corrections == ()
    (sentence,) = made.lost
    assert sentence.startswith(
        "correction by me on 2026-01-01: the claim of 'the western front' (cx:front) is no longer"
    )
    assert articles[0].id[:16] in sentence


def test_a_correction_of_an_article_that_is_not_here_is_not_lost(articles: list[ArticleStatements]) -> None:
    made = anchor(Curation(corrections=(correction(articles),)), articles[1:])
    assert (made.decisions.corrections, made.lost) == ((), ())


@pytest.mark.parametrize("predicates", [(), ("cx:front",), ("cx:front", "cx:rank")])
def test_a_source_is_marked_whole_or_on_some_properties(
    articles: list[ArticleStatements], predicates: tuple[str, ...]
) -> None:
    wrong = Correction(
        source=SourceAnchor(article=articles[0].id, predicates=predicates), by="me", on="2026-01-01", reason="x"
    )
    made = anchor(Curation(corrections=(wrong,)), articles)
    meant = {s.id for s in articles[0].statements if not predicates or s.predicate in predicates}
    assert meant
    assert [c.claims for c in made.decisions.corrections] == [meant]


def test_a_source_that_claims_nothing_of_the_kind_is_lost(articles: list[ArticleStatements]) -> None:
    wrong = Correction(
        source=SourceAnchor(article=articles[0].id, predicates=("cx:gender",)), by="me", on="2026-01-01", reason="x"
    )
    (sentence,) = anchor(Curation(corrections=(wrong,)), articles).lost
    assert "a claim on cx:gender is no longer found" in sentence
