"""The reference: pyshacl over a graph of rdflib."""

from __future__ import annotations

from collections.abc import Iterable

import pyshacl
from pyoxigraph import Triple
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph

from kg.errors import ShapesError
from kg.shapes.engines.engine import Tell
from kg.shapes.engines.rdf import to_graph
from kg.shapes.engines.reading import results_of
from kg.shapes.report import Result

__all__ = ["PyshaclEngine", "run_pyshacl"]


class PyshaclEngine:
    """Runs pyshacl: exact, and slow on more than some thousand triples."""

    name = "pyshacl"

    def run(self, triples: Iterable[Triple], shapes: Graph, *, focus: frozenset[str], tell: Tell) -> set[Result]:
        """Validate the set of some triples; see `kg.shapes.engines.engine.Engine`."""
        tell("loading the graph for the shapes")
        graph = to_graph(triples)
        tell("checking the shapes")
        # pyshacl's own choice of focus nodes also leaves out the value nodes of nested shapes, and with them results.
        found = run_pyshacl(graph, shapes)
        return {result for result in found if not focus or result.focus in focus}


def run_pyshacl(graph: Graph, shapes: Graph, *, advanced: bool = False, js: bool = False) -> set[Result]:
    """The results of pyshacl for a data graph.

    Args:
        graph: The data; rules of SHACL-AF add to it.
        shapes: The shapes.
        advanced: Whether the features of SHACL-AF are run.
        js: Whether constraints in JavaScript are run.

    Raises:
        ShapesError: The shapes cannot be run.
    """
    try:
        _, found, text = pyshacl.validate(
            graph,
            shacl_graph=shapes,
            inference="none",
            advanced=advanced,
            js=js,
            inplace=True,
            meta_shacl=False,
            do_owl_imports=False,
        )
    # A query that is not SPARQL, or asks for what pyshacl does not know, is a broken shape as well.
    except (ReportableRuntimeError, NotImplementedError, ValueError) as error:
        raise ShapesError(f"the shapes cannot be run: {' '.join(str(error).split())}") from error
    # A failure comes back where the report should be (SHACL, section 3.4.1); it must not pass for a report.
    if not isinstance(found, Graph):
        raise ShapesError(f"the shapes cannot be run: {' '.join(str(found or text).split())}")
    return results_of(found)
