from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search.romanisation import Romanisation, read_romanisation
from kg.search.words import words

TABLE = read_romanisation()


def keys(name: str, *, turned: bool = False) -> frozenset[str]:
    parts = [word.text for word in words(name)]
    assert all(map(TABLE.is_korean, parts)), name
    return TABLE.keys(parts, turned=turned)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "리일규",
            "이일규",
            "Ri Il Kyu",
            "Ri Il-kyu",
            "Lee Il-kyu",
            "Lee Ilgyu",
            "Rhee Il Gyu",
            "Yi Il-kyu",
            "RI Il Kyu",
        ),
        ("김정은", "Kim Jong Un", "Kim Jong-un", "Kim Jongun", "Kim Jung Eun", "Gim Jeong-eun", "Kim Chŏng-ŭn"),
        ("박철수", "Park Chul-soo", "Pak Chol Su", "Bak Cheolsu", "Pak Ch'ŏlsu"),
        ("윤석열", "Yoon Suk Yeol", "Yun Seok-yeol", "Youn Sukyeol"),
        ("최승철", "Choi Seung-chul", "Choe Sung Chol"),
        ("림꺽정", "임꺽정", "Lim Kkeokjeong", "Rim Kkok Jong", "Im Kkeok-jeong"),
        ("백선엽", "Paik Sun-yup", "Baek Seon-yeop", "Paek Sŏnyŏp"),
        ("평양", "Pyongyang", "Pyeongyang", "P’yŏngyang"),
        ("고성", "Goseong", "Kosong", "Kosŏng"),
        ("판문점", "Panmunjom", "Panmunjeom", "P'anmunjŏm"),
        ("남궁민", "Namgung Min", "Namkoong Min"),
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    for one, other in itertools.pairwise(spellings):
        assert keys(one) & keys(other), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ri Il Kyu", "Lee Jae Myung"), ("Kim Jong Un", "Kim Jong Il"), ("Park", "Kim"), ("고성", "개성"), ("Ri", "Ro")],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert not keys(one, turned=True) & keys(other, turned=True)


def test_a_surname_may_come_last_where_that_is_asked_for() -> None:
    assert keys("Il Kyu Ri", turned=True) & keys("Lee Il-kyu")
    assert not keys("Il Kyu Ri") & keys("Lee Il-kyu")


@pytest.mark.parametrize("word", ["strength", "victory", "2024", "dmz", "x" * 50, "ма", "李"])
def test_what_korean_syllables_do_not_make_has_no_key(word: str) -> None:
    assert not TABLE.is_korean(word)


def test_the_parts_of_a_name_in_hangul() -> None:
    assert TABLE.parts("리일규") == ["리", "일규"]
    assert TABLE.parts("남궁민") == ["남", "궁민", "남궁", "민"]
    assert TABLE.parts("합동참모본부") == []


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6))
def test_any_hangul_has_letters_and_a_key(word: str) -> None:
    letters = TABLE.letters(word)
    assert letters.isascii()
    assert letters.isalpha()
    assert TABLE.is_korean(word)
    # Written apart, the syllables make the same key: a hyphen or a space says nothing.
    assert keys(word) & keys(" ".join(word))
    assert keys(word) & keys("-".join(TABLE.letters(sign) for sign in word))


@given(st.lists(st.sampled_from(["il", "kyu", "jong", "un", "chol", "su", "hye", "won"]), min_size=1, max_size=4))
def test_hyphen_space_and_nothing_are_the_same(syllables: list[str]) -> None:
    assert keys(" ".join(syllables)) & keys("-".join(syllables)) & keys("".join(syllables))


def test_the_table_survives_being_written() -> None:
    again = Romanisation.of(TABLE.written)
    assert again.table == TABLE.table
    assert again.written == TABLE.written


def test_the_table_names_no_surname_without_a_spelling() -> None:
    assert all(TABLE.table.surnames.values())
    assert set(TABLE.table.same.values()) <= set(TABLE.table.surnames)
