"""Numbers with their bounds, qualifiers, units and counted nouns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.builder import FactsBuilder
from kg.extract.quantities import find_quantities, numbers_of, read_number
from kg.extract.times import find_times
from tests.support.documents import document


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("34,000", "34000"),
        ("1.2 million", "1200000"),
        ("72.5", "72.5"),
        ("two hundred and ten", "210"),
        ("thirty-four thousand", "34000"),
        ("twenty-one", "21"),
        ("ninety-nine", "99"),
        ("a hundred", "100"),
        ("many", None),
        ("three four", None),
    ],
)
def test_read_number(text: str, number: str | None) -> None:
    assert read_number(text) == number


@given(st.integers(0, 999_999_999))
def test_a_number_with_separators_is_read_as_itself(number: int) -> None:
    assert read_number(f"{number:,}") == str(number)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("More than 34,000 people came.", "More than 34,000", (None, "34000", None, "more-than", "people")),
        ("About 30 men fled.", "About 30", ("30", None, None, "approximately", "men")),
        ("Nearly 1,420 people came.", "Nearly 1,420", ("1420", None, None, "nearly", "people")),
        ("Up to 20 people came.", "Up to 20", (None, None, "20", "at-most", "people")),
        ("Fewer than ten people came.", "Fewer than ten", (None, None, "10", "less-than", "people")),
        ("At least three boats left.", "At least three", (None, "3", None, "at-least", "boats")),
        ("Between 30 and 40 people came.", "Between 30 and 40", (None, "30", "40", "between", "people")),
        ("Some 196 defectors came.", "Some 196", ("196", None, None, "approximately", "defectors")),
        ("They counted 76 of them.", "76", ("76", None, None, "exact", "them")),
        ("In the first quarter 229 people came.", "229", ("229", None, None, "exact", "people")),
    ],
)
def test_bounds_and_nouns(text: str, quote: str, expected: tuple[str | None, ...]) -> None:
    built = document(text)
    phrase = next(phrase for phrase in numbers_of(built) if built.quote(phrase.start, phrase.end) == quote)
    noun = phrase.noun.text if phrase.noun is not None else None
    assert (phrase.value, phrase.lower, phrase.upper, phrase.qualifier, noun) == expected


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("Women made up 88 percent.", "unit:PERCENT", "88"),
        ("Women made up 72.5% of them.", "unit:PERCENT", "72.5"),
        ("The 248-kilometer-long border is guarded.", "unit:KiloM", "248"),
        ("The zone is 4 kilometers wide.", "unit:KiloM", "4"),
        ("A 20-hour operation followed.", "unit:HR", "20"),
    ],
)
def test_units(text: str, unit: str, value: str) -> None:
    (phrase,) = numbers_of(document(text))
    assert (phrase.unit, phrase.value) == (unit, value)


@pytest.mark.parametrize(
    "text",
    [
        "The 24-year-old was questioned.",
        "The soldier, 24, was shot.",
        "A man aged 46 came.",
        "Guards watch it 24 hours a day.",
        "It cost $31 million.",
        "It cost 31 billion won.",
        "The 22nd Division stood there.",
        "It stands in Article 5.",
        "It began at 3:40 a.m.",
        "He came for 12 weeks.",
        "It was founded in 1948.",
        "China is a third country.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert [phrase.number.text for phrase in numbers_of(document(text))] == []


def test_a_number_of_a_date_becomes_no_record() -> None:
    builder = FactsBuilder(document("On Aug. 20 four people came; 20 percent of the boats were lost."))
    find_times(builder)
    find_quantities(builder)
    assert [quantity.quote for quantity in builder.quantities.values()] == ["four", "20 percent"]


def test_words_for_a_number_are_kept_as_words() -> None:
    builder = FactsBuilder(document("Tens of thousands of people have fled."))
    (phrase,) = numbers_of(builder.document)
    assert (phrase.value, phrase.qualitative) == (None, "tens of thousands")


WORDS = [
    "34,000",
    "20",
    "percent",
    "more than",
    "between",
    "and",
    "people",
    "of",
    "a",
    "third",
    "24",
    "-",
    "hour",
    "$",
    ".",
]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_exactly_one_of_value_bounds_and_words(words: list[str]) -> None:
    text = " ".join(words)
    for phrase in numbers_of(document(text)):
        bounds = phrase.lower is not None or phrase.upper is not None
        assert [phrase.value is not None, bounds, phrase.qualitative is not None].count(True) == 1
        assert 0 <= phrase.start < phrase.end <= len(text)
