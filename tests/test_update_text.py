"""Updates as text: their operations, what is refused, and the dataset of a request put into them."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import QueryError
from kg.query_text import RefusedError
from kg.update_text import UpdateText

A, B, P = NamedNode("http://a"), NamedNode("http://b"), NamedNode("http://p")
ONE, TWO = NamedNode("http://g/1"), NamedNode("http://g/2")


def _store() -> Store:
    store = Store()
    store.extend([Quad(A, P, A), Quad(A, P, B, ONE), Quad(B, P, B, TWO)])
    return store


def test_operations_are_split_where_no_brace_is_open() -> None:
    text = UpdateText(
        "PREFIX e: <http://e/> INSERT DATA { e:a e:p 1 ; e:q ';' } ; # ;\n BASE <http://b/> DELETE WHERE { ?s ?p ?o } ;"
    )
    assert [operation.keyword for operation in text.operations] == ["INSERT", "DELETE"]


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ("INSERT { ?s ?p 1 } WHERE { SERVICE <http://h/> { ?s ?p ?o } }", "SERVICE is refused"),
        (f"INSERT {{ ?s ?p 1 }} WHERE {{ {'{' * 300}{'}' * 300} }}", "nested more than 200 deep"),
    ],
)
def test_what_is_refused(update: str, told: str) -> None:
    with pytest.raises(RefusedError, match=told):
        UpdateText(update).refuse(200)


def test_loads_are_refused_and_never_reach_a_document() -> None:
    text = UpdateText("CLEAR ALL ;\n LOAD <http://h/d.ttl> INTO GRAPH <http://g>")
    assert text.loads
    with pytest.raises(RefusedError, match="line 2, column 2: LOAD is refused"):
        text.refuse_loads()
    silent = UpdateText("PREFIX h: <http://h/> LOAD SILENT h:d INTO GRAPH <http://g> ; LOAD SILENT <http://h/e>")
    assert not silent.loads
    silent.refuse_loads()
    sent = silent.applied([], [])
    assert "h:d" not in sent.partition("LOAD")[2]
    assert "http://h/e" not in sent
    Store().update(sent)


def test_words_in_names_and_strings_are_no_keywords() -> None:
    text = UpdateText("PREFIX LOAD: <http://l/> INSERT DATA { LOAD:x LOAD:y 'LOAD <http://h/>' }")
    text.refuse(200)
    assert not text.loads


@pytest.mark.parametrize(
    ("update", "default", "named", "left"),
    [
        ("INSERT { ?s <http://q> 1 } WHERE { ?s ?p ?o }", [ONE], [], {A}),
        ("INSERT { ?s <http://q> 1 } WHERE { ?s ?p ?o }", [ONE, TWO], [], {A, B}),
        ("INSERT { ?s <http://q> 1 } WHERE { GRAPH ?g { ?s ?p ?o } }", [], [TWO], {B}),
        ("DELETE { ?o ?p ?p } INSERT { ?s <http://q> 1 } WHERE { ?s ?p ?o }", [TWO], [], {B}),
        ("INSERT DATA { <http://x> <http://q> 1 } ; INSERT { ?s <http://q> 1 } WHERE { ?s ?p <http://b> }", [TWO], [],
         {NamedNode("http://x"), B}),
    ],
)  # fmt: skip
def test_graphs_of_the_request(
    update: str, default: list[NamedNode], named: list[NamedNode], left: set[NamedNode]
) -> None:
    store = _store()
    store.update(UpdateText(update).applied([g.value for g in default], [g.value for g in named]))
    assert {quad.subject for quad in store.quads_for_pattern(None, NamedNode("http://q"), None)} == left


def test_graphs_of_the_request_for_the_short_form() -> None:
    store = _store()
    store.add(Quad(B, P, B))
    # What matches in the first graph is deleted in the default graph: B is not matched, so it stays.
    store.add(Quad(A, P, B))
    store.update(UpdateText("DELETE WHERE { <http://a> ?p ?o }").applied([ONE.value], []))
    assert set(store) == {Quad(A, P, A), Quad(B, P, B), Quad(A, P, B, ONE), Quad(B, P, B, TWO)}


@pytest.mark.parametrize(
    "update",
    [
        "WITH <http://g/1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p 1 } USING <http://g/1> WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p 1 } USING NAMED <http://g/1> WHERE { ?s ?p ?o }",
    ],
)
def test_graphs_are_named_once(update: str) -> None:
    with pytest.raises(QueryError, match="names its graphs by"):
        UpdateText(update).applied(["http://g/2"], [])


def test_graph_that_is_no_iri() -> None:
    with pytest.raises(QueryError, match="no absolute IRI"):
        UpdateText("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }").applied(["g> <x"], [])


def test_data_alone_needs_no_graphs() -> None:
    update = "INSERT DATA { <http://a> <http://p> 1 } ; CLEAR DEFAULT"
    assert UpdateText(update).applied(["http://g/1"], []) == update
