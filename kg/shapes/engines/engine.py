"""What an engine is: triples and shapes in, results out, the same results from every engine.

pyshacl is the reference. Another engine is only shipped as far as its results are equal to pyshacl's in focus node,
path, value, source shape, component, severity and message (`tests/shapes/engines`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from pyoxigraph import Triple
from rdflib import Graph

from kg.shapes.report import Result

__all__ = ["Engine", "Tell"]

#: Is told what is being done, a clause at a time.
Tell = Callable[[str], None]


class Engine(Protocol):
    """One way to validate."""

    #: What the engine is called on the command line and in a report.
    name: str

    def run(self, triples: Iterable[Triple], shapes: Graph, *, focus: frozenset[str], tell: Tell) -> set[Result]:
        """Validate the set of some triples.

        Args:
            triples: The data graph; a triple may come more than once.
            shapes: The shapes, from `kg.shapes.load.load_shapes`.
            focus: The IRIs of the only focus nodes to look at; empty for all that the targets name.
            tell: Is told what is being done.

        Raises:
            ShapesError: The shapes cannot be run.
            UsageError: The data holds what SHACL has no word for.
        """
