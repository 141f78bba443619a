from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kg.facts.model import CitedSource
from kg.mapping.statements import Amount, ArticleStatements, Plain, Ref, When
from tests.support.facts import Draft
from tests.support.stories import dated, figures, recalled, statements, undated


def dates(article: ArticleStatements) -> list[str | None]:
    found = [s.value for s in article.statements if isinstance(s.value, When)]
    return [v.interval.edtf if v.interval else None for v in found]


def test_relative_dates_count_from_the_stated_day() -> None:
    (article,) = statements(recalled())
    assert dates(article) == ["2021-03", "2022-02-09"]
    against = {s.resolved_against for s in article.statements if isinstance(s.value, When)}
    assert against == {article.iri}


def test_without_a_stated_day_they_stay_open() -> None:
    (article,) = statements(undated())
    assert dates(article) == [None, None, None]


def yesterday(*sources: CitedSource) -> ArticleStatements:
    draft = Draft("He came yesterday.", sources=sources)
    incident = draft.mention("Incident", "He came")
    time = draft.time("yesterday", unit="day", offset=-1, anchor="publication")
    draft.claim(incident, "cx:dateEDTF", time, "yesterday")
    return ArticleStatements.of(draft.facts(), draft.text)


def test_the_one_dated_source_stands_in_for_a_missing_date() -> None:
    article = yesterday(CitedSource(name="NPR", published="2020-03-02"), CitedSource(name="AP"))
    assert dates(article) == ["2020-03-01"]
    assert article.statements[0].resolved_against == article.source_iri(0)
    assert article.facts.article.published is None


def test_two_dated_sources_decide_nothing() -> None:
    sources = [CitedSource(name=n, published=d) for n, d in (("NPR", "2020-03-02"), ("AP", "2020-03-05"))]
    assert dates(yesterday(*sources)) == [None]


def test_what_counts_from_an_incident_of_the_same_article() -> None:
    draft = Draft("On 5 May 2020 one came, two weeks after another.")
    one, other = draft.mention("Incident", "one came"), draft.mention("Incident", "another")
    draft.claim(one, "cx:dateEDTF", draft.time("5 May 2020", edtf="2020-05-05"), "5 May 2020")
    before = draft.time("two weeks after", unit="week", offset=-2, anchor=one, approximate=True)
    draft.claim(other, "cx:dateEDTF", before, "two weeks after")
    article = ArticleStatements.of(draft.facts(), draft.text)
    day = article.statements[1].value
    assert isinstance(day, When)
    assert day.interval is not None
    assert day.interval.earliest is not None
    assert day.interval.earliest.isoformat() < "2020-04-21" < str(day.interval.latest)


def counted(**claim: Any) -> ArticleStatements:
    draft = Draft("On 5 May 2020 one came, two days after another.", published="2020-06-01")
    one, other = draft.mention("Incident", "one came"), draft.mention("Incident", "another")
    draft.claim(one, "cx:dateEDTF", draft.time("5 May 2020", edtf="2020-05-05"), "5 May 2020", **claim)
    draft.claim(other, "cx:dateEDTF", draft.time("two days after", unit="day", offset=-2, anchor=one), "two days after")
    return ArticleStatements.of(draft.facts(), draft.text)


@pytest.mark.parametrize(
    "hedge",
    [
        {"certainty": "probable"},
        {"certainty": "denied"},
        {"negated": True},
        {"tense": "future"},
        {"specificity": "general"},
    ],
)
def test_nothing_counts_from_a_date_that_is_not_admitted(hedge: dict[str, Any]) -> None:
    assert dates(counted()) == ["2020-05-05", "2020-05-03"]
    assert dates(counted(**hedge)) == ["2020-05-05", None]


def test_nothing_counts_from_a_claim_that_is_left_out() -> None:
    article = counted()
    left = article.without(frozenset({article.statements[0].id}))
    assert [s.id for s in left.statements] == [article.statements[1].id]
    assert dates(left) == [None]
    assert left.statements[0].resolved_against is None
    assert article.without(frozenset()) == article


def test_a_group_is_spoken_of_one_by_one() -> None:
    (article,) = statements(recalled())
    crossers = [s.value.chain for s in article.statements if s.predicate == "cx:crosser" and isinstance(s.value, Ref)]
    assert [c.ordinal for c in crossers] == [0, 1, 2]
    kinds = [s for s in article.statements if s.predicate == "cx:actorType"]
    assert len(kinds) == 3
    assert len({s.id for s in article.statements}) == len(article.statements)


def test_numbers_are_exact() -> None:
    (article,) = statements(figures())
    amounts = [s.value.value for s in article.statements if isinstance(s.value, Amount)]
    assert amounts == [Decimal(34000), Decimal(196), Decimal(80)]


def test_names_are_plain() -> None:
    (article,) = statements(dated())
    names = [s.value for s in article.statements if s.predicate == "cx:name"]
    assert names == [Plain("text", "Joint Chiefs of Staff")]
