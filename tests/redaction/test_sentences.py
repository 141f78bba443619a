from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.redaction.sentences import hide, sentences, touched

BLOCKS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=2)
SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=6)


def cut(text: str) -> list[str]:
    return [text[a:b].strip() for a, b in sentences(text, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ('He said "so there." Nobody heard.', ['He said "so there."', "Nobody heard."]),
        ("On Oct. 20 he left. It rained.", ["On Oct. 20 he left.", "It rained."]),
        ("Lt. Mina of the U.S. Army came. It rained!", ["Lt. Mina of the U.S. Army came.", "It rained!"]),
        ("It was 2.5 km. Then he rested.", ["It was 2.5 km.", "Then he rested."]),
        ("She was 30. He was not.", ["She was 30.", "He was not."]),
        ("One line\nof a paragraph. Next.", ["One line\nof a paragraph.", "Next."]),
        # Whether this is the end nobody can tell, so it is none.
        ("He met Mina. She left.", ["He met Mina. She left."]),
    ],
)
def test_a_sentence_ends_where_it_surely_does(text: str, wanted: list[str]) -> None:
    assert cut(text) == wanted


def test_none_is_longer_than_its_block_and_lines_between_blocks_are_blocks() -> None:
    text = "# A heading\n\nA paragraph\nof two lines\n\nand more"
    start = text.index("A paragraph")
    block = (start, text.index("\n\nand"))
    assert [text[a:b] for a, b in sentences(text, [block])] == ["# A heading", "A paragraph\nof two lines", "and more"]


@given(st.text(alphabet="aB .!?\n\u201d1\uac00", max_size=40), BLOCKS)
def test_sentences_are_apart_in_order_and_leave_out_nothing_but_space(text: str, blocks: list[tuple[int, int]]) -> None:
    inside = [(a, b) for a, b in blocks if a < b <= len(text)]
    found = sentences(text, inside)
    assert all(a < b for a, b in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    covered = {place for a, b in found for place in range(a, b)}
    assert all(text[place].isspace() for place in range(len(text)) if place not in covered)


@given(SPANS, SPANS)
def test_touched_is_what_shares_a_code_point(pieces: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    spans: list[tuple[int, int]] = []
    for start, length in sorted(pieces):
        if not spans or start >= spans[-1][1]:
            spans.append((start, start + length))
    by = [(start, start + length) for start, length in others]
    wanted = tuple(s for s in spans if any(s[0] < b and a < s[1] for a, b in by))
    assert touched(spans, by) == wanted


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3))
def test_a_hidden_text_keeps_its_length_and_its_lines(text: str, spans: list[tuple[int, int]]) -> None:
    shown = hide(text, spans)
    assert len(shown) == len(text)
    for place, (was, now) in enumerate(zip(text, shown, strict=True)):
        within = any(a <= place < b for a, b in spans)
        assert now == (was if was in "\r\n" or not within else "\u2588")
