"""Time expressions: their words, what they mean, and what the parse attaches them to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.builder import FactsBuilder
from kg.extract.time_grammar import read_times
from kg.extract.time_words import time_rules
from kg.extract.times import duration_of, find_times, time_of, times_of
from tests.support.documents import document, meaning


def read(text: str, published: str | None) -> FactsBuilder:
    """The time expressions of one paragraph."""
    builder = FactsBuilder(document(text, published=published))
    find_times(builder)
    return builder


@pytest.mark.parametrize(
    ("published", "text", "quote", "expected"),
    [
        ("2025-10-20", "Patrols saw him early on a Sunday morning.", "early on a Sunday morning", "2025-10-19"),
        ("2025-10-19", "He crossed on Sunday, the army said.", "Sunday", "2025-10-19"),
        (None, "He crossed early Tuesday.", "early Tuesday", None),
        ("2025-10-19", "In August of last year another man came.", "August of last year", "2024-08"),
        ("2025-10-19", "The president, who took office in June, spoke.", "June", "2025-06"),
        ("2025-07-04", "A man crossed earlier this month.", "earlier this month", "2025-07-01/2025-07-04"),
        (None, "A Russian fled in 1984.", "1984", "1984"),
        (None, "Since the 1950s many have come.", "Since the 1950s", "1950/.."),
        (None, "It is the first case since August 2024.", "since August 2024", "2024-08/.."),
        (None, "Many have come since the 1950-53 Korean War.", "since the 1950-53 Korean War", "1950/.."),
        (None, "Many have come since the war.", "since the war", None),
        ("2024-08-21", "Songs have been played since mid-July.", "since mid-July", "2024-07-11~/2024-08-21~"),
        ("2024-08-21", "He came on the morning of Aug. 20.", "Aug. 20", "2024-08-20"),
        ("2024-08-21", "He came on 20 August.", "20 August", "2024-08-20"),
        ("2013-08-23", "Last September another man came.", "Last September", "2012-09"),
        ("2022-01-03", "He went over on New Year's Day.", "New Year's Day", "2022-01-01"),
        ("2023-10-24", "Since the late 1990s many have fled.", "Since the late 1990s", "1997-01-01~/2023-10-24~"),
        ("2021-04-09", "They came between January and March.", "January and March", "2021-33"),
        (
            "2024-10-22",
            "Many came in the first nine months of this year.",
            "the first nine months of this year",
            "2024-01/2024-09",
        ),
        ("2024-10-22", "The July-September period saw 70 arrivals.", "The July-September period", "2024-35"),
        ("2024-10-22", "It happened late last year.", "late last year", "2023-09~/2023-12~"),
        ("2024-10-22", "It happened three days ago.", "three days ago", "2024-10-19"),
        ("2024-10-22", "It happened about two weeks ago.", "about two weeks ago", "2024-10-05~/2024-10-11~"),
        ("2024-10-22", "The drill was planned for next month.", "next month", "2024-11"),
        (None, "(19/10/2025) He crossed.", "19/10/2025", "2025-10-19"),
        (None, "It fell in the third quarter of 2019.", "the third quarter of 2019", "2019-35"),
        (None, "He came one January night in 1965.", "January night in 1965", "1965-01"),
        ("2024-10-22", "She came on the second Monday in May, they said.", "the second Monday in May", "2024-05"),
        (None, "They came on the last Friday of June 2011.", "the last Friday of June 2011", "2011-06"),
        (None, "On Tuesday, Aug. 20, 2024, he came.", "Tuesday, Aug. 20, 2024", "2024-08-20"),
        (None, "Between 2010 and August 2016 none came.", "2010 and August 2016", "2010-01/2016-08"),
        ("2025-02-01", "As of the end of last year there were many.", "As of the end of last year", "../2024~"),
    ],
)
def test_words_and_what_they_mean(published: str | None, text: str, quote: str, expected: str | None) -> None:
    builder = read(text, published)
    time = next(time for time in builder.times.values() if time.quote == quote)
    assert meaning(builder, time) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 24-year-old knocked at a door.",
        "Soldiers watch it 24 hours a day, and the zone is 4 kilometers wide.",
        "The operation took a long while, and he may march on.",
        "Some 2000 soldiers stood there.",
        "The border is 248 kilometers long to this day.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert times_of(document(text)) == ()


def test_a_slashed_date_with_two_readings_gives_its_year_alone() -> None:
    (open_one,) = times_of(document("He came on 3/4/2025."))
    assert open_one.edtf == "2025"
    shown = times_of(document("He came on 3/4/2025.", "He went on 25/4/2025."))
    assert [time.edtf for time in shown] == ["2025-04-03", "2025-04-25"]


def test_a_series_of_quarters_keeps_its_year() -> None:
    builder = read(
        "In the first quarter of last year 135 came; the number was 12 in the second quarter and stood at 48 and 34 "
        "in the third and fourth.",
        "2021-04-09",
    )
    assert [meaning(builder, time) for time in builder.times.values()] == ["2020-33", "2020-34", "2020-35", "2020-36"]


def test_the_same_period_takes_the_parts_of_the_one_before() -> None:
    builder = read("They came between January and March, fewer than in the same period last year.", "2021-04-09")
    same = next(time for time in builder.times.values() if time.quote.startswith("the same period"))
    assert meaning(builder, same) == "2020-33"
    absolute = read("In the second quarter of 2020 12 came, against 320 in the same period a year earlier.", None)
    last = next(time for time in absolute.times.values() if time.quote.startswith("the same period"))
    assert last.edtf == "2019-34"


def test_the_previous_year_counts_from_the_publication_where_it_is_the_newer_side() -> None:
    text = (
        "However, after the controls were eased in 2019, the number of arrivals almost doubled to 50 in the previous "
        "year, up from 26 in 2018."
    )
    builder = read(text, None)
    previous = next(time for time in builder.times.values() if time.quote == "the previous year")
    assert (previous.unit, previous.offset, previous.anchor and previous.anchor.kind) == ("year", -1, "publication")
    assert meaning(builder, previous) is None
    assert meaning(builder, previous, "2020-03") == "2019"


def test_a_year_earlier_counts_from_the_year_that_is_compared() -> None:
    builder = read("In 2019 50 people arrived, up from 26 a year earlier.", None)
    earlier = next(time for time in builder.times.values() if time.quote == "a year earlier")
    assert earlier.anchor is not None
    assert earlier.anchor.kind == "expression"
    assert meaning(builder, earlier) == "2018"


def test_more_recently_runs_from_what_was_told_to_the_publication() -> None:
    builder = read("In August of last year a soldier defected. More recently, a civilian crossed.", "2025-10-19")
    recent = next(time for time in builder.times.values() if time.quote == "More recently")
    assert meaning(builder, recent) == "2024-08-01/2025-10-19"


def test_two_weeks_after_dates_what_follows_and_waits_for_its_incident() -> None:
    builder = read("The escape comes just two weeks after another man crossed the sea border.", "2024-08-20")
    (time,) = builder.times.values()
    assert (time.unit, time.offset, time.approximate) == ("week", -2, True)
    assert time.anchor is not None
    assert (time.anchor.kind, time.anchor.ref) == ("incident", None)
    assert meaning(builder, time) is None


@pytest.mark.parametrize(
    ("text", "head", "quote"),
    [
        ("A soldier has defected to the South, a source confirmed on Tuesday.", "defected", None),
        ("On Monday the army said that a soldier had crossed the border on Sunday.", "crossed", "Sunday"),
        ("On Monday the army said that a soldier had crossed the border on Sunday.", "said", "Monday"),
        ("A soldier crossed the border early Tuesday and was taken into custody.", "taken", "early Tuesday"),
        ("The defection occurred on October 19, 2025.", "defection", "October 19, 2025"),
        ("The man, who fled in 2017, swam back across the river last week.", "fled", "2017"),
        ("The man, who fled in 2017, swam back across the river last week.", "swam", "last week"),
        ("He came on the morning of Aug. 20.", "came", "Aug. 20"),
    ],
)
def test_the_parse_attaches_a_time_to_its_verb(text: str, head: str, quote: str | None) -> None:
    builder = read(text, "2025-10-20")
    sentence = builder.document.sentences[0]
    token = next(token for token in sentence.span if token.text == head)
    found = time_of(builder, sentence, token)
    assert (found.quote if found else None) == quote


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("a delicate 20-hour operation", "PT20H"),
        ("an operation that lasted two days", "P2D"),
        ("a search of 45 minutes", "PT45M"),
        ("the 24-year-old soldier", None),
        ("two days later they left", None),
        ("watched 24 hours a day", None),
    ],
)
def test_durations(text: str, duration: str | None) -> None:
    (_, doc) = document(text).parses[0]
    assert duration_of(doc[:]) == duration


WORDS = [
    "in",
    "on",
    "since",
    "the",
    "of",
    "last",
    "early",
    "mid-",
    "1950-53",
    "2024",
    "19/10/2025",
    "two",
    "weeks",
    "after",
]
WORDS += [
    "quarter",
    "first",
    "and",
    "between",
    "ago",
    "same",
    "period",
    "Tuesday",
    ",",
    ".",
    "20",
    "\u2019s",
    *time_rules().months,
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_offsets_never_leave_the_text_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    drafts = read_times(text)
    for draft in drafts:
        assert 0 <= draft.start < draft.end <= len(text)
        assert text[draft.start : draft.end] == text[draft.start : draft.end].strip()
    for one, other in pairwise(drafts):
        assert one.end <= other.start


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
def test_every_quote_stands_at_its_offsets(words: list[str]) -> None:
    text = " ".join(words)
    for time in times_of(document("He came.", text, published="2024-08-20")):
        assert f"He came.\n\n{text}"[time.start : time.end] == time.quote
