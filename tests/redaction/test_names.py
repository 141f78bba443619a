from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.redaction.names import Names, is_full, parts_of, words_of

WORD = st.text(string.ascii_lowercase, min_size=2, max_size=8)
NAME = st.lists(WORD, min_size=2, max_size=4)
BETWEEN = st.sampled_from([" ", "-", "  ", "\u2011", "\u00a0", "_", ". ", "'", ""])


@pytest.mark.parametrize(
    "text",
    [
        "a letter of Mina Do-ran's",
        "MINA DO RAN",
        "https://news.example/2031/mina-do-ran-speaks",
        "#MinaDoRan",
        "Do-ran Mina went",
        "M\u00edna D\u014d-ran",
        "\uff2d\uff29\uff2e\uff21 Do Ran",
        "Mina\nDo-ran",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert len(Names(["Mina Do-ran"]).found(text)) == 1


@pytest.mark.parametrize("text", ["Mina Do-rand", "Amina Do-ran", "Mina did run", "Mina, who met Do-ran", ""])
def test_another_name_is_not(text: str) -> None:
    names = Names(["Mina Do-ran"])
    assert names.found(text) == ()
    assert not names.name(text)


def test_a_name_of_hangul_is_found_before_a_particle() -> None:
    text = "\uc5b4\uc81c \ub9ac\uc77c\uaddc\ub294 \uc654\ub2e4"
    assert [text[a:b] for a, b in Names(["\ub9ac\uc77c\uaddc"]).found(text)] == ["\ub9ac\uc77c\uaddc"]


def test_without_names_nothing_is_found() -> None:
    assert not Names()
    assert not Names(["..."])
    assert Names().found("anything") == ()


@given(
    NAME, st.lists(BETWEEN, min_size=3, max_size=3), st.text(alphabet=" .,;\u2014\u201c\uac00", max_size=5), st.data()
)
def test_the_span_is_that_of_the_name(words: list[str], marks: list[str], before: str, data: st.DataObject) -> None:
    written = words[0] + "".join(mark + word for mark, word in zip(marks, words[1:], strict=False))
    cased = "".join(data.draw(st.sampled_from([c, c.upper()])) for c in written)
    text = f"{before} {cased} {before}"
    spans = Names([" ".join(words)]).found(text)
    assert text.index(cased) in [start for start, _ in spans]
    assert all(words_of(text[a:b]) for a, b in spans)
    assert any(a <= len(before) + 1 and len(before) + 1 + len(cased) <= b for a, b in spans)


def test_parts_leave_out_what_is_a_word_of_the_language() -> None:
    assert set(parts_of("Do An Mina")) == {"mina", "do an", "an mina"}
    assert is_full("Do Mina")
    assert not is_full("Mina")
