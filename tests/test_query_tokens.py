"""The lexer is tested against the engine: what makes the engine call another endpoint must have been refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.query_tokens import Token, tokenize

#: The engine refuses port 1 before it connects: a call is told by its message, and nothing leaves the machine.


@given(st.text(st.sampled_from("SELECT{}?ab:<>\"'\\#\n\r ._@^/|*()é😀-19"), max_size=60))
def test_tokens_cover_the_text_in_order(text: str) -> None:
    position = 0
    for token in tokenize(text):
        assert text[position : token.start].strip(" \t\r\n") == ""
        assert text[token.start :].startswith(token.text)
        assert token.text
        position = token.start + len(token.text)
    assert text[position:].strip(" \t\r\n") == ""


@pytest.mark.parametrize(
    "piece", ["a1", "a-", "a.", "é0·", "1a.", "_a1", "a.1:", "'", '"', "<", "a:b.", "_:a.", "(", "\\"]
)
def test_the_time_to_read_a_text_grows_with_its_length(piece: str) -> None:
    # Where it grew with the square, 200 000 characters took minutes; the bound is generous for a machine at work.
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    assert sum(len(token.text) for token in tokenize(text)) == len(text)
    assert time.process_time() - began < 10


@given(st.text(alphabet="aé_1-.:·\u0300 \\", max_size=30))
@example("a1.a1.:b")
@example("1a:b-a1a:")
@example("_a1:b")
def test_a_name_is_found_wherever_it_begins(text: str) -> None:
    # What follows a token is read as if it stood alone: nothing is skipped because of what stood before it.
    for token in tokenize(text):
        assert next(tokenize(text[token.start :])) == Token(token.kind, token.text, 0)
