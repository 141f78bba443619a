from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import UsageError
from kg.namespaces import expand
from kg.reference.said import Said, read_triples

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix cx: <https://w3id.org/crossings/ontology#> .
<urn:b> a skos:Concept ; skos:prefLabel "b"@en, "ㄴ"@ko, "plain" ; cx:admitted false ; cx:order 2 .
<urn:b> skos:broader <urn:a> .
<urn:a> a skos:Concept ; skos:prefLabel "a"@de ; cx:admitted "perhaps" ; cx:order "two" .
"""


@pytest.fixture
def small(tmp_path: Path) -> Said:
    path = tmp_path / "small.ttl"
    path.write_text(TURTLE, "utf-8")
    return Said(read_triples([path]))


def test_texts_are_told_by_language(small: Said) -> None:
    assert small.texts("urn:b", "skos:prefLabel") == ("b", "plain")
    assert small.text("urn:b", "skos:prefLabel", language="ko") == "ㄴ"
    assert small.text("urn:a", "skos:prefLabel") == ""
    assert small.text("urn:nobody", "skos:prefLabel") == ""


def test_values_that_are_not_of_their_type_are_none(small: Said) -> None:
    assert (small.flag("urn:b", "cx:admitted"), small.flag("urn:a", "cx:admitted")) == (False, None)
    assert (small.number("urn:b", "cx:order"), small.number("urn:a", "cx:order")) == (2, None)


def test_subjects_are_sorted_and_of_a_class(small: Said) -> None:
    assert small.subjects("skos:Concept") == ["urn:a", "urn:b"]
    assert small.subjects(within="urn:b") == ["urn:b"]
    assert small.subjects("owl:Class") == []
    assert small.one("urn:b", "skos:broader") == "urn:a"


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    paths = [tmp_path / "1.ttl", tmp_path / "2.ttl"]
    for path in paths:
        path.write_text("<urn:s> <urn:p> _:x . _:x <urn:q> _:x .", "utf-8")
    triples = read_triples(paths)
    assert len({triple.object for triple in triples if isinstance(triple.object, BlankNode)}) == 2
    assert len({triple.subject for triple in triples if isinstance(triple.subject, BlankNode)}) == 2
    assert all(t.subject == t.object for t in triples if isinstance(t.subject, BlankNode))


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:s>", "utf-8")
    with pytest.raises(UsageError, match=r"broken\.ttl"):
        read_triples([path])


def test_blank_subjects_have_no_entry() -> None:
    said = Said([Triple(BlankNode("x"), NamedNode(expand("rdfs:label")), Literal("x"))])
    assert said.subjects() == []
    assert len(said.triples) == 1
