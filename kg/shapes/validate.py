"""Validates quads against the shapes, with one of several engines that give the same results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set

from pyoxigraph import Quad
from rdflib import Graph

from kg.shapes.data import union
from kg.shapes.engines.choose import AUTO, engine_for
from kg.shapes.load import load_shapes
from kg.shapes.report import Report

__all__ = ["validate"]

_NO_TEXTS: Mapping[str, str] = {}


def validate(
    quads: Iterable[Quad],
    *,
    texts: Mapping[str, str] = _NO_TEXTS,
    shapes: Graph | None = None,
    progress: Callable[[str], None] | None = None,
    engine: str = AUTO,
    focus: Set[str] = frozenset(),
    ours: bool = True,
) -> Report:
    """Validate a graph.

    Args:
        quads: All quads of a release, or of any RDF files; `graph/meta` is not looked at.
        texts: The texts of articles by the article's IRI, so that quotes can be checked. They are not kept.
        shapes: The shapes, from `load_shapes`; absent, those of the ontology.
        progress: Is told what is being done, a clause at a time; shape by shape where the engine allows it.
        engine: A name of `kg.shapes.engines.choose.ENGINES`, or `auto`, which goes by the size of the graph.
        focus: The IRIs of the only focus nodes to look at; empty for all.
        ours: Whether this is a graph of this project's model. Of a stranger's, the union of its graphs is validated as
            it is, and nothing is added to it.

    Raises:
        ShapesError: The shapes are broken, so nothing can be said of the graph.
        UsageError: There is no such engine, or the graph holds what cannot be validated.
    """
    tell = progress or (lambda _: None)
    shapes = load_shapes() if shapes is None else shapes
    given = union(quads, texts) if ours else (quad.triple for quad in quads)
    chosen, triples = engine_for(engine, given)
    return Report.of(chosen.run(triples, shapes, focus=frozenset(focus), tell=tell))
