"""What is given to the client and is not of its type: one sentence, an error of ours, and nothing is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import kg
from kg.client import IRI
from kg.errors import UsageError

#: What a program may hold where a text belongs, with what is said of it.
WRONG: list[tuple[Any, str]] = [
    (None, "is None: give a text"),
    (3, "is of the type int: give a text"),
    (b"ASK {}", "is of the type bytes: give a text"),
    ("\ud800", "holds a lone surrogate at 0, which is no character"),
]
_Use = Callable[[kg.Graph, Any], object]
TAKES_TEXT: list[_Use] = [
    lambda graph, value: graph.query(value),
    lambda graph, value: graph.ask(value),
    lambda graph, value: graph.incident(value),
    lambda graph, value: graph.search(value),
    lambda graph, value: graph.cite(value),
    lambda graph, value: graph.query("CONSTRUCT WHERE { ?i a cx:Incident }").serialize(value),
    lambda _graph, value: IRI.of(value),
]


@pytest.mark.parametrize(("value", "says"), WRONG)
@pytest.mark.parametrize("use", TAKES_TEXT)
def test_what_is_no_text_is_said(graph: kg.Graph, use: _Use, value: Any, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        use(graph, value)


@pytest.mark.parametrize("limit", ["5", None, 1.5, True, 0, 101])
def test_a_limit_that_is_no_number_is_said(graph: kg.Graph, limit: Any) -> None:
    with pytest.raises(UsageError, match=r"^the limit is .*: give a number from 1 to 100$"):
        graph.search("x", limit=limit)


def test_a_class_that_is_no_text_is_said(graph: kg.Graph) -> None:
    with pytest.raises(UsageError, match="the class is of the type int: give a text"):
        graph.search("x", kind=3)  # type: ignore[arg-type]
