"""What makes a folder a border: concepts in general schemes, rules that name what exists, plain errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from rdflib import RDF, SKOS, Graph, URIRef

from kg.docs.borders import keys_of
from kg.errors import UsageError
from kg.extract.border import Body, BorderRules, Direction, Line, Names, Side, Sides, read_rules
from kg.extract.lexicon import Lexicon
from kg.extract.rules import Pack
from kg.namespaces import BASE, SCHEMES
from kg.resources import border_dir, borders, ontology_dir
from tests.support.commands import ROOT, kg

FIXTURE = Path(__file__).resolve().parent / "inner-german"
FOLDERS = [border_dir(name) for name in borders()] + [FIXTURE]


@pytest.fixture(scope="module")
def vocabularies() -> Graph:
    graph = Graph()
    for path in sorted((ontology_dir() / "vocabulary").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_its_own_concepts_stand_in_a_general_scheme(folder: Path, vocabularies: Graph) -> None:
    own = Graph().parse(folder / "gazetteer.ttl")
    concepts = {s for s in own.subjects(RDF.type, SKOS.Concept) if str(s).startswith(BASE + "vocabulary/")}
    assert len(concepts) >= 3
    for concept in concepts:
        stem = str(concept).removeprefix(BASE + "vocabulary/").partition("#")[0]
        assert stem in SCHEMES.values(), concept
        assert list(own.objects(concept, SKOS.inScheme)) == [URIRef(f"{BASE}vocabulary/{stem}")], concept
        assert len([v for v in own.objects(concept, SKOS.prefLabel) if getattr(v, "language", "") == "en"]) == 1, (
            concept
        )
        assert list(own.objects(concept, SKOS.definition)), concept
        above = set(own.objects(concept, SKOS.broader))
        assert above <= set(vocabularies.subjects(RDF.type, SKOS.Concept)), concept
        assert bool(above) != bool(set(own.objects(concept, SKOS.topConceptOf))), concept


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_direction_is_narrower_than_the_one_its_ends_give(folder: Path) -> None:
    lexicon = Lexicon.load(str(folder))
    wider = {
        ("home", "destination"): "direction:home-to-destination",
        ("destination", "home"): "direction:destination-to-home",
        ("post-abroad", "destination"): "direction:from-post-abroad",
    }
    for way in lexicon.border.directions:
        names = (way.direction, *lexicon.ancestors(way.direction))
        assert wider[way.origin, way.target] in names, way


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_rules_name_what_the_lexicon_has(folder: Path) -> None:
    lexicon = Lexicon.load(str(folder))
    text = (folder / "rules.yaml").read_text("utf-8")
    named = set(re.findall(r"\b(?:id:[a-z]+/[a-z0-9-]+|(?:itype|direction|front):[a-z-]+)", text))
    assert len(named) > 10
    assert {name for name in named if name not in lexicon} == set()


def test_every_key_is_told_of() -> None:
    schemas: tuple[type[Pack], ...] = (BorderRules, Sides, Side, Direction, Line, Body, Names)
    for schema in schemas:
        for name, kind, meaning in keys_of(schema):
            assert kind, name
            assert len(meaning.split()) > 1, name
    page = (ROOT / "docs" / "border-keys.md").read_text("utf-8")
    assert all(f"| `{name}` |" in page for schema in schemas for name, _, _ in keys_of(schema))


def changed(tmp_path: Path, **keys: object) -> Path:
    rules = yaml.safe_load((FIXTURE / "rules.yaml").read_text("utf-8"))
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump({**rules, **keys}), encoding="utf-8")
    return path


@pytest.mark.parametrize("key", ["given_name_syllables", "given_syllable"])
def test_given_names_go_with_the_order_of_names(tmp_path: Path, key: str) -> None:
    names = yaml.safe_load((FIXTURE / "rules.yaml").read_text("utf-8"))["names"]
    value = {"given_name_syllables": [1, 2], "given_syllable": "[a-z]+"}[key]
    with pytest.raises(UsageError, match=rf"rules\.yaml: names\.{key} .*surname_first"):
        read_rules(changed(tmp_path, names={**names, key: value}))


def test_a_pattern_that_is_none_is_refused(tmp_path: Path) -> None:
    names = yaml.safe_load((FIXTURE / "rules.yaml").read_text("utf-8"))["names"]
    given = {"surname_first": True, "given_name_syllables": [1, 2], "given_syllable": "(?:"}
    with pytest.raises(UsageError, match=r"given_syllable is no regular expression"):
        read_rules(changed(tmp_path, names={**names, **given}))


def test_a_folder_without_rules_is_refused_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "half"
    folder.mkdir()
    (folder / "gazetteer.ttl").write_bytes((FIXTURE / "gazetteer.ttl").read_bytes())
    out = kg("extract", FIXTURE.parent / "texts" / "guard-crosses.md", "--border", folder)
    assert out.returncode == 2
    assert "rules.yaml" in out.stderr
    assert len(out.stderr.strip().splitlines()) == 1


def test_a_border_that_is_not_there_is_refused_in_one_line() -> None:
    out = kg("build", FIXTURE.parent / "texts", "--border", "atlantis")
    assert out.returncode == 2
    assert "no border 'atlantis'" in out.stderr
    assert "Traceback" not in out.stderr
