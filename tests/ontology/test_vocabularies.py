"""The concept schemes: whole, labelled, and each concept at its place; and the one table of what is admitted."""

from __future__ import annotations

from typing import get_args

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.facts.model import Certainty, Qualifier, Specificity, Tense, Unit
from kg.namespaces import BASE, PREFIXES, SCHEMES, expand

CX = Namespace(PREFIXES["cx"])
ALL = sorted(SCHEMES)


def concepts(graph: Graph, prefix: str) -> list[URIRef]:
    found = (URIRef(str(s)) for s in graph.subjects(RDF.type, SKOS.Concept))
    return sorted(concept for concept in found if concept.startswith(PREFIXES[prefix]))


def names(graph: Graph, prefix: str) -> set[str]:
    return {str(concept).removeprefix(PREFIXES[prefix]) for concept in concepts(graph, prefix)}


def test_every_concept_is_of_a_scheme_of_the_table(vocabularies: Graph) -> None:
    listed = {concept for prefix in SCHEMES for concept in concepts(vocabularies, prefix)}
    assert set(vocabularies.subjects(RDF.type, SKOS.Concept)) == listed


@pytest.mark.parametrize("prefix", ALL)
def test_a_scheme_is_described_and_versioned(vocabularies: Graph, prefix: str) -> None:
    scheme = URIRef(f"{BASE}vocabulary/{SCHEMES[prefix]}")
    assert (scheme, RDF.type, SKOS.ConceptScheme) in vocabularies
    for said in (SKOS.prefLabel, RDFS.label, SKOS.definition):
        assert vocabularies.value(scheme, said), said
    assert vocabularies.value(scheme, URIRef(expand("owl:versionIRI"))) == URIRef(f"{scheme}/0.1.0")
    assert vocabularies.value(scheme, RDFS.isDefinedBy) == scheme


@pytest.mark.parametrize("prefix", ALL)
def test_every_concept_is_described(vocabularies: Graph, prefix: str) -> None:
    scheme = URIRef(f"{BASE}vocabulary/{SCHEMES[prefix]}")
    assert len(concepts(vocabularies, prefix)) > 1
    for concept in concepts(vocabularies, prefix):
        english = [v for v in vocabularies.objects(concept, SKOS.prefLabel) if v.language == "en"]  # type: ignore[attr-defined]
        assert len(english) == 1, concept
        for said in (SKOS.definition, SKOS.example):
            assert len(list(vocabularies.objects(concept, said))) == 1, f"{concept} {said}"
        assert list(vocabularies.objects(concept, SKOS.inScheme)) == [scheme], concept
        assert vocabularies.value(concept, RDFS.isDefinedBy) == scheme, concept


@pytest.mark.parametrize("prefix", ALL)
def test_every_concept_is_at_the_top_or_below_one_of_its_scheme(vocabularies: Graph, prefix: str) -> None:
    scheme = URIRef(f"{BASE}vocabulary/{SCHEMES[prefix]}")
    mine = set(concepts(vocabularies, prefix))
    tops = set(vocabularies.objects(scheme, SKOS.hasTopConcept))
    assert tops == set(vocabularies.subjects(SKOS.topConceptOf, scheme)) <= mine
    for concept in mine:
        above = set(vocabularies.objects(concept, SKOS.broader))
        assert bool(above) != (concept in tops), concept
        assert above <= mine, concept
        for one in above:
            assert concept not in set(vocabularies.transitive_objects(one, SKOS.broader)), concept


@pytest.mark.parametrize("prefix", ALL)
def test_a_label_names_one_concept_of_a_scheme(vocabularies: Graph, prefix: str) -> None:
    known: dict[tuple[str, str | None], URIRef] = {}
    for concept in concepts(vocabularies, prefix):
        for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for words in vocabularies.objects(concept, kind):
                assert isinstance(words, Literal)
                assert words.language in {"en", "ko"}, words
                key = (str(words).casefold(), words.language)
                assert known.setdefault(key, concept) == concept, f"'{words}' names {known[key]} and {concept}"
                assert words.strip() == str(words) != ""


def test_korean_labels_are_korean(vocabularies: Graph, gazetteer: Graph) -> None:
    korean = [
        words
        for graph in (vocabularies, gazetteer)
        for words in graph.objects()
        if isinstance(words, Literal) and words.language == "ko"
    ]
    assert len(korean) > 100
    for words in korean:
        assert any("가" <= character <= "힣" for character in words), words


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("certainty", get_args(Certainty)),
        ("specificity", get_args(Specificity)),
        ("tense", get_args(Tense)),
        ("qualifier", get_args(Qualifier)),
        ("precision", (*get_args(Unit), "interval", "unresolved")),
    ],
)
def test_schemes_hold_what_facts_can_say(vocabularies: Graph, prefix: str, values: tuple[str, ...]) -> None:
    assert names(vocabularies, prefix) == set(values)


def test_the_table_of_what_is_admitted(vocabularies: Graph) -> None:
    admitted = {
        f"{prefix}:{name}": vocabularies.value(URIRef(PREFIXES[prefix] + name), CX.admitted)
        for prefix in ("certainty", "specificity", "tense")
        for name in names(vocabularies, prefix)
    }
    assert {name for name, value in admitted.items() if value == Literal(True)} == {
        "certainty:asserted", "certainty:reported", "specificity:specific", "tense:past", "tense:present",
    }  # fmt: skip
    assert {name for name, value in admitted.items() if value == Literal(False)} == {
        "certainty:probable", "certainty:possible", "certainty:denied", "specificity:general", "tense:future",
    }  # fmt: skip
    assert set(vocabularies.subject_objects(CX.foundsClass)) == {
        (URIRef(expand("specificity:general")), CX.Route),
        (URIRef(expand("specificity:general")), CX.Statistic),
    }


def test_rules_of_preference_are_in_the_order_of_the_design(vocabularies: Graph) -> None:
    ordered = sorted((int(str(order)), str(rule)) for rule, order in vocabularies.subject_objects(CX.order))
    assert [number for number, _ in ordered] == list(range(1, 8))
    assert [rule.removeprefix(PREFIXES["rule"]) for _, rule in ordered] == [
        "curated", "quoted-official", "attributed-agency", "body-over-headline", "absolute-over-relative",
        "more-independent-sources", "undecided",
    ]  # fmt: skip
    preference = URIRef(expand("rule:preference"))
    assert set(vocabularies.subjects(SKOS.broader, preference)) == {URIRef(rule) for _, rule in ordered}


def test_every_rank_fits_the_soldier(vocabularies: Graph) -> None:
    for rank in concepts(vocabularies, "rank"):
        assert list(vocabularies.objects(rank, CX.fitsActorType)) == [URIRef(expand("actor:soldier"))], rank


def test_what_yields_stays_in_its_scheme_and_never_back(vocabularies: Graph) -> None:
    pairs = set(vocabularies.subject_objects(CX.yieldsTo))
    assert pairs
    for weaker, stronger in pairs:
        assert str(weaker).partition("#")[0] == str(stronger).partition("#")[0]
        assert weaker not in set(vocabularies.transitive_objects(stronger, CX.yieldsTo)), (weaker, stronger)
