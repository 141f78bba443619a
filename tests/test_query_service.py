"""The lexer is tested against the engine: what makes the engine call another endpoint must have been refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, Store

from kg.namespaces import PREFIXES
from kg.query_text import QueryText, RefusedError

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
