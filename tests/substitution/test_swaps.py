"""What the substitution over the gold replaces by what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kg.intervals import DateInterval, parse_edtf
from tests.support.name_swaps import names_swapped
from tests.support.number_swaps import numbers_swapped
from tests.support.place_swaps import entries_swapped
from tests.support.year_moves import MovedCalendar, decades_of, years_swapped

SURNAMES = frozenset({"Ryang", "Oh", "Kim"})


def test_a_name_and_its_short_forms_are_one_replacement() -> None:
    names = ["Ryang Do-sik", "Mr Ryang", "Oh Chong Song", "Agatha Crewe", "Su-ryon"]
    table = names_swapped(names, "RYANG spoke", SURNAMES, 0)
    assert set(table) == {"Ryang", "RYANG", "Do-sik", "Oh", "Chong", "Song", "Agatha", "Crewe", "Su-ryon"}
    assert table["RYANG"] == table["Ryang"].upper()
    assert all(("-" in there) == ("-" in word) for word, there in table.items())
    assert len(set(table.values())) == len(table)


def test_no_name_of_the_text_is_given_to_another() -> None:
    first = names_swapped(["Ryang Do-sik"], "", SURNAMES, 0)["Ryang"]
    assert names_swapped(["Ryang Do-sik"], f"{first} spoke", SURNAMES, 0)["Ryang"] != first
    assert names_swapped(["Ryang Do-sik"], "", SURNAMES, 1)["Ryang"] != first


@given(st.sets(st.integers(20, 99_999), min_size=1, max_size=6), st.sampled_from([0, 1]))
def test_numbers_keep_their_digits_and_roundness(values: set[int], turn: int) -> None:
    text = " and ".join(f"{n:,} people" for n in values)
    table, which = numbers_swapped([Decimal(n) for n in values], text, turn)
    assert set(which) == {Decimal(n) for n in values}
    assert len(set(which.values())) == len(which)
    for n, there in which.items():
        assert len(str(there)) == len(str(n))
        assert table.get(f"{int(n):,}", f"{int(n):,}") == f"{int(there):,}"


def test_what_adds_up_still_does() -> None:
    _, which = numbers_swapped([Decimal(n) for n in (35, 32, 67)], "35 men and 32 women, 67 in all", 0)
    assert which[Decimal(35)] + which[Decimal(32)] == which[Decimal(67)]


def test_words_stay_words_and_years_no_figures() -> None:
    table, _ = numbers_swapped([Decimal(67), Decimal(2019)], "Sixty-seven came in 2019", 0)
    assert len(table) == 1
    (there,) = table.values()
    assert there.replace("-", "").isalpha()
    assert there[0].isupper()


def test_years_move_and_figures_hours_and_decades_do_not() -> None:
    text = "In 2019, and in 2023-24, not 2,019 nor $2019 nor the 1990s nor A2019"
    assert years_swapped(text, -28) == {"2019": "1991", "2023-24": "1995-96"}
    assert decades_of(text) == {1990}


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(0, 2000), st.booleans())
def test_a_moved_calendar_tells_what_was_before(first: date, days: int, approximate: bool) -> None:
    last = date.fromordinal(first.toordinal() + days)
    before = DateInterval.spanning(first, last, approximate)
    after = DateInterval.spanning(_later(first), _later(last), approximate)
    assert MovedCalendar({}).tell(before) == MovedCalendar({}, years=28).tell(after)
    assert MovedCalendar({}).tell(before) != MovedCalendar({}).tell(after)


def _later(day: date) -> date:
    return day.replace(year=day.year + 28)


def test_a_decade_that_is_named_stayed() -> None:
    decade = parse_edtf("199X")
    told = {MovedCalendar({}, years=years, decades=frozenset({1990})).tell(decade) for years in (0, 28)}
    assert len(told) == 1


def test_places_of_one_kind_in_each_form() -> None:
    words, concepts = entries_swapped("In Hwacheon County, off Sokcho; Hwacheon was quiet.", 0)
    assert set(words) == {"Hwacheon", "Hwacheon County", "Sokcho"}
    assert words["Hwacheon County"] == f"{words['Hwacheon']} County"
    assert set(concepts) == {"id:place/hwacheon", "id:place/sokcho"}


def test_a_place_that_holds_another_stays() -> None:
    assert "Thailand" in entries_swapped("in Thailand", 0)[0]
    assert "Thailand" not in entries_swapped("in Bangkok, Thailand", 0)[0]
