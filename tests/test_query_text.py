"""The lexer is tested against the engine: what makes the engine call another endpoint must have been refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, Store

from kg.errors import QueryError
from kg.namespaces import PREFIXES, expand
from kg.query_text import QueryText, RefusedError
from kg.query_tokens import Token, tokenize

#: The engine refuses port 1 before it connects: a call is told by its message, and nothing leaves the machine.
CALLED = "port 1 is not allowed"
HERE = "<http://127.0.0.1:1/>"


def store() -> Store:
    made = Store()
    made.add(Quad(NamedNode("http://a.example/"), NamedNode("http://a.example/p"), Literal("x")))
    return made


STORE = store()


def calls(query: str) -> bool:
    """Whether the engine calls the endpoint that a query names."""
    try:
        results = STORE.query(query, prefixes=PREFIXES)
        if not isinstance(results, QueryBoolean):
            for _ in results:
                pass
    except (OSError, RuntimeError) as error:
        # A SERVICE by a variable that is unbound is refused by the engine itself; the lexer must have been first.
        return CALLED in str(error) or "service name" in str(error)
    except (SyntaxError, ValueError):
        return False
    return False


def refused(query: str) -> bool:
    try:
        QueryText(query).refuse_service()
    except RefusedError:
        return True
    return False


CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "SELECT * { service<http://127.0.0.1:1/>{ ?a ?b ?c } }",
    "SELECT * { SeRvIcE # a comment\n <http://127.0.0.1:1/> # { \n { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o . # a comment that ends\rSERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "SELECT * { BIND (<http://127.0.0.1:1/> AS ?x) SERVICE ?x { ?a ?b ?c } }",
    "SELECT * { SERVICE ?x { ?a ?b ?c } }",
    "SELECT * { VALUES ?x { <http://127.0.0.1:1/> } SERVICE?x{ ?a ?b ?c } }",
    "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x{ ?a ?b ?c } }",
    "PREFIX : <http://127.0.0.1:1/> PREFIX SERVICE: <http://127.0.0.1:1/> SELECT * { SERVICE:x{ ?a ?b ?c } }",
    "SELECT * { SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } } }",
    "ASK { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "CONSTRUCT { ?a ?b ?c } { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "DESCRIBE ?a { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    # What looks like a long string is two short ones and a comment to the engine, as an escape in it is none.
    "SELECT * { VALUES ?x {'''a'#\\uD800\n} SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } #'''\n}",
    "SELECT * { VALUES ?x {'''a'#\\q\n} SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } #'''\n}",
    'SELECT * { VALUES ?x {"""a"#\\U00110000\n} SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } #"""\n}',
]

REFUSED_TOO = [
    "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } } ?s ?p ?o }",
    "SELECT * { OPTIONAL { ?s ?p 1SERVICE<http://127.0.0.1:1/>{ ?a ?b ?c } } }",
    # Silent calls, and calls that the evaluation of this small store does not come to.
    "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1:1/>{ ?a ?b ?c } }",
    "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICESILENT:x{ ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:1/>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p <http://a.example/>SERVICE<http://127.0.0.1:1/>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o)SERVICE?x#>\n{ ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o#>'''\n) SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } #'''\n}",
    "PREFIX e: <http://127.0.0.1:1> SELECT * { ?s ?p e:SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "PREFIX e: <http://127.0.0.1:1> SELECT * { ?s ?p e:SERVICE SILENT <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "SELECT * { SERV\\u0049CE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "SELECT * { \\U00000053ERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "SELECT * { ?s ?p 'unclosed SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
]

