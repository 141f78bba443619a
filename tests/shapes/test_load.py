from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import BNode, Graph
from rdflib.namespace import RDF

from kg.errors import ShapesError
from kg.shapes.load import load_shapes, shape_files
from kg.shapes.validate import validate
from tests.shapes.graphs import baseline

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cx: <https://w3id.org/crossings/ontology#> .
@prefix ex: <https://example.org/> .
"""
ONE = "ex:Shape a sh:NodeShape ; sh:targetClass cx:Claim ; "


def asking(query: str, prefixes: str = "sh:prefixes <https://w3id.org/crossings/shapes> ;") -> str:
    return f'{ONE} sh:sparql ex:query . ex:query a sh:SPARQLConstraint ; {prefixes} sh:select """{query}""" .'


@pytest.fixture
def extra(tmp_path: Path) -> Path:
    return tmp_path / "extra.ttl"


def test_each_concern_has_its_file() -> None:
    assert [path.name for path in shape_files()] == [
        "shapes-articles.ttl",
        "shapes-claims.ttl",
        "shapes-identity.ttl",
        "shapes-incidents.ttl",
        "shapes-statistics.ttl",
        "shapes.ttl",
    ]


def test_the_shapes_conform_to_the_shapes_of_shapes() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=load_shapes(), meta_shacl=True)
    assert conforms, text


def test_only_lists_are_blank_nodes() -> None:
    shapes = load_shapes()
    cells = {node for node in shapes.all_nodes() if isinstance(node, BNode)}
    listed = set(shapes.subjects(RDF.rest, None))
    assert cells == listed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("this is no Turtle", "cannot be read as Turtle"),
        ("", "holds no shape"),
        ("ex:thing a ex:Thing .", "holds no shape"),
        (asking("SELECT $this WHERE { $this a ?c MINUS { $this cx:evidence ?e } }"), "uses MINUS"),
        (asking("SELECT $this WHERE { $this a ?c VALUES ?c { cx:Claim } }"), "uses VALUES"),
        (asking("SELECT $this WHERE { SERVICE <https://example.org/> { $this a ?c } }"), "uses SERVICE"),
        (
            asking("SELECT $this WHERE { $this a cx:Claim . FILTER EXISTS { $this a ?c MINUS { $this ?p ?o } } }"),
            "MINUS",
        ),
        (asking("SELECT $this WHERE { $this a"), "is not SPARQL"),
        (asking("SELECT $this WHERE { $this a other:Thing }"), "is not SPARQL"),
        (asking("SELECT $this WHERE { $this a cx:Claim }", ""), "is not SPARQL"),
        (f"{ONE} sh:sparql ex:query . ex:query a sh:SPARQLConstraint .", "exactly one query"),
        (asking("ASK { $this a cx:Claim }"), "no SELECT"),
        (f'{ONE} sh:pattern "(" .', "pattern"),
        (f'{ONE} sh:closed "perhaps" .', "no proper shape"),
        (f"{ONE} sh:in ex:nolist .", "no proper shape"),
        (f'{ONE} sh:property ex:p . ex:p sh:path cx:evidence ; sh:minCount "one" .', "no proper shape"),
        (f"{ONE} sh:property ex:p . ex:p a sh:PropertyShape ; sh:minCount 1 .", "no proper shape"),
        (f"{ONE} sh:severity ex:Terrible ; sh:closed true .", "severity"),
    ],
)
def test_a_broken_shape_is_refused_before_anything_is_validated(extra: Path, content: str, message: str) -> None:
    extra.write_text(HEAD + content, "utf-8")
    with pytest.raises(ShapesError, match=message) as caught:
        load_shapes([extra])
    assert int(caught.value.exit_code) == 3


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="cannot be read"):
        load_shapes([tmp_path / "none.ttl"])


def test_a_failure_in_place_of_a_report_is_no_report(extra: Path) -> None:
    nested = "SELECT $this WHERE { { SELECT ?other WHERE { ?other a cx:Claim } } $this a ?c }"
    extra.write_text(HEAD + asking(nested), "utf-8")
    shapes = load_shapes([extra])
    with pytest.raises(ShapesError, match=r"cannot be run.*\$this"):
        validate(baseline().quads, texts=baseline().texts, shapes=shapes)


def test_further_shapes_are_added_to_those_of_the_ontology(extra: Path) -> None:
    extra.write_text(
        f'{HEAD}{ONE} sh:property ex:p . ex:p sh:path cx:reason ; sh:minCount 1 ; sh:message "why?" .', "utf-8"
    )
    shapes = load_shapes([extra])
    assert len(shapes) > len(load_shapes())
    found = validate(baseline().quads, texts=baseline().texts, shapes=shapes)
    assert {r.message for r in found.results if r.severity == "violation"} == {"why?"}
