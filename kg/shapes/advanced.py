"""SHACL Advanced Features and SHACL-JS, for who asks for them: pyshacl alone knows these.

They are off otherwise, since rules add to the graph that is validated, and functions and JavaScript run what a shapes
file of strangers brings along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyshacl
from pyoxigraph import Triple
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph

from kg.errors import ShapesError, UsageError
from kg.shapes.engines.rdf import to_graph
from kg.shapes.engines.reading import results_of
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
    try:
        _, found, text = pyshacl.validate(
            graph,
            shacl_graph=shapes,
            inference="none",
            advanced=True,
            js=js,
            inplace=True,
            meta_shacl=False,
            do_owl_imports=False,
            focus_nodes=sorted(focus) or None,
        )
    except ReportableRuntimeError as error:
        raise ShapesError(f"the shapes cannot be run: {' '.join(str(error).split())}") from error
    if not isinstance(found, Graph):
        raise ShapesError(f"the shapes cannot be run: {' '.join(str(found or text).split())}")
    return Report.of({result for result in results_of(found) if not focus or result.focus in focus})


def _require_javascript() -> None:
    from importlib.util import find_spec

    if find_spec("pyduktape2") is None:
        raise UsageError("--js needs an engine for JavaScript: install one with pip install 'pyshacl[js]'")
