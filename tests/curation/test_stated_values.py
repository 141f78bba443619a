from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.curation.kinds import PropertyKind
from kg.curation.values import value_problem

GOOD = [
    (PropertyKind("integer"), "-12"),
    (PropertyKind("boolean"), "false"),
    (PropertyKind("quantity"), "3.5"),
    (PropertyKind("text"), "a miller"),
    (PropertyKind("duration"), "P1DT2H"),
    (PropertyKind("time"), "2031-07-01/2031-07-04"),
    (PropertyKind("concept", "front:"), "front:central-west"),
    (PropertyKind("concept", "id:place/"), "id:place/seoul"),
]
BAD = [
    (PropertyKind("integer"), "1.0", "whole number"),
    (PropertyKind("boolean"), "yes", "true or false"),
    (PropertyKind("quantity"), "1,000", "decimal digits"),
    (PropertyKind("text"), " ", "words"),
    (PropertyKind("duration"), "20 hours", "PT20H"),
    (PropertyKind("duration"), "P", "PT20H"),
    (PropertyKind("time"), "2031-02-30", "no date"),
    (PropertyKind("concept", "front:"), "eastern", "begins with 'front:'"),
    (PropertyKind("concept", "front:"), "front:", "begins with 'front:'"),
    (PropertyKind("concept", "front:"), "rank:sergeant", "begins with 'front:'"),
    (PropertyKind("mention", "Person"), "Ann", "write the facts by hand"),
]


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_a_good_value_has_no_problem(kind: PropertyKind, value: str) -> None:
    assert value_problem(kind, value) is None


@pytest.mark.parametrize(("kind", "value", "wanted"), BAD)
def test_a_bad_value_is_named_with_what_is_wanted(kind: PropertyKind, value: str, wanted: str) -> None:
    problem = value_problem(kind, value)
    assert problem is not None
    assert wanted in problem
    assert value in problem or kind.kind == "mention"


@given(st.sampled_from(["integer", "quantity"]), st.text(max_size=8))
def test_what_passes_for_a_number_is_one(kind: str, value: str) -> None:
    if value_problem(PropertyKind(kind), value) is None:
        assert re.fullmatch(r"-?\d+(\.\d+)?", value)
        assert float(value) == float(value)
