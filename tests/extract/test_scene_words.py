"""The clause of a word, the word before a phrase, and words in one form."""

from __future__ import annotations

import pytest

from kg.extract.parsed import Token
from kg.extract.scene_words import clause_of, is_subject, plain_word, word_before
from tests.support.documents import document


def word(text: str, form: str) -> Token:
    """A word of a text."""
    return next(t for s in document(text).sentences for t in s.span if t.text == form)


@pytest.mark.parametrize(
    ("text", "form", "head"),
    [
        ("A man walked past the fence.", "fence", "walked"),
        ("The arrival of a man in Sokcho surprised us.", "Sokcho", "arrival"),
        ("He was found in a barn near Paju.", "Paju", "found"),
    ],
)
def test_the_clause_of_a_word(text: str, form: str, head: str) -> None:
    assert clause_of(word(text, form)).text == head


@pytest.mark.parametrize(
    ("text", "form", "before"),
    [
        ("He swam to a small rocky islet.", "islet", "to"),
        ("He stood within sight of the post.", "post", "within"),
        ("Islets are small.", "Islets", ""),
        ("He stood off Sokcho.", "Sokcho", "off"),
    ],
)
def test_the_word_before_a_phrase(text: str, form: str, before: str) -> None:
    token = word(text, form)
    assert word_before(token.doc, token.i) == before


@pytest.mark.parametrize(
    ("text", "form", "plain"),
    [
        ("She gave her guards the slip.", "gave", "give"),
        ("She gave her guards the slip.", "her", "their"),
        ("They took him in.", "him", "them"),
        ("She gave herself up.", "herself", "themselves"),
        ("He didn't return.", "n't", "not"),
        ("The Guards slept.", "Guards", "guards"),
    ],
)
def test_one_form_of_a_word(text: str, form: str, plain: str) -> None:
    assert plain_word(word(text, form)) == plain


def test_a_subject_and_an_owner() -> None:
    assert is_subject(word("Sokcho is a port.", "Sokcho"))
    assert is_subject(word("Sokcho's port is small.", "Sokcho"))
    assert not is_subject(word("He lives in Sokcho.", "Sokcho"))
