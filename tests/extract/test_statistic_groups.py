"""Groups of a total: rows by age, places with a number in brackets, parts told in later paragraphs."""

from __future__ import annotations

import pytest

from kg.extract.builder import FactsBuilder
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.statistics import find_statistics
from kg.extract.times import find_times
from tests.support.documents import document, meaning

LEXICON = Lexicon.load("korea")
TOTAL = "A total of 118 North Korean defectors entered South Korea in 2021, the ministry said."


def found(*paragraphs: str, published: str | None = None) -> dict[str, tuple[str, str, str | None]]:
    """Measure, population and period of each statistic, by its words."""
    builder = FactsBuilder(document(*paragraphs, published=published))
    find_times(builder)
    find_names(builder, LEXICON)
    find_statistics(builder, LEXICON)
    made: dict[str, tuple[str, str, str | None]] = {}
    for mention in (m for m in builder.mentions.values() if m.cls == "Statistic"):
        own = {c.predicate: c for c in builder.claims.values() if c.subject == mention.id}
        measure = str(own["cx:measure"].value.value).removeprefix("measure:")
        population = str(own["cx:population"].value.value).removeprefix("population:")
        period = own.get("cx:period")
        when = meaning(builder, builder.times[str(period.value.value)]) if period is not None else None
        made[mention.quote] = (measure, population, when)
    return made


@pytest.mark.parametrize(
    ("row", "number", "population"),
    [
        ("\u2022 Under 15: 6", "6", "children"),
        ("\u2022 Teens: 12 people", "12", "children"),
        ("\u2022 20-29: 33 persons", "33", "young-people"),
        ("- 20s and 30s together: 61", "61", "young-people"),
        ("\u2022 40 to 49: 18", "18", "defectors"),
        ("\u2022 60 and older: 5 entrants", "5", "defectors"),
        ("\u2022 In their fifties \u2013 7 people", "7", "defectors"),
    ],
)
def test_rows_by_age_are_parts_of_the_total_before_them(row: str, number: str, population: str) -> None:
    rows = found(TOTAL, row)
    assert rows[number] == ("arrivals", population, "2021")
    assert set(rows) == {"118", number}, "the label of the row is no count"


@pytest.mark.parametrize("row", ["\u2022 Under 15: 6", "\u2022 40s: 38 persons"])
def test_a_row_without_a_total_counts_nothing(row: str) -> None:
    assert found("A North Korean soldier crossed the border on 3 May 2021.", row) == {}


def test_places_with_a_number_in_brackets() -> None:
    rows = found(TOTAL, "Most of them were arrivals from Ryanggang Province (52) and North Hamgyong Province (44).")
    assert rows["52"] == rows["44"] == ("arrivals", "defectors", "2021")


def test_a_part_in_a_later_paragraph_has_the_period_of_the_total() -> None:
    rows = found(TOTAL, "By sex, women made up 73 percent of the arrivals.", "The number of diplomats was around four.")
    assert rows["73 percent"] == ("share", "women", "2021")
    assert rows["around four"] == ("arrivals", "elites", "2021")


def test_a_share_of_all_who_ever_came_has_no_period() -> None:
    rows = found(TOTAL, "Women, who made up 71 percent of all those who have come, find it harder.")
    assert rows["71 percent"] == ("share", "women", None)


def test_two_days_far_apart_are_a_period() -> None:
    text = "A total of 74 North Korean defectors entered South Korea between February 1 and July 31 of this year."
    rows = found(text, published="2022-08-20")
    assert set(rows) == {"74"}
    assert rows["74"][:2] == ("arrivals", "defectors")
    assert rows["74"][2] is not None


def test_brackets_do_not_part_a_number_from_its_time() -> None:
    rows = found("A total of 150 North Korean defectors (40 men, 110 women) entered South Korea in 2014.")
    assert rows["150"][2] == rows["40"][2] == rows["110"][2] == "2014"


@pytest.mark.parametrize("rate", ["accident rate", "divorce rate"])
def test_a_ratio_of_something_else_is_none(rate: str) -> None:
    assert set(found(TOTAL, f"Among defectors the {rate} is said to be three times as high.")) == {"118"}


def test_one_of_them_is_a_story_and_groups_are_crossings() -> None:
    text = "The ministry counted just four boats that came across the sea border in 2021. One of them reached Sokcho."
    rows = found(TOTAL, text)
    assert rows["four"][0] == "crossings"
    assert "One" not in rows


def test_a_participle_before_the_persons_is_not_what_they_did() -> None:
    rows = found("Figures show 26 resettled North Koreans have gone back since 2014.")
    assert rows["26"][:2] == ("crossings", "returnees")
