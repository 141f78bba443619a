"""Which words stand between quotation marks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.quotations import is_quoted, quotation_of
from tests.support.documents import document


def test_words_between_marks_are_quoted_and_others_are_not() -> None:
    doc = document('The guard said: "He came alone." Then he left.').parses[0][1]
    assert [t.text for t in doc if is_quoted(t)] == ["He", "came", "alone", "."]


def test_a_quotation_that_is_left_open_runs_to_the_end() -> None:
    doc = document('The guard said: "He came alone and he slept').parses[0][1]
    said = next(t for t in doc if t.text == "slept")
    assert quotation_of(said) == (next(t.i for t in doc if t.text == '"'), len(doc))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["Boats", "drift", "past", '"', "reeds"]), min_size=1, max_size=12))
def test_no_mark_is_itself_quoted(words: list[str]) -> None:
    doc = document("The pilot says " + " ".join(words)).parses[0][1]
    marks = [t for t in doc if t.text in {'"', "``", "''"}]
    assert not [t for t in marks if is_quoted(t)]
