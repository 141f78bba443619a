"""What the substitution test compares by: a comparison that tells nothing apart would prove nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.intervals import DateInterval, parse_edtf
from tests.support.calendars import Calendar, same_pattern
from tests.support.renderings import Piece, Rendering, replaced
from tests.support.signature import difference
from tests.support.substitution import Legend, render

WORDS = Rendering(
    (Piece("The "), Piece("lance corporal", "rank"), Piece(" came on "), Piece("Monday", "day"), Piece("."))
)


def test_words_name_whole_slots_and_mark_cut_ones() -> None:
    assert WORDS.words(0, len(WORDS.text)) == "The «rank» came on «day»."
    assert WORDS.words(4, 18) == "«rank»"
    assert WORDS.words(10, 18) == "«part of rank»"
    assert WORDS.words(0, 14, shift=4) == "«rank»"


def test_position_counts_no_letter_of_a_value() -> None:
    other = Rendering(tuple(Piece("x" * 3, p.slot) if p.slot else p for p in WORDS.pieces))
    for word in ("The", "came", "on ", "."):
        assert WORDS.position(WORDS.text.index(word)) == other.position(other.text.index(word))
    assert WORDS.position(4) != WORDS.position(10) != WORDS.position(18)


def test_restore_takes_the_longest_value_and_whole_words() -> None:
    rendering = Rendering((Piece("Min", "surname"), Piece(" "), Piece("Min Jae", "name")))
    assert rendering.restore("Min Jae met Mina and Min") == "«name» met Mina and «surname»"


@given(st.text(alphabet="ab c.\n", max_size=60))
def test_replacing_keeps_the_text_and_its_pieces(text: str) -> None:
    before, after = replaced(text, {"a": "xyz", "a b": "y", "c": "z"})
    assert before.text == text
    assert [(p.slot, p.slot or p.text) for p in before.pieces] == [(p.slot, p.slot or p.text) for p in after.pieces]
    assert after.words(0, len(after.text)) == before.words(0, len(before.text))


def test_kept_stretches_are_not_replaced() -> None:
    before, after = replaced("id: a\nsays a\n", {"a": "b"}, keep=("^id: .*$",))
    assert (before.text, after.text) == ("id: a\nsays a\n", "id: a\nsays b\n")


def test_calendar_tells_dates_by_what_is_named() -> None:
    one = Calendar({"published": "2021-03-12", "event": "2021-03-10", "before": "2019"}, base="published")
    other = Calendar({"published": "2014-11-07", "event": "2014-11-05", "before": "2012"}, base="published")
    pairs = [
        ("2021-03-10", "2014-11-05"),
        ("2021-03", "2014-11"),
        ("2021-02", "2014-10"),
        ("2020", "2013"),
        ("2019", "2012"),
        ("2021-03-01/2021-03-12", "2014-11-01/2014-11-07"),
        ("2021-03-07/2021-03-13~", "2014-11-02/2014-11-08~"),
        ("2021-03-11", "2014-11-06"),
        ("../2019", "../2012"),
    ]
    told = [one.tell(parse_edtf(edtf)) for edtf, _ in pairs]
    assert told == [other.tell(parse_edtf(edtf)) for _, edtf in pairs]
    assert len(set(told)) == len(told)
    assert one.tell(None) == "unresolved"


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.booleans())
def test_calendar_tells_intervals_apart(first: date, days: int, approximate: bool) -> None:
    calendar = Calendar({"published": "2021-03-12", "event": "2021-03-10"}, base="published")
    interval = DateInterval.spanning(first, date.fromordinal(first.toordinal() + days), approximate)
    later = DateInterval.spanning(
        date.fromordinal(first.toordinal() + 1), date.fromordinal(first.toordinal() + days + 1), approximate
    )
    assert calendar.tell(interval) != calendar.tell(later)


def test_calendars_of_another_pattern_are_refused() -> None:
    one = Calendar({"published": "2021-03-12", "event": "2021-03-10"})
    assert same_pattern(one, Calendar({"published": "2014-11-07", "event": "2014-11-05"})) is None
    assert same_pattern(one, Calendar({"published": "2014-11-01", "event": "2014-10-30"})) is not None
    assert same_pattern(one, Calendar({"published": "2014-11-05", "event": "2014-11-07"})) is not None


def test_one_value_in_two_slots_is_refused() -> None:
    with pytest.raises(ValueError, match="'Paju' stands for there and for here"):
        render("From {here} to {there}.", {"here": "Paju", "there": "Paju"}, "journey")
    with pytest.raises(ValueError, match="3 stands in b and in a"):
        render("{a} of {b|capital}", {"a": 3, "b": {"text": "three", "number": 3}}, "count")


def test_what_is_left_over_is_told() -> None:
    legend = Legend(
        WORDS, Calendar({}), {"rank:major": "rank"}, {Decimal(5): "n"}, frozenset({"rank:corporal", Decimal(4)})
    )
    assert legend.concept("rank:major") == "«rank»"
    assert legend.concept("rank:corporal") == "rank:corporal left over"
    assert legend.number(5) == "«n»"
    assert legend.number(4) == "4 left over"
    assert legend.number(5, "five men") == "5"


def test_difference_counts_lines() -> None:
    assert difference({"claims": Counter("ab")}, {"claims": Counter("ba")}) == ""
    assert difference({"claims": Counter("aab")}, {"claims": Counter("abc")}) == "claims:\n  - a\n  + c"
