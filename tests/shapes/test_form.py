"""Shapes whose form would keep pyshacl busy, or end it, are refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from kg.errors import ShapesError
from kg.shapes.form import MAX_DEPTH, check_form, holds_shape

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <https://example.org/> .
"""


def shapes(content: str) -> Graph:
    return Graph().parse(data=HEAD + content, format="turtle")


def nested(depth: int) -> Graph:
    return shapes("ex:S a sh:NodeShape ; " + "sh:not [ " * depth + "sh:nodeKind sh:IRI " + "] " * depth + ".")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("ex:S a sh:NodeShape ; sh:and _:l . _:l rdf:first ex:T ; rdf:rest _:l .", "a list leads back to itself"),
        ("ex:S a sh:PropertyShape ; sh:path _:p . _:p sh:inversePath _:p .", "a path leads back to itself"),
        ("ex:S a sh:PropertyShape ; sh:path _:p . _:p rdf:first ex:p ; rdf:rest ( _:p ) .", "a path leads back"),
        ("ex:S a sh:NodeShape ; sh:minLength ex:five .", "is no proper shape"),
    ],
)
def test_shapes_that_are_none_are_refused(content: str, message: str) -> None:
    with pytest.raises(ShapesError, match=f"own.ttl.*({message})") as caught:
        check_form(Path("own.ttl"), shapes(content))
    assert "\n" not in str(caught.value)


def test_shapes_may_be_nested_up_to_the_limit() -> None:
    check_form(Path("own.ttl"), nested(10))
    with pytest.raises(ShapesError, match=f"nested more than {MAX_DEPTH} deep"):
        check_form(Path("own.ttl"), nested(MAX_DEPTH + 1))


def test_a_long_list_is_not_deep() -> None:
    check_form(Path("own.ttl"), shapes(f"ex:S a sh:NodeShape ; sh:in ({' 1' * (2 * MAX_DEPTH)} ) ."))


def test_what_says_that_it_is_a_shape() -> None:
    assert holds_shape(shapes("ex:S a sh:PropertyShape ."))
    assert not holds_shape(shapes("ex:S sh:nodeKind sh:IRI ."))
