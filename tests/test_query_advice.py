from __future__ import annotations

import pytest

from kg.query_advice import advice, meant, near
from kg.query_syntax import parse
from kg.query_text import QueryText


def advised(query: str) -> str:
    text = QueryText(query)
    fault = parse(query, text.tokens).fault
    assert fault is not None
    return advice(text, fault)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?s }", "expected a property"),
        ("ASK { ?s a }", "expected a term"),
        ("ASK", "expected '{', FROM or WHERE"),
        ("ASK { GRAPH { } }", "expected a variable or an IRI"),
        ("ASK { FILTER(NOW(1)) }", "expected ()"),
        ("SELECT ?a { } LIMIT", "expected a whole number"),
        ("DESCRIBE", "expected a variable or an IRI"),
        ("ASK { ?s ?p 1 2 }", "expected ',', '.', ';', '}' or a pattern such as OPTIONAL or FILTER"),
    ],
)
def test_what_could_stand_there_is_told_in_words(query: str, expected: str) -> None:
    assert advised(query).endswith(expected)


def test_a_bracket_is_told_with_the_place_of_its_fellow() -> None:
    query = "ASK {\n  FILTER(STR(?a) = (1 + 2)\n}"
    assert advised(query) == "'}' stands here, and the '(' of line 2, column 9 is not closed"


def test_a_word_is_told_what_it_was_probably_meant_for() -> None:
    assert meant("skso", ["skos", "cx"]) == "skos"
    assert meant("FOO", ["FLOOR"], 0.76) is None
    assert meant("x" * 100_000, ["skos"]) is None
    assert "did you mean UNION?" in advised("ASK { { } UNON { } }")
    assert "did you mean" not in advised("ASK { { } zebra { } }")


def test_near_is_one_line_and_short() -> None:
    assert near(QueryText("a\nb" + "c" * 90), 2) == "'b" + "c" * 29 + "'"
    assert near(QueryText("a\nb"), 1) == near(QueryText("a"), 1) == "the end of the query"
