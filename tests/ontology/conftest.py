"""The ontology's files as graphs, each read once."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kg.resources import border_dir, borders, ontology_dir


@pytest.fixture(scope="session")
def ontology() -> Graph:
    return Graph().parse(ontology_dir() / "ontology.ttl")


@pytest.fixture(scope="session")
def alignment() -> Graph:
    return Graph().parse(ontology_dir() / "alignment.ttl")


@pytest.fixture(scope="session")
def vocabularies() -> Graph:
    graph = Graph()
    for path in sorted((ontology_dir() / "vocabulary").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def gazetteer() -> Graph:
    graph = Graph()
    for border in borders():
        graph.parse(border_dir(border) / "gazetteer.ttl")
    return graph
