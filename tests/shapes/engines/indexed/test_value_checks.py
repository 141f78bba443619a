"""Values are compared, and counted against shapes, as pyshacl does it."""

from __future__ import annotations

import pytest
from rdflib.namespace import SH, XSD

from kg.errors import ShapesError
from kg.shapes.engines.indexed.checks import LOGIC, below


@pytest.mark.parametrize(
    ("value", "limit", "less", "equal"),
    [
        (f'"9"^^{XSD.integer}', f'"10"^^{XSD.integer}', True, True),
        (f'"10"^^{XSD.integer}', f'"10.0"^^{XSD.decimal}', False, True),
        ('"10"', '"9"', True, True),
        ("a:a", "a:b", True, True),
        (f'"9"^^{XSD.integer}', '"words"', False, False),
        ("a:b", "a:a", False, False),
    ],
)
def test_order_is_that_of_numbers_and_of_words(value: str, limit: str, less: bool, equal: bool) -> None:
    assert below(value, limit, strict=True) is less
    assert below(value, limit, strict=False) is equal


def test_a_blank_node_has_no_order() -> None:
    with pytest.raises(ShapesError, match="blank nodes have no order"):
        below("_:b", f'"1"^^{XSD.integer}', strict=True)


def test_how_many_shapes_a_value_must_conform_to() -> None:
    good = {name: [held for held in range(4) if holds(held, 3)] for name, (_, holds) in LOGIC.items()}
    assert good == {SH.node: [3], SH["not"]: [0], SH["and"]: [3], SH["or"]: [1, 2, 3], SH.xone: [1]}
