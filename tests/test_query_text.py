"""The lexer is tested against the engine: what makes the engine call another endpoint must have been refused."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.namespaces import expand
from kg.query_text import QueryText, RefusedError

#: The engine refuses port 1 before it connects: a call is told by its message, and nothing leaves the machine.


@pytest.mark.parametrize(
    "word", ["INSERT DATA", "delete", "LOAD", "Clear", "DROP", "CREATE", "WITH", "COPY", "MOVE", "ADD"]
)
def test_updates_are_refused_with_their_word(word: str) -> None:
    with pytest.raises(RefusedError, match=f"{word.split()[0].upper()} is an update") as caught:
        QueryText(f"# SELECT\nPREFIX a: <http://a/>\n{word} {{ <a:a> <a:b> <a:c> }}").refuse_updates()
    assert caught.value.refusal == "update"
    assert (caught.value.line, caught.value.column) == (3, 1)


def test_a_query_that_speaks_of_updates_is_none() -> None:
    QueryText("SELECT ?insert { ?insert <http://a/delete> 'LOAD' } # DROP").refuse_updates()


@pytest.mark.parametrize(
    ("query", "form", "kind"),
    [
        ("SELECT * {}", "SELECT", "results"),
        ("# ASK\nPREFIX select: <http://a/> BASE <http://b/>\nask {}", "ASK", "results"),
        ("Construct { ?s ?p ?o } { ?s ?p ?o }", "CONSTRUCT", "graph"),
        ("DESCRIBE<http://a/>", "DESCRIBE", "graph"),
        ("", None, "results"),
        ("nonsense SELECT", None, "results"),
    ],
)
def test_the_form_is_told_by_the_first_keyword(query: str, form: str | None, kind: str) -> None:
    assert QueryText(query).form == form
    assert QueryText(query).kind == kind


def test_nesting_is_counted_outside_strings_and_comments() -> None:
    QueryText("SELECT * { ?s ?p '((((((' } # ((((((").refuse_nesting(1)
    QueryText("{()()()}").refuse_nesting(2)
    with pytest.raises(RefusedError, match="more than 2 deep") as caught:
        QueryText("{(\n[").refuse_nesting(2)
    assert (caught.value.line, caught.value.column) == (2, 1)


def test_the_graphs_of_from_clauses_are_found() -> None:
    text = QueryText(
        "BASE <http://base.example/a/> PREFIX g: <http://g.example/>\n"
        "CONSTRUCT { ?s ?p ?o } FROM <b> FROM g:c FROM NAMED graph:vocabulary FROM NAMED <http://d.example/>\n"
        "WHERE { ?s ?p 'FROM <http://no.example/>' . { SELECT * { ?from ?p ?o } } }"
    )
    default, named = text.dataset
    assert [text.iri_of(token) for token in default] == ["http://base.example/a/b", "http://g.example/c"]
    assert [text.iri_of(token) for token in named] == [expand("graph:vocabulary"), "http://d.example/"]


def test_an_iri_is_read_against_the_base_before_it_or_that_of_the_project() -> None:
    text = QueryText(
        "BASE <http://a.example/b/> BASE <c/d> PREFIX p: <#> BASE <http://e.example/>\n"
        "ASK FROM p:x FROM <y> FROM <> FROM <urn:z> {}"
    )
    found = [text.iri_of(token) for token in text.dataset[0]]
    assert found == ["http://a.example/b/c/d#x", "http://e.example/y", "http://e.example/", "urn:z"]
    text = QueryText("PREFIX p: <graph/> ASK FROM p:x FROM <id/y> {}")
    assert [text.iri_of(token) for token in text.dataset[0]] == [expand("graph:x"), expand("id:y")]


def test_terms_are_iris_and_names_in_full_but_not_those_of_the_prologue() -> None:
    text = QueryText(
        "PREFIX p: <http://p.example/> SELECT * { ?s p:a\\-b <http://c.example/\\u0064> ; a cx:Claim ; no:x 1 }"
    )
    assert text.terms() == {"http://p.example/a-b", "http://c.example/d", expand("cx:Claim")}


def test_an_undeclared_prefix_is_found_and_declared_ones_are_not() -> None:
    assert QueryText("PREFIX a: <http://a/> SELECT * { a:x cx:y ?z }").undeclared_prefix() is None
    found = QueryText("SELECT * {\n ?s b:c 'd:e' }").undeclared_prefix()
    assert found is not None
    assert (found.text, QueryText("SELECT * {\n ?s b:c 'd:e' }").place(found.start)) == ("b:c", (2, 5))


def test_a_refusal_is_a_query_error() -> None:
    assert issubclass(RefusedError, QueryError)


def test_a_host_that_is_none_and_an_escaped_surrogate_are_left_to_the_engine() -> None:
    text = QueryText("BASE <http://a.example/> SELECT * FROM <http://[> FROM <b> {}")
    assert [text.iri_of(token) for token in text.dataset[0]] == ["http://[", "http://a.example/b"]
    text = QueryText("SELECT * FROM <http://a.example/\\uD800> {}")
    assert [text.iri_of(token) for token in text.dataset[0]] == ["http://a.example/\\uD800"]
