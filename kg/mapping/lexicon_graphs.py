"""The graphs of what is not news: ontology and vocabularies, and the gazetteer of the border, whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.errors import UsageError
from kg.mapping.quads import Quads
from kg.namespaces import graph_iri
from kg.resources import border_dir, vocabulary_files

__all__ = ["entries", "lexicon_graphs"]


@lru_cache(maxsize=4)
def lexicon_graphs(border: str) -> Quads:
    """The quads of `graph/vocabulary` and `graph/gazetteer`, read once, as `kg.extract.lexicon` reads them.

    Raises:
        UsageError: A file is not Turtle.
    """
    files = [(path, NamedNode(graph_iri("vocabulary"))) for path in vocabulary_files()]
    files.append((border_dir(border) / "gazetteer.ttl", NamedNode(graph_iri("gazetteer"))))
    return Quads.union(Quads.of(_read(path, graph)) for path, graph in files)


@lru_cache(maxsize=4)
def entries(border: str) -> Mapping[str, Sequence[str]]:
    """The triples about each entry of a vocabulary or the gazetteer, as texts, by the text of its node.

    Raises:
        UsageError: A file is not Turtle.
    """
    found: dict[str, list[str]] = {}
    for triples in lexicon_graphs(border).graphs.values():
        for triple in triples:
            about = triple[: triple.index(" ")]
            if "/vocabulary/" in about or "/id/" in about:
                found.setdefault(about, []).append(triple)
    return found


def _read(path: Path, graph: NamedNode) -> list[Quad]:
    try:
        parsed = pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
        return [Quad(q.subject, q.predicate, q.object, graph) for q in parsed]
    except (SyntaxError, OSError) as error:
        raise UsageError(f"{path} cannot be read as Turtle: {error}; repair it") from error
