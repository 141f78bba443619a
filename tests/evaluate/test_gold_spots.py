from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.gold import Spot
from kg.evaluate.spots import covered, half_covered, locate, merged, overlap, overlaps_half, touches

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda s: (s[0], s[0] + s[1])), max_size=6)


def test_a_quote_is_found_by_its_occurrence_and_offsets_are_taken_as_they_are() -> None:
    text = "one 🚤 two one\ntwo"
    assert locate("one", text) == (0, 3)
    assert locate(Spot(quote="one", nth=2), text) == (10, 13)
    assert locate("one\ntwo", text) == (10, 17)
    assert locate(Spot(at=(4, 5)), text) == (4, 5)


@given(st.text("ab\n🚤", min_size=1, max_size=30), st.data())
def test_every_quote_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    nth = sum(text.startswith(text[start:end], at) for at in range(start + 1))
    assert locate(Spot(quote=text[start:end], nth=nth), text) == (start, end)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("three", "'three' stands not in the text"),
        (Spot(quote="one", nth=3), "'one' stands only 2 times in the text"),
        ("", "an empty quote"),
        (Spot(), "either 'quote' or 'at'"),
        (Spot(quote="one", at=(0, 3)), "either 'quote' or 'at'"),
        (Spot(at=(3, 3)), "is no stretch of a text of 15 characters"),
        (Spot(at=(0, 16)), "is no stretch"),
        ("x" * 70, f"'{'x' * 57}...' stands not"),
    ],
)
def test_words_that_do_not_stand_there_are_refused_with_the_reason(words: str | Spot, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace(".", r"\.")):
        locate(words, "one two one two")


@given(SPANS, st.integers(0, 30), st.integers(1, 9))
def test_covered_counts_each_character_once(spans: list[tuple[int, int]], start: int, length: int) -> None:
    span = (start, start + length)
    inside = {at for a, b in spans for at in range(a, b)} & set(range(*span))
    assert covered(span, spans) == len(inside)
    assert half_covered(span, spans) == (2 * len(inside) >= length)
    assert sum(b - a for a, b in merged(spans)) == len({at for a, b in spans for at in range(a, b)})


def test_overlap_is_of_half_open_stretches() -> None:
    assert overlap((0, 5), (5, 9)) == 0
    assert overlap((0, 6), (5, 9)) == 1
    assert overlaps_half((0, 4), (2, 20))
    assert not overlaps_half((0, 5), (3, 20))
    assert touches([(0, 6)], [(5, 9)])
    assert not touches([(0, 5)], [(5, 9)])
