"""The right value that a correction states, from the text of YAML to a value of Facts, by the kind of its property."""

from __future__ import annotations

import re

from kg.curation.kinds import PropertyKind
from kg.intervals import parse_edtf

__all__ = ["value_problem"]

_SHAPES = {
    "integer": (re.compile(r"-?\d+"), "a whole number"),
    "boolean": (re.compile(r"true|false"), "true or false"),
    "quantity": (re.compile(r"-?\d+(\.\d+)?"), "a number in decimal digits"),
    "text": (re.compile(r"(?s).*\S.*"), "words"),
    "duration": (
        re.compile(r"P(?!$)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"),
        "a duration such as PT20H",
    ),
}


def value_problem(kind: PropertyKind, value: str) -> str | None:
    """What is wrong with a value that a correction gives to a property of a kind, as a clause; None if it is good.

    >>> value_problem(PropertyKind("integer"), "two")
    "gives the value 'two', which must be a whole number"
    """
    if kind.kind == "mention":
        return "gives a value to a property that leads to an entity: write the facts by hand instead"
    if kind.kind == "time":
        try:
            parse_edtf(value)
        except ValueError as error:
            return f"gives the value '{value}', which is no date: {error}"
        return None
    if kind.kind == "concept":
        fits = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value.removeprefix(kind.of))
        if value.startswith(kind.of) and fits:
            return None
        return f"gives the value '{value}', which must be a name that begins with '{kind.of}'"
    shape, wanted = _SHAPES[kind.kind]
    return None if shape.fullmatch(value) else f"gives the value '{value}', which must be {wanted}"