HARMLESS = [
    "SELECT * { ?s ?p ?o }",
    "# SERVICE <http://127.0.0.1:1/> {}\nSELECT * { ?s ?p ?o }",
    "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1:1/> { }' }",
    "SELECT * { ?s ?p \"it's SERVICE\" . ?a ?b '''a ' SERVICE \" { }''' }",
    'SELECT * { ?s ?p """a " SERVICE \\""" {}""" }',
    "SELECT * { ?service ?p $SERVICE }",
    "SELECT * { ?s <http://example.org/service/#service> ?o }",
    "SELECT * { ?s <http://example.org/a_(b)_service> ?o }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:x service:y }",
    "PREFIX service: <http://example.org/> SELECT * { GRAPH service:x { ?s ?p ?o } }",
    "PREFIX ex: <http://example.org/> SELECT * { ?s ex:service ?o . ?o ex:SERVICE ex:Service }",
    "SELECT * { ?s ?p 'SERVICE'@en-service }",
    "SELECT * { _:service ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o<5 && 3>2) FILTER(STR(?s) = 'service') }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_is_a_call_to_the_engine_and_refused_here(query: str) -> None:
    assert calls(query), "the engine does not call: the case proves nothing"
    assert refused(query)


@pytest.mark.parametrize("query", REFUSED_TOO)
def test_a_call_that_the_engine_keeps_silent_about_is_refused(query: str) -> None:
    assert refused(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_where_it_is_no_call_is_let_through(query: str) -> None:
    STORE.query(query)  # it is SPARQL
    assert not refused(query)


def test_the_refusal_names_the_place() -> None:
    with pytest.raises(RefusedError, match="line 2, column 3: SERVICE is refused") as caught:
        QueryText("SELECT * {\n  SERVICE <http://a/> {} }").refuse_service()
    assert (caught.value.refusal, caught.value.line, caught.value.column) == ("service", 2, 3)


PIECES = st.sampled_from(
    [
        *("SERVICE", "service", "SILENT", "SERVICESILENT", "SERVICE:x", "e:SERVICE", HERE, "{", "}", "{?a ?b ?c}"),
        *(
            "?s",
            "?p",
            "?o",
            "?x",
            "<",
            ">",
            "<?o#>",
            "<?o",
            "#",
            "\n",
            "\r",
            " ",
            " ",
            ".",
            "(",
            ")",
            "FILTER(",
            "1",
            "a",
        ),
        *(
            "true",
            "'",
            '"',
            "'''",
            '"""',
            "''",
            "\\",
            "\\u0027",
            "\\uD800",
            "\\q",
            ":",
            "e:",
            "x",
            "@en",
            "-",
            "_:b",
            "/",
        ),
        *(
            "OPTIONAL {",
            "GRAPH ?g {",
            "VALUES ?x {",
            "BIND(",
            "AS ?y)",
            "UNION",
            "&&",
            "^^",
            ",",
            ";",
            "[",
            "]",
            "|",
            "*",
        ),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=14))
@example(["VALUES ?x {", "'''", "a", "'", "#", "\\q", "\n", "}", "SERVICE", HERE, "{?a ?b ?c}", "#", "'''", "\n"])
def test_no_mixture_of_pieces_gets_a_call_past_the_lexer(pieces: list[str]) -> None:
    prologue = "PREFIX : <http://127.0.0.1:1/> PREFIX e: <http://127.0.0.1:1> "
    for query in (
        f"{prologue}SELECT * {{ ?s ?p ?o {''.join(pieces)} SERVICE {HERE} {{?a ?b ?c}} }}",
        f"{prologue}SELECT * {{ {''.join(pieces)} }}",
        f"{prologue}SELECT * {{ ?s ?p ?o FILTER(?s{''.join(pieces)}) SERVICE?x#>\n{{?a ?b ?c}} }}",
    ):
        if calls(query):
            assert refused(query), query


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


def test_a_host_that_is_none_and_an_escaped_surrogate_are_left_to_the_engine() -> None:
    text = QueryText("BASE <http://a.example/> SELECT * FROM <http://[> FROM <b> {}")
    assert [text.iri_of(token) for token in text.dataset[0]] == ["http://[", "http://a.example/b"]
    text = QueryText("SELECT * FROM <http://a.example/\\uD800> {}")
    assert [text.iri_of(token) for token in text.dataset[0]] == ["http://a.example/\\uD800"]
