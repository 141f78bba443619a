"""The graphs of what is not news: ontology and vocabularies, and the gazetteer of the border, whole."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.errors import UsageError
from kg.namespaces import graph_iri
from kg.resources import border_dir, ontology_dir

__all__ = ["by_entry", "lexicon_graphs"]


def lexicon_graphs(border: str) -> set[Quad]:
    """The quads of `graph/vocabulary` and `graph/gazetteer`.

    Raises:
        UsageError: A file is not Turtle.
    """
    folder = ontology_dir()
    vocabulary = [folder / "ontology.ttl", folder / "alignment.ttl", *sorted((folder / "vocabulary").glob("*.ttl"))]
    quads: set[Quad] = set()
    for path in vocabulary:
        quads |= _read(path, NamedNode(graph_iri("vocabulary")))
    return quads | _read(border_dir(border) / "gazetteer.ttl", NamedNode(graph_iri("gazetteer")))


def by_entry(quads: set[Quad]) -> dict[NamedNode, list[Quad]]:
    """The quads about each entry of a vocabulary or the gazetteer."""
    found: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and (
            "/vocabulary/" in quad.subject.value or "/id/" in quad.subject.value
        ):
            found.setdefault(quad.subject, []).append(quad)
    return found


def _read(path: Path, graph: NamedNode) -> set[Quad]:
    try:
        parsed = pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
        return {Quad(q.subject, q.predicate, q.object, graph) for q in parsed}
    except (SyntaxError, OSError) as error:
        raise UsageError(f"{path} cannot be read as Turtle: {error}; repair it") from error
