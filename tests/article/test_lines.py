"""Lines put together to units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.article.lines import units

LINE = st.text(st.characters(codec="utf-8"), max_size=30)
TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.one_of(LINE, st.sampled_from(["", "- item", "# Title #", "A sentence.", "cut off,", "  ", "\x85", "•"]))
    ).map("\n".join),
)


def found(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in units(text)]


@given(TEXTS)
def test_units_are_sorted_disjoint_and_without_white_space_at_their_ends(text: str) -> None:
    after = 0
    for unit in units(text):
        words = text[unit.start : unit.end]
        assert after <= unit.start < unit.end <= len(text)
        assert words == words.strip()
        after = unit.end


@given(TEXTS)
def test_only_white_space_and_marks_stand_between_units(text: str) -> None:
    rest = list(text)
    for unit in units(text):
        rest[unit.start : unit.end] = "\n" * (unit.end - unit.start)
    assert set("".join(rest)) <= set("#-*•‣▪◦●·–0123456789.)") | {sign for sign in rest if sign.isspace()}


def test_one_paragraph_a_line() -> None:
    assert found("The guard saw him.\nHe was led away.\n") == ["The guard saw him.", "He was led away."]


def test_a_line_cut_in_mid_sentence_goes_on() -> None:
    assert found("The army confirmed it,\nwhich it rarely does.") == ["The army confirmed it,\nwhich it rarely does."]
    assert found("The crossing was seen by the\nArmy of the South.") == [
        "The crossing was seen by the\nArmy of the South."
    ]
    assert found("He walked\nnorth for a day.") == ["He walked\nnorth for a day."]


def test_hard_wrapped_prose_is_one_unit_a_paragraph() -> None:
    wrapped = (
        "A fisherman rowed over the line in the fog on Monday and asked for\n"
        "asylum. Coast guards brought him ashore within the hour.\n"
        "Officials declined to give his name, and the ministry said only that\n"
        "Seoul had been told. Two more boats were seen on the same day, but\n"
        "They turned back.\n"
    )
    assert found(wrapped) == [
        wrapped[: wrapped.index("Officials") - 1],
        wrapped[wrapped.index("Officials") : -1],
    ]


def test_carriage_returns_end_lines_as_well() -> None:
    assert found("One.\r\n\r\nTwo.\rThree.") == ["One.", "Two.", "Three."]


def test_marks_are_left_out() -> None:
    made = units("# Title ##\n\n- first\n* second\n1. third\n\n#tag")
    text = "# Title ##\n\n- first\n* second\n1. third\n\n#tag"
    assert [(text[u.start : u.end], u.level, u.bullet) for u in made] == [
        ("Title", 1, False),
        ("first", 0, True),
        ("second", 0, True),
        ("third", 0, True),
        ("#tag", 0, False),
    ]


def test_a_list_item_goes_on_in_lower_case_only() -> None:
    assert found("- a man crossed\n  the river\nThe end.") == ["a man crossed\n  the river", "The end."]
