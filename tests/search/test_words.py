from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search.words import plain, signs, stem, words


@given(st.text())
def test_words_are_letters_and_digits_and_stand_where_they_say(text: str) -> None:
    last = 0
    for word in words(text):
        assert word.text
        assert word.text.isalnum()
        # One character may be two words, such as a fraction: they then stand in the same place.
        assert last <= word.start < word.end <= len(text)
        last = word.start


@given(st.text())
def test_what_was_folded_folds_to_itself(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


@given(st.text())
def test_case_and_composition_do_not_count(text: str) -> None:
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text))
    if text.isascii():
        assert plain(text.upper()) == plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("South Korea's military", "south korea military"),
        ("South Korea’s military", "south korea military"),
        ("P'yŏngyang, CH’ŎLSU", "pyongyang cholsu"),
        ("U.N. and J.C.S.", "un and jcs"),
        ("Ri Il-kyu", "ri il kyu"),
        ("2025-10-19", "2025 10 19"),
        ("리일규(李日奎)씨", "리일규 李日奎 씨"),
        ("KBS뉴스 9시", "kbs 뉴스 9 시"),
        ("\uff2b\uff22\uff33 \ufb01ve", "kbs five"),
        ("Café\u0301 Weiß", "cafe weiss"),
        ("snake_case \x00 \ud800 --", "snake case"),
        ("", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_places_are_those_of_the_text() -> None:
    text = "한글 P’yŏngyang’s Weiß"
    assert [text[word.start : word.end] for word in words(text)] == ["한글", "P’yŏngyang", "Weiß"]
    assert [text[sign.start : sign.end] for sign in signs(text)] == ["한", "글"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("defectors", "defector"), ("routes", "route"), ("cities", "city"), ("kyungs", "kyung"), ("gas", "gas")],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_word_and_its_plural_are_one(word: str) -> None:
    if len(word) > 2 and not word.endswith(("s", "u", "a", "e", "o", "i", "y")):
        assert stem(f"{word}s") == stem(word)
