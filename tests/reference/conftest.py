from __future__ import annotations

import pytest

from kg.reference.said import Said, read_triples
from kg.reference.shapes import without_claim
from kg.reference.terms import Ontology, read_ontology
from kg.resources import vocabulary_files


@pytest.fixture(scope="session")
def said() -> Said:
    return Said(read_triples(vocabulary_files()))


@pytest.fixture(scope="session")
def ontology_read(said: Said) -> Ontology:
    return read_ontology(said, without_claim())
