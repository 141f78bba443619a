from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from kg.query_dataset import Dataset, scope_of
from kg.query_text import QueryText, RefusedError

GRAPHS = ("g:1", "g:2", "g:3")
EVERY = QueryText("SELECT * { ?s ?p ?o }")
#: Which graphs, by number, hold the triple of that number.
PLACES = st.lists(st.sets(st.integers(0, 2)), max_size=6)


def filled(places: list[set[int]]) -> Store:
    store = Store()
    for graph in GRAPHS:
        store.add_graph(NamedNode(graph))
    for number, graphs in enumerate(places):
        for index in graphs:
            store.add(Quad(NamedNode("a:s"), NamedNode("a:p"), Literal(number), NamedNode(GRAPHS[index])))
    # The store's own default graph is none of the query's, once graphs are named.
    store.add(Quad(NamedNode("a:s"), NamedNode("a:p"), Literal("own"), DefaultGraph()))
    return store


def asked(store: Store, query: str, dataset: Dataset, limit: int = 1000) -> list[str]:
    text = QueryText(query)
    scope = scope_of(store, text, dataset, limit)
    found = scope.store.query(text.text, default_graph=scope.default, named_graphs=scope.named)
    assert isinstance(found, QuerySolutions)
    return sorted(str(solution[0]) for solution in found)


@given(PLACES, st.lists(st.integers(0, 2), min_size=1, max_size=4), st.booleans())
def test_several_default_graphs_are_one_set_of_triples(
    places: list[set[int]], chosen: list[int], by_clause: bool
) -> None:
    names = tuple(GRAPHS[number] for number in chosen)
    wanted = sorted(str(Literal(number)) for number, graphs in enumerate(places) if graphs & set(chosen))
    if by_clause:
        clauses = " ".join(f"FROM <{name}>" for name in names)
        assert asked(filled(places), f"SELECT ?o {clauses} {{ ?s ?p ?o }}", Dataset()) == wanted
    else:
        assert asked(filled(places), "SELECT ?o { ?s ?p ?o }", Dataset(names)) == wanted


@given(PLACES, st.sets(st.integers(0, 2), min_size=1))
def test_named_graphs_stay_apart_and_alone(places: list[set[int]], chosen: set[int]) -> None:
    names = tuple(GRAPHS[number] for number in sorted(chosen))
    query = "SELECT (CONCAT(STR(?g), STR(?o)) AS ?x) { GRAPH ?g { ?s ?p ?o } }"
    wanted = sorted(
        str(Literal(f"{GRAPHS[graph]}{number}")) for number, graphs in enumerate(places) for graph in graphs & chosen
    )
    assert asked(filled(places), query, Dataset((), names)) == wanted
    # Beside a merge, which is made in another store, they are the same.
    assert asked(filled(places), query, Dataset(GRAPHS[:2], names)) == wanted


def test_the_graphs_of_the_request_go_before_those_of_the_query() -> None:
    store = filled([{0}, {1}])
    query = "SELECT ?o FROM <g:1> { ?s ?p ?o }"
    assert asked(store, query, Dataset()) == [str(Literal(0))]
    assert asked(store, query, Dataset(("g:2",))) == [str(Literal(1))]
    # Named graphs alone leave the default graph empty (SPARQL 1.1 Query, section 13.2).
    assert asked(store, query, Dataset((), ("g:2",))) == []


def test_without_graphs_the_store_is_asked_as_it_is() -> None:
    store = filled([])
    scope = scope_of(store, EVERY, Dataset())
    assert (scope.store is store, scope.default, scope.named) == (True, None, None)


@pytest.mark.parametrize("iri", ["g:4", "file:///etc/passwd", "http://127.0.0.1:1/", "relative", "http://[", ""])
def test_a_graph_that_the_store_has_not_is_refused_and_never_fetched(iri: str) -> None:
    for dataset in (Dataset((iri,)), Dataset(("g:1",), (iri,)), Dataset((iri, "g:1"))):
        with pytest.raises(RefusedError, match=r"no graph|no absolute IRI") as caught:
            scope_of(filled([]), EVERY, dataset)
        assert caught.value.refusal == "unknown-graph"


def test_a_merge_is_refused_where_it_is_larger_than_the_limit() -> None:
    store = filled([{0, 1}] * 3)
    every = "SELECT ?o { ?s ?p ?o }"
    assert len(asked(store, every, Dataset(("g:1", "g:2")), 6)) == 3
    with pytest.raises(RefusedError, match="of more than 5 quads together") as caught:
        asked(store, every, Dataset(("g:1", "g:2")), 5)
    assert caught.value.refusal == "merge"
    # One graph is asked where it is, however large.
    assert len(asked(store, every, Dataset(("g:1",)), 1)) == 3
    assert len(asked(store, every, Dataset(("g:1", "g:1")), 1)) == 3


def test_a_named_graph_that_is_empty_is_still_a_graph_beside_a_merge() -> None:
    assert asked(filled([]), "SELECT ?g { GRAPH ?g {} }", Dataset(("g:1", "g:2"), ("g:3",))) == ["<g:3>"]
