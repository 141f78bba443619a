from __future__ import annotations

import pytest

from kg.query_scope import misuse
from kg.query_syntax import parse
from kg.query_text import QueryText


def said(text: str, start: str = "Query") -> tuple[int, str] | None:
    parsed = parse(text, QueryText(text).tokens, start)
    assert parsed.fault is None
    found = misuse(parsed.nodes)
    return None if found is None else (found[0].start, found[1])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { FILTER(?x > 1) BIND(1 AS ?x) }",
        "SELECT * { MINUS { ?x ?y ?z } BIND(1 AS ?x) }",
        "SELECT * { FILTER EXISTS { ?x ?y ?z } BIND(1 AS ?x) }",
        "SELECT * { { SELECT ?y { ?x ?y ?z } } BIND(1 AS ?x) }",
        "SELECT * { { BIND(1 AS ?x) } UNION { BIND(2 AS ?x) } }",
        "SELECT (COUNT(?x) AS ?x) { ?x ?y ?z }",
        "SELECT ?k (SUM(?x) AS ?n) { ?x ?y ?z } GROUP BY (STR(?y) AS ?k)",
        "SELECT ?y (EXISTS { ?s ?y ?o } AS ?n) { ?x ?y ?z } GROUP BY ?y",
        "SELECT ?y { ?x ?y ?z FILTER EXISTS { SELECT (COUNT(*) AS ?n) { } } }",
        "SELECT * { _:a ?b ?c FILTER(?b > 1) _:a ?d ?e }",
        "SELECT * { VALUES (?a ?b) { (1 UNDEF) ('x'@en 2) } VALUES () { () } }",
    ],
)
def test_what_may_be_asked_is_let_pass(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("SELECT * { GRAPH ?x { ?a ?b ?c } BIND(1 AS ?x) }", 43, "?x is bound before"),
        ("SELECT * { OPTIONAL { ?x ?b ?c } BIND(1 AS ?x) }", 43, "?x is bound before"),
        ("SELECT * { VALUES ?x { 1 } BIND(1 AS ?x) }", 37, "?x is bound before"),
        ("SELECT * { { SELECT * { ?x ?y ?z } } BIND(1 AS ?x) }", 47, "?x is bound before"),
        ("SELECT ?a ?b { ?a ?b ?c } GROUP BY ?a HAVING(COUNT(?b) > 1)", 10, "?b is selected from groups"),
        ("SELECT (?x + BOUND(?y) AS ?n) { } GROUP BY ?x", 19, "?y is selected from groups"),
        ("SELECT (1 AS ?z) { } GROUP BY ?z", 13, "?z is bound by the pattern"),
        ("ASK { _:a ?b ?c . ?x ?y ?z { } _:a ?d ?e }", 31, "the blank node _:a stands in two patterns"),
    ],
)
def test_what_may_not_is_told(text: str, start: int, words: str) -> None:
    found = said(text)
    assert found is not None
    assert (found[0], words in found[1]) == (start, True)


def test_of_two_mistakes_the_first_is_told() -> None:
    assert said("SELECT ?a ?a { VALUES ?b { 1 } BIND(1 AS ?b) }") == (10, "?a is selected twice")


def test_only_what_is_deleted_may_have_no_blank_nodes() -> None:
    assert said("DELETE { ?s ?p ?o } INSERT { _:a ?p ?o } WHERE { ?s ?p ?o }", "Update") is None
    assert said("INSERT DATA { _:a <a:b> [ ] }", "Update") is None
    assert said("DELETE WHERE { ?s ?p [] }", "Update") == (
        21,
        "DELETE takes no blank nodes: write a variable, and bind it in WHERE",
    )
