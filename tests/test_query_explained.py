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
        ("SELECT * { ?s ?p ; }", "line 1, column 18: this is not SPARQL, at '; }' or before it", 1, 18),
        ("SELECT * { ?s ?p }", "this is not SPARQL, at '}' or before it: expected a term", 1, 18),
        ("SELECT * {\n?s ?p\n", "the end of the query or before it", 3, 1),
        ("SELECT", "the end of the query or before it", 1, 7),
    ],
)
def test_an_error_of_the_engine_says_where_and_what(query: str, message: str, line: int, column: int) -> None:
    text, found_line, found_column = told(query)
    assert message in text
    assert (found_line, found_column) == (line, column)


#: A query in which each mistake stands on its fourth line, and much that is right behind it.
_AROUND = """SELECT ?i ?f
WHERE {
  ?i cx:place ?p .
  %s
  ?i cx:front ?f .
}
GROUP BY ?i ?f
ORDER BY ?i"""


@pytest.mark.parametrize(
    ("fourth", "column", "message"),
    [
        ("FILTER(foo(?i))", 8, "foo is no function of SPARQL; those of other vocabularies are called by their IRI"),
        ("FILTER(strlength(?i) > 1)", 8, "strlength is no function of SPARQL; did you mean STRLEN?"),
        ("FILTER(?i = )", 13, "at ')' or before it: expected an expression"),
        ("FILTER(?i == 1)", 12, "SPARQL compares with one '=': leave out the second"),
        ("FILTER(?i & ?p)", 11, "write '&&'"),
        ("FILTER(?i = TRUE)", 13, "'TRUE' is not SPARQL here; did you mean true?"),
        ("FILTER ?i > 1", 8, "at '?i > 1' or before it: expected a condition in brackets"),
        ("FILTR(?i > 1)", 1, "'FILTR' is not SPARQL here; did you mean FILTER?"),
        ("OPTINAL { ?i cx:day ?d }", 1, "'OPTINAL' is not SPARQL here; did you mean OPTIONAL?"),
        ("OPTIONAL ?i cx:day ?d .", 10, "at '?i cx:day ?d .' or before it: expected '{'"),
        ("BIND(1 AS ?i)", 11, "?i is bound before this BIND: take another name"),
        ("BIND(1 ?n)", 8, "at '?n)' or before it: expected an operator or AS"),
        ("?i cx:day ?d ?i cx:time ?t .", 14, "at '?i cx:time ?t .' or before it: expected ',', '.', ';', '}'"),
        ("?i cx:day .", 11, "at '.' or before it: expected a term"),
        ("?i cx:day ?d , .", 16, "at '.' or before it: expected a term"),
        ("?i cx:day{1,2} ?d .", 10, "at '{1,2} ?d .' or before it: expected a term"),
        ("?i cx:word 'left .", 12, "this string is not closed on its line"),
        ("?i cx:word 'a\\q' .", 12, "this string has a backslash that begins no escape: write two"),
        ("?i cx:word left .", 12, "'left' is a bare word: write \"left\", ?left or a name with its prefix"),
        ("?i cx:page <http://a b> .", 12, "this IRI is not closed, or has what no IRI may have, such as a space"),
        ("?i cx:page <http://[> .", 12, "<http://[> is no IRI"),
        ("?i A cx:Incident .", 4, "'A' is not SPARQL here; did you mean a?"),
        ("?i zz:day 'note: this .", 4, "the prefix zz: is not declared"),
        ("VALUES (?a ?b) { (1 2) (1) }", 24, "this row of VALUES has 1 value, and there are 2 variables"),
        ("VALUES ?a { _:b }", 13, "at '_:b }' or before it: expected '}' or a value"),
        ("VALUES (?a ?a) { }", 12, "?a stands twice in VALUES"),
        ("OPTIONAL { _:b ?x ?y } _:b ?x ?z .", 24, "the blank node _:b stands in two patterns: write a variable"),
        ("{ SELECT * { ?a ?b ?c } GROUP BY ?a }", 10, "SELECT * cannot stand with GROUP BY: name the variables"),
        ("{ SELECT ?a (1 AS ?c) { ?a ?b ?c } }", 19, "?c is bound by the pattern: give the expression another name"),
        ("{ SELECT ?a (1 AS ?a) { } }", 19, "?a is selected twice"),
        ("} }", 3, "this '}' closes nothing"),
        ("?i cx:day ?d )", 14, "')' stands here, and the '{' of line 2, column 7 is not closed"),
    ],
)
def test_a_mistake_is_told_where_it_stands(fourth: str, column: int, message: str) -> None:
    text, found_line, found_column = told(_AROUND % fourth)
    assert (found_line, found_column) == (4, column + 2), text
    assert message in text


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        ("SELEC ?i { }", (1, 1), "'SELEC' is not SPARQL here; did you mean SELECT?"),
        ("SELECT ?i, ?f\nWHERE { ?i ?p ?f }", (1, 10), "SELECT lists its variables without commas between them"),
        ("SELECT ?i\nWHER { ?i ?p ?f }", (2, 1), "'WHER' is not SPARQL here; did you mean WHERE?"),
        (
            "SELECT ?i ?f (COUNT(*) AS ?n)\nWHERE { ?i ?p ?f }\nGROUP BY ?i",
            (1, 11),
            "?f is selected from groups, and is no key of them: add it to GROUP BY, or take one value of each group, "
            "as SAMPLE(?f) does",
        ),
        ("SELECT (COUNT(*) AS ?n) (?n + 1 AS ?m) { }", (1, 26), "?n is defined in this SELECT: where it groups"),
        (
            "SELECT ?i\n{ ?i ?p ?f FILTER(COUNT(?f) > 1) }",
            (2, 19),
            "it stands in SELECT, HAVING or ORDER BY, not in FILTER",
        ),
        ("SELECT ?i\n{ BIND(COUNT(?i) AS ?n) }", (2, 8), "COUNT is an aggregate"),
        ("SELECT ?n { }\nGROUP BY (COUNT(?y) AS ?n)", (2, 11), "not in GROUP BY"),
        ("SELECT (GROUP_CONCAT(?x, ',') AS ?y) { }", (1, 24), "GROUP_CONCAT names its separator"),
        ("SELECT ?i {\n  { ?i ?p ?o\n}", (3, 2), "the query ends here, and the '{' of line 1, column 11 is not closed"),
        ("SELECT ?i {\n  ?i ?p ?o\nGROUP BY ?i", (3, 1), "'GROUP' stands here, and the '{' of line 1, column 11 is"),
        ("SELECT ?i { ?i ?p ?o }\nORDER BY\nLIMIT 5", (3, 1), "or before it: expected a condition in brackets"),
        ("SELECT ?i { ?i ?p ?o } LIMIT ten", (1, 30), "at 'ten' or before it: expected a whole number"),
        ("SELECT ?i { ?i ?p ?o } LIMIT 1.5", (1, 30), "at '1.5' or before it: expected a whole number"),
        ("SELECT ?i { ?i ?p ?o } ;", (1, 24), "at ';' or before it: expected"),
        ("PREFIX ex:a <http://a/> ASK { }", (1, 8), "PREFIX declares what ends with its colon: write ex:"),
        ("CONSTRUCT { ?s cx:a/cx:b ?o } { }", (1, 20), "at '/cx:b ?o } { }' or before it: expected a term"),
    ],
)
def test_a_mistake_outside_the_pattern_is_told_where_it_stands(
    query: str, place: tuple[int, int], message: str
) -> None:
    text, line, column = told(query)
    assert ((line, column), message in text) == (place, True), text


