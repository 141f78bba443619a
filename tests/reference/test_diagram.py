from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.consolidate.properties import CLASSES
from kg.namespaces import CX, expand
from kg.reference.diagram import Figure, Rectangle, claim_joins, drawn, entity_joins
from kg.reference.said import Said
from kg.reference.terms import Ontology, read_ontology

NAMES = [*CLASSES, "Place"]


def made(edges: list[tuple[str, str, str]]) -> Ontology:
    triples = [Triple(NamedNode(CX + c), NamedNode(expand("rdf:type")), NamedNode(expand("owl:Class"))) for c in NAMES]
    for name, source, target in edges:
        for predicate, value in (
            ("rdf:type", expand("owl:ObjectProperty")),
            ("rdfs:domain", CX + source),
            ("rdfs:range", CX + target),
        ):
            triples.append(Triple(NamedNode(CX + name), NamedNode(expand(predicate)), NamedNode(value)))
        triples.append(Triple(NamedNode(CX + name), NamedNode(expand("rdfs:label")), Literal(name)))
    return read_ontology(Said(triples))


def entities(ontology: Ontology) -> Figure | None:
    return drawn(ontology, entity_joins(ontology), [cls.iri for cls in ontology.main])


def claims(ontology: Ontology) -> Figure | None:
    return drawn(ontology, claim_joins(ontology), [CX + "Claim"])


def lies_inside(figure: Figure, found: Rectangle) -> bool:
    return (
        found.left >= 0
        and found.top >= 0
        and found.left + found.width <= figure.width
        and found.top + found.height <= figure.height
    )


def test_the_drawing_is_of_the_five_and_of_what_joins_them(ontology_read: Ontology) -> None:
    figure = entities(ontology_read)
    assert figure is not None
    assert {box.iris for box in figure.boxes if box.main} == {(CX + cls,) for cls in CLASSES}
    assert {box.iris for box in figure.boxes if not box.main} == {(CX + "Place",)}
    shown = {iri for label in figure.labels for iri, _y in label.lines}
    assert shown == {iri for join in entity_joins(ontology_read) for iri in join.properties}
    assert {CX + name for name in ("crosser", "viaRoute", "reportedBy", "affiliation", "shareOf")} <= shown
    assert CX + "front" not in shown
    assert CX + "reportedIn" not in shown


def test_the_drawing_of_a_claim_leads_to_the_words(ontology_read: Ontology) -> None:
    figure = claims(ontology_read)
    assert figure is not None
    boxes = {tuple(iri.removeprefix(CX) for iri in box.iris) for box in figure.boxes}
    # Nothing joins a digest that does not join an article: they are one box.
    assert boxes == {("Claim",), ("Mention",), ("Evidence",), ("Article", "Digest"), ("CitedSource",)}
    assert [box.iris for box in figure.boxes if box.main] == [(CX + "Claim",)]
    assert list(figure.joins) == claim_joins(ontology_read)
    shown = {iri for label in figure.labels for iri, _y in label.lines}
    assert {CX + name for name in ("evidence", "inArticle", "subjectMention", "objectMention")} <= shown


@pytest.mark.parametrize("draw", [entities, claims])
def test_nothing_lies_on_something_else(ontology_read: Ontology, draw: Callable[[Ontology], Figure | None]) -> None:
    figure = draw(ontology_read)
    assert figure is not None
    parts: list[Rectangle] = [*figure.boxes, *figure.labels]
    assert all(lies_inside(figure, part) for part in parts)
    assert [(a, b) for a, b in combinations(parts, 2) if a.meets(b)] == []


def test_words_are_as_wide_as_their_label_needs(ontology_read: Ontology) -> None:
    figure = entities(ontology_read)
    assert figure is not None
    for label in figure.labels:
        assert label.width >= 7 * max(len(ontology_read.properties[iri].label) for iri, _y in label.lines)
        assert all(label.top < y < label.top + label.height for _iri, y in label.lines)


def test_it_is_the_same_each_time(ontology_read: Ontology) -> None:
    assert entities(ontology_read) == entities(ontology_read)


def test_what_holds_both_ways_has_two_tips(ontology_read: Ontology) -> None:
    figure = entities(ontology_read)
    assert figure is not None
    assert sum(both for _path, both in figure.paths) == 1


def test_nothing_joined_is_nothing_drawn() -> None:
    assert entities(made([])) is None
    assert entities(read_ontology(Said([]))) is None


def test_a_loop_turns_away_from_the_lines() -> None:
    figure = entities(made([("up", "Incident", "Person"), ("again", "Incident", "Incident")]))
    assert figure is not None
    incident, person = (next(b for b in figure.boxes if CX + name in b.iris) for name in ("Incident", "Person"))
    loop = next(label for label in figure.labels if label.lines[0][0] == CX + "again")
    assert person.y < incident.y < loop.y


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(list(CLASSES)), st.sampled_from(NAMES)), min_size=1, max_size=14),
    st.integers(3, 24),
)
def test_any_ontology_is_drawn_inside_its_frame(ends: list[tuple[str, str]], length: int) -> None:
    edges = [(f"p{number}".ljust(length, "x"), *pair) for number, pair in enumerate(ends)]
    ontology = made(edges)
    figure = entities(ontology)
    assert figure is not None
    parts: list[Rectangle] = [*figure.boxes, *figure.labels]
    assert all(lies_inside(figure, part) for part in parts)
    assert [pair for pair in combinations(figure.boxes, 2) if pair[0].meets(pair[1])] == []
    lines = [iri for label in figure.labels for iri, _y in label.lines]
    assert set(lines) == {CX + name for name, _source, _target in edges}
    assert {iri for box in figure.boxes for iri in box.iris} >= {CX + name for pair in ends for name in pair}


def test_many_classes_beside_the_five_leave_the_five_alone() -> None:
    extra = [f"Extra{n}" for n in range(9)]
    triples = [Triple(NamedNode(CX + c), NamedNode(expand("rdf:type")), NamedNode(expand("owl:Class"))) for c in extra]
    base = made([("crosser", "Incident", "Person")])
    assert entities(base) is not None
    said = [("rdf:type", expand("owl:ObjectProperty")), ("rdfs:domain", CX + "Incident")]
    for n, target in enumerate(extra):
        for predicate, value in (*said, ("rdfs:range", CX + target)):
            triples.append(Triple(NamedNode(f"{CX}q{n}"), NamedNode(expand(predicate)), NamedNode(value)))
    for name in CLASSES:
        triples.append(Triple(NamedNode(CX + name), NamedNode(expand("rdf:type")), NamedNode(expand("owl:Class"))))
    assert entity_joins(read_ontology(Said(triples))) == []
