"""How many persons a noun phrase stands for."""

from __future__ import annotations

import pytest

from kg.extract.head_counts import is_figure, is_numbered
from kg.extract.parsed import Token
from tests.support.clauses import Clauses


def head(text: str, word: str) -> tuple[Clauses, Token]:
    """A word of a text."""
    told = Clauses(text)
    return told, next(t for s in told.builder.document.sentences for t in s.span if t.text == word)


@pytest.mark.parametrize(
    ("text", "word", "plural", "count"),
    [
        ("Six men walked over.", "men", True, 6),
        ("Thirty-one men walked over.", "men", True, 31),
        ("A man walked over.", "man", False, 1),
        ("A couple walked over.", "couple", True, 2),
        ("Several men walked over.", "men", True, None),
        ("A family of four walked over.", "family", True, 4),
        ("On 8 May 2018 a man walked over.", "man", False, 1),
        ("In October 1985 six men were returned.", "men", True, 6),
        ("In October 2020 six men were returned.", "men", True, 6),
    ],
)
def test_number_of_a_phrase(text: str, word: str, plural: bool, count: int | None) -> None:
    told, token = head(text, word)
    assert told.people.counts.of(token, plural) == count


@pytest.mark.parametrize(
    ("text", "word", "figure", "numbered"),
    [
        ("More than 30 men came.", "men", False, True),
        ("Thousands came.", "Thousands", True, False),
        ("The majority came.", "majority", True, False),
        ("Six men came.", "men", False, True),
    ],
)
def test_figures(text: str, word: str, figure: bool, numbered: bool) -> None:
    _, token = head(text, word)
    assert (is_figure(token), is_numbered(token)) == (figure, numbered)
