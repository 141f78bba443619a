"""What rdflib evaluates is asked once for each set of values, and never where the answer would change."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import Variable
from rdflib.namespace import XSD

from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.leaves import has_exists, leaf, leaf_test
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.rows import Slots, variables_of
from kg.shapes.planner import planned


def filtered(words: str) -> Any:
    """The expression of a filter."""
    part = planned(f"SELECT $this WHERE {{ $this ?p ?v FILTER ({words}) }}").query.algebra.p
    while part.name != "Filter":
        part = part.p
    return part.expr


def number(words: str) -> str:
    return f'"{words}"^^{XSD.integer}'


def test_an_expression_has_a_value_a_truth_or_an_error() -> None:
    slots = Slots()
    place = slots.slot(Variable("v"))
    more, large = leaf(filtered("?v + 1"), slots), leaf_test(filtered("?v + 1 > 5"), slots)
    answers = []
    for value in (number("5"), number("4"), '"words"', None):
        row: list[Any] = [None] * slots.count
        row[place] = value
        answers.append((more(Index(), row), large(Index(), row)))
    assert answers == [(number("6"), True), (number("5"), False), (None, None), (None, None)]


@pytest.mark.parametrize("words", ["RAND() > 0", "NOW() = ?v", "isBlank(BNODE())", "STRUUID() = ?v"])
def test_what_changes_is_left(words: str) -> None:
    with pytest.raises(Unsupported, match="does not give the same"):
        leaf_test(filtered(words), Slots())


def test_the_variables_of_an_expression_are_found_however_deep() -> None:
    assert variables_of(filtered("STRLEN(?v) > ?w || ?v IN (1, ?x)")) == {Variable(name) for name in "vwx"}


def test_an_exists_within_a_function_is_left() -> None:
    within = filtered("STR(EXISTS { $this ?p ?w }) = 'true'")
    assert has_exists(within)
    with pytest.raises(Unsupported, match="EXISTS within a function"):
        leaf_test(within, Slots())
