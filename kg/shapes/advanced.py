"""SHACL Advanced Features and SHACL-JS, for who asks for them: pyshacl alone knows these.

They are off otherwise, since rules add to the graph that is validated, and functions and JavaScript run what a shapes
file of strangers brings along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import Triple
from rdflib import Graph

from kg.errors import UsageError
from kg.shapes.engines.pyshacl_engine import run_pyshacl
from kg.shapes.engines.rdf import to_graph
from kg.shapes.report import Report

__all__ = ["validate_advanced"]


def validate_advanced(
    triples: Iterable[Triple],
    shapes: Graph,
    *,
    focus: frozenset[str] = frozenset(),
    js: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """Validate with the rules, targets, functions and expressions of SHACL-AF, and with JavaScript if asked for.

    Args:
        triples: The data graph.
        shapes: The shapes.
        focus: The IRIs of the only focus nodes to look at; empty for all.
        js: Whether constraints in JavaScript are run.
        tell: Is told what is being done.

    Raises:
        ShapesError: The shapes cannot be run.
        UsageError: JavaScript is asked for, and no engine for it is installed.
    """
    if js:
        _require_javascript()
    tell("loading the graph for the shapes")
    graph = to_graph(triples)
    tell("checking the shapes, with the advanced features")
    # As with the other engines, focus nodes are chosen afterwards, so that results of nested shapes are not lost.
    found = run_pyshacl(graph, shapes, advanced=True, js=js)
    return Report.of({result for result in found if not focus or result.focus in focus})


def _require_javascript() -> None:
    from importlib.util import find_spec

    if find_spec("pyduktape2") is None:
        raise UsageError("--js needs an engine for JavaScript: install one with pip install 'pyshacl[js]'")
