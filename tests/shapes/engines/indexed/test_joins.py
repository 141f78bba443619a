"""A known triple leads to the focus nodes that it can touch."""

from __future__ import annotations

from rdflib import URIRef, Variable

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.joins import join

THIS, X, Y = Variable("this"), Variable("x"), Variable("y")
P, Q = URIRef("p:p"), URIRef("p:q")


def found(start: tuple[object, object, object], others: list[object], triple: tuple[str, str, str]) -> set[str]:
    index = Index()
    for known in (("a", "p:p", "x"), ("b", "p:p", "x"), ("c", "p:p", "y"), ("x", "p:q", "z"), ("y", "p:q", "z")):
        index.add(known)
    out: set[str] = set()
    find = join(start, others)
    assert find is not None
    find(index, triple, out)
    return out


def test_the_patterns_are_walked_back_to_the_focus_nodes() -> None:
    assert found((X, Q, Y), [(THIS, P, X)], ("x", "p:q", "z")) == {"a", "b"}
    assert found((THIS, P, X), [(X, Q, Y)], ("c", "p:p", "y")) == {"c"}


def test_a_pattern_that_does_not_hold_leads_nowhere() -> None:
    assert found((THIS, P, X), [(X, URIRef("p:none"), Y)], ("c", "p:p", "y")) == set()
    assert found((X, Q, URIRef("w")), [(THIS, P, X)], ("x", "p:q", "z")) == set()


def test_a_variable_that_stands_twice_is_one_node() -> None:
    assert found((X, Q, X), [(THIS, P, X)], ("x", "p:q", "z")) == set()
    assert found((X, Q, X), [(THIS, P, X)], ("x", "p:q", "x")) == {"a", "b"}


def test_where_no_pattern_leads_to_the_focus_node_there_is_no_way() -> None:
    assert join((X, Q, Y), []) is None
    assert join((X, Q, Y), [(THIS, P, Variable("other"))]) is None
