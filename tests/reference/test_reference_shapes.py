from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from kg.consolidate.properties import CLASSES
from kg.namespaces import CX, expand
from kg.reference.said import Said, read_triples
from kg.reference.shape_words import RdfLists, constraints_of, remedy_of, targets_of
from kg.reference.shapes import Shape, read_shapes, without_claim
from kg.resources import shape_files

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix cx: <https://w3id.org/crossings/ontology#> .
"""


def by_name() -> dict[str, Shape]:
    return {shape.name: shape for file in read_shapes() for shape in file.shapes}


def test_every_shape_that_a_report_can_name_is_there() -> None:
    graph = Graph()
    for path in shape_files():
        graph.parse(path)
    named = {str(s) for s in graph.subjects(SH.message) if isinstance(s, URIRef) and (s, SH.severity, None) in graph}
    assert {shape.iri for shape in by_name().values()} == named
    assert len(named) > 90


def test_every_shape_says_what_it_looks_at_what_it_tells_and_what_to_do() -> None:
    for shape in by_name().values():
        assert shape.targets, shape.name
        assert shape.message
        assert shape.constraints or shape.query, shape.name
        assert bool(shape.remedy) == (shape.severity != "info"), shape.name
        assert shape.consequence


def test_a_property_shape_in_words() -> None:
    shape = by_name()["ArticleHasTextHash"]
    assert shape.targets == (("every {}", CX + "Article"), ("every {}", CX + "Digest"))
    assert shape.path == CX + "textHash"
    assert shape.constraints == ("there is exactly one value", "each value matches ^[0-9a-f]{64}$")
    assert shape.remedy.startswith("State the value where it is missing")
    assert "article's facts" in shape.remedy


def test_a_query_keeps_its_lines_and_loses_its_margin() -> None:
    query = by_name()["EvidenceIsOfTheClaimsArticle"].query
    assert query.startswith("SELECT $this ?path ?value WHERE {\n    $this")
    assert query.endswith("}")


def test_what_needs_no_claim_is_read_from_the_shape_that_asks_for_one() -> None:
    listed = without_claim()
    assert {expand("skos:prefLabel"), expand("cx:articleCount"), expand("rdf:type")} <= listed
    assert expand("cx:front") not in listed
    assert len(listed) > 30


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("sh:path cx:p ; sh:maxCount 0", ["there is no value"]),
        ("sh:path cx:p ; sh:minCount 2 ; sh:maxCount 3", ["there are 2 to 3 values"]),
        ("sh:path cx:p ; sh:minCount 2", ["there are at least 2 values"]),
        ("sh:path cx:p ; sh:in ( cx:a 'b' )", ["each value is one of cx:a, b"]),
        ("sh:path cx:p ; sh:datatype xsd:date", ["each value has the datatype xsd:date"]),
        ("sh:path cx:p ; sh:lessThanOrEquals cx:q", ["each value is not above that of cx:q"]),
        ("sh:path cx:p ; sh:hasValue true", ["true is among the values"]),
        ("sh:path cx:p ; sh:uniqueLang true", ["there is one value a language at most"]),
        ("sh:pattern '^a$' ; sh:nodeKind sh:IRI", ["its IRI matches ^a$"]),
        ("sh:closed true ; sh:ignoredProperties ( cx:a )", ["there is no property but cx:a"]),
        ("sh:xone ( cx:a cx:b )", ["exactly one of these holds: cx:a; cx:b"]),
        (
            "sh:or ( cx:a ) . cx:a sh:path cx:p ; sh:minCount 1",
            ["one of these holds: of cx:p, there is at least one value"],
        ),
        ("sh:and ( <urn:s> )", ["all of these hold: all of these hold: urn:s"]),
        ("sh:targetClass cx:Claim", []),
    ],
)
def test_constraints_in_words(tmp_path: Path, turtle: str, words: list[str]) -> None:
    path = tmp_path / "shape.ttl"
    path.write_text(f"{HEAD}<urn:s> {turtle} .", "utf-8")
    triples = read_triples([path])
    assert list(constraints_of("urn:s", Said(triples), RdfLists(triples))) == words


@pytest.mark.parametrize(
    ("turtle", "beginning", "place"),
    [
        ("sh:targetClass cx:Claim ; sh:maxCount 0", "Remove the value", "article's facts"),
        ("sh:targetClass cx:Conflict ; sh:minCount 1", "State the value", "correction in the curation"),
        ("sh:targetClass cx:Correction ; sh:maxCount 1", "Keep the right value", "in the curation"),
        ("sh:targetSubjectsOf cx:rank", "Correct what the message names", "what the graph is built from"),
    ],
)
def test_remedies(tmp_path: Path, turtle: str, beginning: str, place: str) -> None:
    path = tmp_path / "shape.ttl"
    path.write_text(f"{HEAD}<urn:s> {turtle} .", "utf-8")
    said = Said(read_triples([path]))
    remedy = remedy_of("urn:s", said, targets_of(["urn:s"], said))
    assert remedy.startswith(beginning)
    assert place in remedy


def test_a_list_that_is_a_cycle_ends(tmp_path: Path) -> None:
    path = tmp_path / "cycle.ttl"
    rdf = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    path.write_text(f"{HEAD}<urn:s> sh:in _:l . _:l {rdf}first> cx:a ; {rdf}rest> _:l .", "utf-8")
    assert RdfLists(read_triples([path])).items("urn:s", "sh:in") == ["cx:a"]


def test_the_five_are_looked_at() -> None:
    looked_at = {iri for shape in by_name().values() for _words, iri in shape.targets}
    assert {CX + cls for cls in CLASSES} <= looked_at
