"""What linked incidents allow, and that nothing which is not admitted allows anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.consolidate.derive import Derivation, derive
from kg.dates import DateInterval, parse_edtf
from kg.identity.resolve import Decisions, identify
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements, Chain, Statement, When
from tests.support.facts import Draft

KNOWLEDGE = Knowledge.load()

#: Ways to say something that is not to be published, by the table of the vocabularies.
HEDGES: list[dict[str, Any]] = [
    {"certainty": "probable"},
    {"certainty": "possible"},
    {"certainty": "denied"},
    {"negated": True},
    {"tense": "future"},
    {"specificity": "general"},
]


def known(date: str, **claim: Any) -> ArticleStatements:
    """A dated report of one crossing."""
    draft = Draft(f"A man crossed at {date}, it is said.", published="2031-12-31")
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:dateEDTF", draft.time(date, edtf=date), f"at {date}", **claim)
    return ArticleStatements.of(draft.facts(), draft.text)


def undated(**claim: Any) -> ArticleStatements:
    """A report without a date: the weekday of the same crossing, another counted from it, and the year before."""
    draft = Draft("On Tuesday a man crossed. Two weeks before, a woman had. Last year 41 people came.")
    crossed, other = draft.mention("Incident", "a man crossed"), draft.mention("Incident", "a woman had")
    tuesday = draft.time("Tuesday", unit="day", weekday=1, anchor="publication")
    draft.claim(crossed, "cx:dateEDTF", tuesday, "On Tuesday", **claim)
    weeks = draft.time("Two weeks before", unit="week", offset=-2, anchor=crossed)
    draft.claim(other, "cx:dateEDTF", weeks, "Two weeks before")
    total = draft.mention("Statistic", "41 people")
    draft.claim(total, "cx:period", draft.time("Last year", unit="year", offset=-1, anchor="publication"), "Last year")
    return ArticleStatements.of(draft.facts(), draft.text)


def chain(article: ArticleStatements, number: int = 0) -> Chain:
    return Chain(article.id, article.facts.mentions[number].chain)


def derived(*articles: ArticleStatements, before: tuple[Statement, ...] = ()) -> Derivation:
    """What is derived where a person says that the first crossings of all articles are one."""
    pairs = frozenset(frozenset((chain(articles[0]), chain(a))) for a in articles[1:])
    return derive(articles, identify(articles, KNOWLEDGE, Decisions(same=pairs)), KNOWLEDGE, before)


def found(made: Derivation) -> dict[str, str]:
    """The value of each statement that was made, by its rule."""
    return {
        str(s.rule): s.value.interval.edtf for s in made.statements if isinstance(s.value, When) and s.value.interval
    }


def test_a_weekday_is_sought_in_the_interval_that_another_text_gives() -> None:
    made = derived(known("2031-06-01/2031-06-14"), undated())
    assert found(made) == {
        "rule:resolve-weekday-within-interval": "2031-06-03/2031-06-10",
        "rule:resolve-relative-to-linked-incident": "2031-05-18/2031-05-31",
        "rule:resolve-article-year-from-linked-incident": "2030",
    }


def test_each_names_the_claims_it_was_derived_from_and_the_first_claim_stays() -> None:
    dated, open_ = known("2031-06-01/2031-06-14"), undated()
    ids = {s.id for a in (dated, open_) for s in a.statements}
    made = derived(dated, open_)
    for statement in made.statements:
        assert statement.derived_from[0] in {s.id for s in open_.statements}
        assert set(statement.derived_from) <= ids
        assert dated.statements[0].id in statement.derived_from
        assert statement.id not in ids
    assert all(isinstance(s.value, When) and s.value.interval is None for s in open_.statements)


def test_a_text_that_states_its_date_needs_no_other() -> None:
    assert derived(known("2031-06"), known("2031")).statements == ()


def test_an_incident_that_nothing_else_dates_dates_nothing() -> None:
    assert derived(undated()).statements == ()


@pytest.mark.parametrize("hedge", HEDGES)
def test_only_an_admitted_claim_of_another_text_dates_an_incident(hedge: dict[str, Any]) -> None:
    assert derived(known("2031-06-01/2031-06-14", **hedge), undated()).statements == ()


@pytest.mark.parametrize("hedge", HEDGES)
def test_only_what_a_text_says_without_a_hedge_tells_when_it_was_written(hedge: dict[str, Any]) -> None:
    made = derived(known("2031-06-01/2031-06-14"), undated(**hedge))
    assert "rule:resolve-article-year-from-linked-incident" not in found(made)
    assert found(made)["rule:resolve-relative-to-linked-incident"] == "2031-05-18/2031-05-31"


@pytest.mark.parametrize("hedge", HEDGES)
def test_only_an_admitted_date_helps_to_link_further(hedge: dict[str, Any]) -> None:
    def report(**claim: Any) -> ArticleStatements:
        draft = Draft("On Tuesday a man crossed. Yesterday another, it is feared.")
        first, other = draft.mention("Incident", "a man crossed"), draft.mention("Incident", "another")
        tuesday = draft.time("Tuesday", unit="day", weekday=1, anchor="publication")
        draft.claim(first, "cx:dateEDTF", tuesday, "On Tuesday")
        yesterday = draft.time("Yesterday", unit="day", offset=-1, anchor="publication")
        draft.claim(other, "cx:dateEDTF", yesterday, "Yesterday", **claim)
        return ArticleStatements.of(draft.facts(), draft.text)

    hedged, firm = (derived(known("2031-06-10"), article) for article in (report(**hedge), report()))
    other = chain(report(), 1)
    assert [s.predicate for s in hedged.statements] == ["cx:dateEDTF", "cx:dateEDTF"], "each is worked out all the same"
    assert other not in hedged.dates
    assert other in firm.dates
    assert hedged.dates[chain(report())] == parse_edtf("2031-06-10")


def test_several_texts_narrow_what_is_known_of_an_incident() -> None:
    made = derived(known("2031-06"), known("2031-06-08/2031-07-05"), undated())
    assert found(made)["rule:resolve-weekday-within-interval"] == "2031-06-10/2031-06-24"


def test_a_text_that_disagrees_with_all_others_is_left_out() -> None:
    made = derived(known("2031-06-01/2031-06-14"), known("2019"), undated())
    weekday = next(s for s in made.statements if s.rule == "rule:resolve-weekday-within-interval")
    assert isinstance(weekday.value, When)
    assert weekday.value.interval is not None
    given = [parse_edtf("2031-06-01/2031-06-14"), parse_edtf("2019")]
    assert [interval.contains(weekday.value.interval) for interval in given].count(True) == 1


def test_what_the_round_before_derived_helps_in_the_next() -> None:
    draft = Draft("A week after the man crossed, a boy did. A day after the boy, a girl did.")
    man, boy, girl = (draft.mention("Incident", words) for words in ("the man crossed", "a boy did", "a girl did"))
    week = draft.time("A week after", unit="day", offset=7, anchor=man)
    draft.claim(boy, "cx:dateEDTF", week, "A week after")
    draft.claim(girl, "cx:dateEDTF", draft.time("A day after", unit="day", offset=1, anchor=boy), "A day after")
    draft.claim(man, "cx:incidentType", "itype:crossing", "the man crossed")
    article = ArticleStatements.of(draft.facts(), draft.text)
    dated = known("2031-06-10")
    first = derived(dated, article)
    assert found(first) == {"rule:resolve-relative-to-linked-incident": "2031-06-17"}
    then = derived(dated, article, before=first.statements)
    assert [s.value.interval.edtf for s in then.statements if isinstance(s.value, When) and s.value.interval] == [
        "2031-06-17",
        "2031-06-18",
    ]


@settings(deadline=None, max_examples=25)
@given(st.dates(parse_edtf("2001").earliest, parse_edtf("2030").latest), st.integers(0, 40))  # type: ignore[arg-type]
def test_a_derived_date_lies_in_what_was_known_and_is_never_narrower_than_the_words(day: Any, days: int) -> None:
    wide = DateInterval.spanning(day, day + timedelta(days=days))
    made = derived(known(wide.edtf), undated())
    weekday = [s.value.interval for s in made.statements if s.rule == "rule:resolve-weekday-within-interval"]  # type: ignore[union-attr]
    tuesdays = [d for n in range(days + 1) if (d := day + timedelta(days=n)).weekday() == 1]
    assert [(i.earliest, i.latest) for i in weekday if i] == ([(tuesdays[0], tuesdays[-1])] if tuesdays else [])
