from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.namespaces import PREFIXES
from kg.query_explained import explained, snippet
from kg.query_text import QueryText


def told(query: str) -> tuple[str, int | None, int | None]:
    """What the engine's own error about a query becomes."""
    with pytest.raises(SyntaxError) as caught:
        Store().query(query, prefixes=PREFIXES)
    error = explained(QueryText(query), str(caught.value))
    return str(error), error.line, error.column


@pytest.mark.parametrize(
    ("query", "message", "line", "column"),
    [
        (
            "SELECT * {\n  ?s zz:p ?o }",
            "line 2, column 6: the prefix zz: is not declared; declare it",
            2,
            6,
        ),
        ("SELECT * { ?s skso:prefLabel ?o }", "did you mean skos: ?", 1, 15),
        ("PREFIX mine: <a:> SELECT * { ?s mien:p ?o }", "did you mean mine: ?", 1, 33),
        (
            "SELECT * {\n  ?s cx:place id:place/goseong }",
            r"ends before a slash: write <https://w3id.org/crossings/id/place/goseong> or id:place\/goseong",
            2,
            15,
        ),
        ("SELECT * { ?s cx:a/cx:b id:a/b-c_1 }", r"/id/a/b-c_1> or id:a\/b-c_1", 1, 25),
        ("SELECT * { ?s cx:a/cx:b/a ; }", "this is not SPARQL, at '; }' or before it", 1, 27),
        ("SELECT * { ?s ?p ; }", "line 1, column 20: this is not SPARQL, at '}' or before it", 1, 20),
        ("SELECT * { ?s ?p }", "the end of the query or before it", 1, 19),
        ("SELECT * {\n?s ?p\n", "the end of the query or before it", 3, 1),
        ("SELECT", "the end of the query or before it", 1, 7),
    ],
)
def test_an_error_of_the_engine_says_where_and_what(query: str, message: str, line: int, column: int) -> None:
    text, found_line, found_column = told(query)
    assert message in text
    assert (found_line, found_column) == (line, column)


def test_a_sentence_of_the_engine_is_handed_on() -> None:
    error = explained(QueryText("x"), 'error at 1:5: expected one of The variable ?a is bound twice, [a-z], "x"')
    assert str(error) == "line 1, column 5: The variable ?a is bound twice"


def test_what_the_engine_says_without_a_place_is_handed_on_whole() -> None:
    error = explained(QueryText("x"), "something else")
    assert (str(error), error.line, error.column) == ("the query is not SPARQL: something else", None, None)


def test_a_place_behind_the_text_is_its_end() -> None:
    assert "at the end of the query" in str(explained(QueryText("a"), "error at 9:1: expected [a-z]"))


def test_a_long_sentence_takes_no_long_time() -> None:
    began = time.process_time()
    error = explained(QueryText("x"), f"error at 1:1: expected one of A{' b' * 50_000}[")
    assert "this is not SPARQL" in str(error)
    assert time.process_time() - began < 5


@given(
    st.lists(st.text(st.sampled_from("ab ?{\t\u200b\U0001f600é"), max_size=300), min_size=1, max_size=4),
    st.data(),
)
def test_the_caret_stands_under_the_place(lines: list[str], data: st.DataObject) -> None:
    line = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, len(lines[line - 1]) + 1))
    shown, caret = snippet("\n".join(lines), line, column).split("\n")
    assert caret.strip(" ") == "^"
    assert len(shown) <= 100
    assert all(mark.isprintable() for mark in shown)
    if column <= len(lines[line - 1]):
        wanted = lines[line - 1][column - 1]
        assert shown[len(caret) - 1] == (wanted if wanted.isprintable() else " ")


def test_a_line_that_the_text_has_not_is_shown_empty() -> None:
    assert snippet("a", 5, 1) == "\n^"