@pytest.mark.parametrize(
    ("update", "place", "message"),
    [
        ("INSERT DATA { <a:s> <a:p> ?o }", (1, 27), "INSERT DATA takes no variables"),
        ("DELETE { _:b ?p ?o } WHERE { ?s ?p ?o }", (1, 10), "DELETE takes no blank nodes"),
        ("DELETE { ?s ?p ?o }\nWERE { ?s ?p ?o }", (2, 1), "did you mean WHERE?"),
        ("CLEAR GRAPH", (1, 12), "expected an IRI"),
    ],
)
def test_an_update_is_read_as_one(update: str, place: tuple[int, int], message: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        Store().update(update)
    error = explained(QueryText(update), str(caught.value), update=True)
    assert ((error.line, error.column), message in str(error)) == (place, True), str(error)


def test_a_sentence_of_the_engine_is_handed_on_with_the_place_of_its_token() -> None:
    said = 'error at 1:8: expected one of The variable ?a is bound twice, [a-z], "x"'
    assert str(explained(QueryText("ASK { ?abc ?b ?c }"), said)) == "line 1, column 7: The variable ?a is bound twice"


def test_what_the_engine_says_without_a_place_is_handed_on_whole() -> None:
    error = explained(QueryText("ASK { }"), "something else")
    assert (str(error), error.line, error.column) == ("the query is not SPARQL: something else", None, None)


def test_a_place_behind_the_text_is_its_end() -> None:
    assert "at the end of the query" in str(explained(QueryText("ASK { }"), "error at 9:1: expected [a-z]"))


def test_a_long_sentence_takes_no_long_time() -> None:
    began = time.process_time()
    error = explained(QueryText("ASK { }"), f"error at 1:1: expected one of A{' b' * 50_000}[")
    assert "this is not SPARQL" in str(error)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {" + "?s cx:place ?o . FILTER(?o > 1 + 2) " * 2_800 + "} }",
        "SELECT * {" + "BIND(1 AS ?x) " * 7_000 + "}",
        "SELECT * { VALUES (" + "?x " * 30_000 + ") { } }",
        "SELECT * { ?s ?p id:a/" + "-" * 100_000 + ": }",
        "ASK {" + "_:a ?p ?o . OPTIONAL { ?x ?y ?z } " * 3_000 + "}",
        "SELEC" + "x" * 100_000,
    ],
    ids=lambda query: query[:20],
)
def test_a_long_query_is_explained_in_a_moment(query: str) -> None:
    began = time.process_time()
    assert explained(QueryText(query), "error at 1:1: expected x").line == 1
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
