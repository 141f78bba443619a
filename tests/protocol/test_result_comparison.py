from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tests.protocol.result_comparison import Row, same_graph, same_rows

P = NamedNode("http://a.example/p")
ONE, TWO = Literal(1), Literal(2)


def b(name: str) -> BlankNode:
    return BlankNode(name)


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [
        ([], [], True),
        ([{}], [], False),
        ([{"x": ONE}, {"x": TWO}], [{"x": TWO}, {"x": ONE}], True),
        ([{"x": ONE}, {"x": ONE}], [{"x": ONE}], False),
        ([{"x": ONE}], [{"y": ONE}], False),
        ([{"x": ONE}], [{"x": ONE, "y": TWO}], False),
        ([{"x": Literal("1")}], [{"x": ONE}], False),
        ([{"x": b("a")}], [{"x": b("z")}], True),
        ([{"x": b("a"), "y": b("a")}], [{"x": b("a"), "y": b("c")}], False),
        ([{"x": b("a")}, {"x": b("a")}], [{"x": b("a")}, {"x": b("c")}], False),
        ([{"x": b("a"), "y": ONE}, {"x": b("c")}], [{"x": b("a")}, {"x": b("c"), "y": ONE}], True),
        ([{"x": b("a")}], [{"x": ONE}], False),
        ([{"x": b("a"), "y": b("c")}, {"x": b("c")}], [{"x": b("q"), "y": b("r")}, {"x": b("q")}], False),
    ],
)
def test_solutions_are_a_bag_in_which_blank_nodes_have_no_name(
    found: list[Row], expected: list[Row], same: bool
) -> None:
    assert same_rows(found, expected) is same
    assert same_rows(expected, found) is same


def test_an_order_counts_where_it_is_asked_for() -> None:
    rows: list[Row] = [{"x": ONE}, {"x": TWO, "y": b("a")}]
    assert same_rows(rows, [{"x": ONE}, {"x": TWO, "y": b("q")}], ordered=True)
    assert not same_rows(rows, rows[::-1], ordered=True)
    assert not same_rows(rows, [*rows, {}], ordered=True)


def test_reduced_may_leave_out_what_comes_again() -> None:
    twice: list[Row] = [{"x": ONE}, {"x": ONE}, {"x": TWO}]
    assert same_rows([{"x": ONE}, {"x": TWO}], twice, lax=True)
    assert same_rows(twice, twice, lax=True)
    assert not same_rows([{"x": ONE}], twice, lax=True)
    assert not same_rows([*twice, {"x": TWO}], twice, lax=True)


def test_graphs_are_compared_up_to_the_names_of_blank_nodes() -> None:
    cycle = [Triple(b("a"), P, b("c")), Triple(b("c"), P, b("a"))]
    assert same_graph(cycle, [Triple(b("y"), P, b("x")), Triple(b("x"), P, b("y"))])
    assert not same_graph(cycle, [Triple(b("x"), P, b("x")), Triple(b("y"), P, b("y"))])
    assert not same_graph(cycle, cycle[:1])


TERMS = st.sampled_from([ONE, TWO, b("a"), b("c"), b("d")])
ROWS = st.lists(st.dictionaries(st.sampled_from("xyz"), TERMS), max_size=6)


@given(ROWS, st.permutations(["a", "c", "d"]), st.randoms(use_true_random=False))
def test_new_names_and_another_order_change_nothing(rows: list[Row], names: list[str], random: object) -> None:
    renamed = dict(zip(("a", "c", "d"), names, strict=True))
    other = [
        {name: b(renamed[term.value]) if isinstance(term, BlankNode) else term for name, term in row.items()}
        for row in rows
    ]
    assert same_rows(rows, other, ordered=True)
    random.shuffle(other)  # type: ignore[attr-defined]  # it is a random.Random
    assert same_rows(rows, other)
    assert not same_rows(rows, [*other, {"w": ONE}])
