"""What a release holds of its own terms: the vocabularies and the gazetteer, for releases that are made by hand."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, Triple

from kg.namespaces import graph_iri
from kg.reference.said import read_triples
from kg.resources import border_dir, vocabulary_files

__all__ = ["lexicon_quads"]


def lexicon_quads() -> list[Quad]:
    vocabulary = read_triples(vocabulary_files())
    gazetteer = read_triples([border_dir() / "gazetteer.ttl"])
    return [*_in(vocabulary, "vocabulary"), *_in(gazetteer, "gazetteer")]


def _in(triples: Iterable[Triple], graph: str) -> list[Quad]:
    name = NamedNode(graph_iri(graph))
    return [Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples]
