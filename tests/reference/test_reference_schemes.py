from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import BASE, SCHEMES, expand
from kg.reference.said import Said, read_triples
from kg.reference.schemes import read_schemes
from kg.resources import border_dir, vocabulary_files

SCHEME = BASE + "vocabulary/x"


def said_of(*statements: tuple[str, str, str]) -> Said:
    head = (SCHEME, "rdf:type", "skos:ConceptScheme")
    return Said(
        Triple(NamedNode(expand(s)), NamedNode(expand(p)), NamedNode(expand(o))) for s, p, o in (head, *statements)
    )


def concept(local: str, *broader: str) -> list[tuple[str, str, str]]:
    iri = f"{SCHEME}#{local}"
    found = [(iri, "rdf:type", "skos:Concept"), (iri, "skos:inScheme", SCHEME)]
    return found + [(iri, "skos:broader", f"{SCHEME}#{other}") for other in broader]


def test_every_vocabulary_is_a_scheme(said: Said) -> None:
    schemes = read_schemes(said)
    assert {scheme.name: scheme.prefix for scheme in schemes.values()} == {v: k for k, v in SCHEMES.items()}
    front = schemes["front"]
    eastern = front.concepts[expand("front:eastern")]
    assert (eastern.label, eastern.korean, eastern.others) == ("eastern front", "동부전선", ("eastern section",))
    assert eastern.hidden > 3
    assert eastern.admitted is None
    assert schemes["certainty"].concepts[expand("certainty:probable")].admitted is False
    assert schemes["specificity"].concepts[expand("specificity:general")].founds == (
        expand("cx:Route"),
        expand("cx:Statistic"),
    )


def test_a_narrower_concept_stands_after_its_broader_one(said: Said) -> None:
    ranks = read_schemes(said)["rank"]
    order = list(ranks.concepts)
    checked = 0
    for iri, found in ranks.concepts.items():
        for wider in found.broader:
            assert order.index(wider) < order.index(iri)
            assert ranks.depth[iri] == ranks.depth[wider] + 1
            assert iri in ranks.concepts[wider].narrower
            checked += 1
    assert checked > 20


def test_rules_are_in_the_order_in_which_they_are_tried(said: Said) -> None:
    orders = [found.order for found in read_schemes(said)["resolution-rule"].concepts.values() if found.order]
    assert orders == sorted(orders)
    assert len(orders) > 5


def test_the_gazetteer_is_last_and_adds_to_other_schemes() -> None:
    files = vocabulary_files()
    schemes = read_schemes(Said(read_triples([*files, border_dir() / "gazetteer.ttl"])))
    last = list(schemes.values())[-1]
    assert (last.name, last.gazetteer) == ("korea-gazetteer", True)
    assert last.concepts[expand("id:place/seoul")].name == "place/seoul"
    alone = read_schemes(Said(read_triples(files)))
    more = [name for name in alone if len(schemes[name].concepts) > len(alone[name].concepts)]
    assert "direction" in more or "population" in more
    assert not any(scheme.gazetteer for scheme in alone.values())


def test_a_cycle_of_broader_concepts_ends() -> None:
    found = read_schemes(said_of(*concept("a", "b"), *concept("b", "a"), *concept("c", "c")))["x"]
    assert sorted(iri.rpartition("#")[2] for iri in found.concepts) == ["a", "b", "c"]
    assert set(found.depth.values()) <= {0, 1}


def test_a_deep_scheme_is_read() -> None:
    chain = [statement for n in range(3000) for statement in concept(f"c{n}", *([f"c{n - 1}"] if n else []))]
    depth = read_schemes(said_of(*chain))["x"].depth
    assert max(depth.values()) == 2999


def test_a_scheme_that_says_nothing_has_its_name() -> None:
    found = read_schemes(said_of())["x"]
    assert (found.label, found.concepts, found.gazetteer, found.prefix) == ("x", {}, False, "")


def test_a_label_of_another_language_is_not_taken() -> None:
    statements = [Triple(NamedNode(SCHEME), NamedNode(expand("skos:prefLabel")), Literal("Fronten", language="de"))]
    statements.append(Triple(NamedNode(SCHEME), NamedNode(expand("rdf:type")), NamedNode(expand("skos:ConceptScheme"))))
    assert read_schemes(Said(statements))["x"].label == "x"
