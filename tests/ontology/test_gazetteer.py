"""The gazetteers: entries that are no entities, labels that name one thing, geometries that can be true."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.consolidate.properties import CLASSES
from kg.extract.border import read_rules
from kg.extract.lexicon import Lexicon
from kg.namespaces import BASE, PREFIXES
from kg.resources import border_dir, borders

CX = Namespace(PREFIXES["cx"])
GEO = Namespace(PREFIXES["geo"])
FOLDERS = {"Place": "place", "Organization": "organization", "Route": "route"}
NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


def entries(graph: Graph) -> list[URIRef]:
    return sorted(s for s in graph.subjects(RDF.type, CX.GazetteerEntry) if isinstance(s, URIRef))


def test_an_entry_is_a_concept_and_no_entity(gazetteer: Graph) -> None:
    assert len(entries(gazetteer)) > 150
    for entry in entries(gazetteer):
        assert set(gazetteer.objects(entry, RDF.type)) == {SKOS.Concept, CX.GazetteerEntry}
    assert not {CX[name] for name in (*CLASSES, "Place")} & set(gazetteer.objects(None, RDF.type))


def test_an_entry_says_what_it_names_and_its_iri_agrees(gazetteer: Graph) -> None:
    for entry in entries(gazetteer):
        (cls,) = gazetteer.objects(entry, CX.entryClass)
        folder = FOLDERS[str(cls).removeprefix(CX)]
        assert re.fullmatch(rf"{BASE}id/{folder}/[a-z0-9]+(-[a-z0-9]+)*", str(entry)), entry


def test_an_entry_is_described(gazetteer: Graph) -> None:
    for entry in entries(gazetteer):
        for tag, fewest in (("en", 1), ("ko", 0)):
            labels = [v for v in gazetteer.objects(entry, SKOS.prefLabel) if getattr(v, "language", "") == tag]
            assert fewest <= len(labels) <= 1, entry
        assert len(list(gazetteer.objects(entry, SKOS.definition))) == 1, entry
        (scheme,) = gazetteer.objects(entry, SKOS.inScheme)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in gazetteer
        assert gazetteer.value(entry, RDFS.isDefinedBy) == scheme


def test_a_label_stands_for_one_entry_of_a_class_but_for_homonyms(gazetteer: Graph) -> None:
    owners: dict[tuple[URIRef, str], set[URIRef]] = defaultdict(set)
    for entry in entries(gazetteer):
        cls = gazetteer.value(entry, CX.entryClass)
        assert isinstance(cls, URIRef)
        for kind in NAMES:
            for words in gazetteer.objects(entry, kind):
                owners[cls, str(words).casefold()].add(entry)
    for (_, shared), sharing in owners.items():
        for one in sharing:
            others = set(gazetteer.objects(one, CX.homonymOf))
            assert sharing - {one} <= others, f"'{shared}' names {sorted(sharing)}: keep it for one of them"


def test_a_label_is_said_once_of_an_entry(gazetteer: Graph) -> None:
    for entry in entries(gazetteer):
        labels = [words for kind in NAMES for words in gazetteer.objects(entry, kind)]
        assert len(labels) == len(set(labels)), entry


def test_links_lead_to_entries(gazetteer: Graph) -> None:
    known = set(entries(gazetteer))
    for subject, predicate, target in gazetteer:
        if str(target).startswith(BASE + "id/"):
            assert target in known, f"{subject} {predicate} {target}: no such entry"


def test_a_metonym_is_a_place_and_names_one_organisation(gazetteer: Graph) -> None:
    places = {
        str(words)
        for entry in entries(gazetteer)
        if gazetteer.value(entry, CX.entryClass) == CX.Place
        for words in gazetteer.objects(entry, SKOS.prefLabel)
    }
    metonyms = [str(words) for words in gazetteer.objects(None, CX.metonym)]
    assert metonyms
    assert len(metonyms) == len(set(metonyms))
    assert set(metonyms) <= places


def test_bodies_of_a_state_say_which(gazetteer: Graph) -> None:
    for entry in gazetteer.subjects(CX.official, None):
        assert gazetteer.value(entry, CX.official) == Literal(True)
        assert gazetteer.value(entry, CX.ofState) is not None, entry
    for entry in entries(gazetteer):
        if gazetteer.value(entry, CX.entryClass) == CX.Organization:
            assert len(list(gazetteer.objects(entry, CX.organizationKind))) == 1, entry


def test_routes_say_of_what_type_they_are(gazetteer: Graph) -> None:
    routes = [entry for entry in entries(gazetteer) if gazetteer.value(entry, CX.entryClass) == CX.Route]
    assert routes
    for entry in routes:
        assert len(list(gazetteer.objects(entry, CX.routeType))) == 1, entry


def test_a_geometry_has_its_precision_and_lies_on_earth(gazetteer: Graph) -> None:
    drawn = dict(gazetteer.subject_objects(GEO.asWKT))
    assert len(drawn) > 50
    assert set(drawn) == set(gazetteer.subjects(CX.coordinatePrecision, None))
    for entry, shape in drawn.items():
        assert isinstance(shape, Literal)
        assert shape.datatype == GEO.wktLiteral
        kind, points = re.fullmatch(r"(POINT|LINESTRING)\(([^()]+)\)", str(shape)).groups()  # type: ignore[union-attr]
        pairs = [tuple(map(float, point.split())) for point in points.split(",")]
        assert (len(pairs) == 1) == (kind == "POINT"), entry
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in pairs), entry
        assert 0 < int(str(gazetteer.value(entry, CX.coordinatePrecision))) <= 1_000_000, entry


def test_places_of_korea_lie_in_korea(gazetteer: Graph) -> None:
    sides = {URIRef(f"{BASE}id/place/{name}") for name in ("north-korea", "south-korea")}
    checked = 0
    for entry, shape in gazetteer.subject_objects(GEO.asWKT):
        if set(gazetteer.objects(entry, CX.side)) & sides:
            lon, lat = map(float, re.findall(r"-?\d+\.?\d*", str(shape)))
            assert 124 <= lon <= 131, entry
            assert 33 <= lat <= 43.1, entry
            checked += 1
    assert checked > 30


def test_external_links_are_to_wikidata_and_to_one_item_each(gazetteer: Graph) -> None:
    links = list(gazetteer.subject_objects(SKOS.exactMatch))
    assert links
    assert len({item for _, item in links}) == len({entry for entry, _ in links}) == len(links)
    for _, item in links:
        assert re.fullmatch(re.escape(PREFIXES["wd"]) + r"Q[1-9]\d*", str(item)), item


@pytest.mark.parametrize("border", borders())
def test_rules_of_a_border_name_what_exists(border: str) -> None:
    lexicon = Lexicon.load(border)
    named = set(
        re.findall(
            r"\b(?:id:[a-z]+/[a-z0-9-]+|(?:itype|direction):[a-z-]+)", (border_dir(border) / "rules.yaml").read_text()
        )
    )
    assert named
    assert {name for name in named if name not in lexicon} == set()


@pytest.mark.parametrize("border", borders())
def test_bodies_of_the_rules_are_of_the_side_they_stand_under(border: str) -> None:
    lexicon = Lexicon.load(border)
    rules = read_rules(border_dir(border) / "rules.yaml")
    for body in rules.bodies.values():
        for side, name in ((rules.sides.home, body.home), (rules.sides.destination, body.destination)):
            assert name is None or lexicon[name].value("ofState") == side.place, name


@pytest.mark.parametrize("border", borders())
def test_surnames_are_one_word_in_capitals_first_and_listed_once(border: str) -> None:
    names = read_rules(border_dir(border) / "rules.yaml").names
    assert len(names.surnames) > 100
    for surname in names.surnames:
        assert re.fullmatch(r"[A-Z][a-z']*(?:[a-z])", surname), surname
