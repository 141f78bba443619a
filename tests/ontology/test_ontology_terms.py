"""The ontology says of each of its terms what a reader needs, and agrees with code that holds the same tables."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.consolidate.properties import CLASSES, FUNCTIONAL
from kg.namespaces import BASE, PREFIXES, SCHEMES, expand

CX = Namespace(PREFIXES["cx"])
SCHEMA = Namespace(PREFIXES["schema"])
QB = Namespace(PREFIXES["qb"])
ONTOLOGY = URIRef(BASE + "ontology")
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)


def terms(graph: Graph) -> list[URIRef]:
    return sorted({s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(CX)})


def properties(graph: Graph) -> list[URIRef]:
    return [term for term in terms(graph) if any((term, RDF.type, kind) in graph for kind in PROPERTY_TYPES)]


def test_the_ontology_has_a_version_and_a_licence(ontology: Graph) -> None:
    assert ontology.value(ONTOLOGY, OWL.versionIRI) == URIRef(BASE + "ontology/0.1.0")
    assert ontology.value(ONTOLOGY, OWL.versionInfo) == Literal("0.1.0")
    licence = ontology.value(ONTOLOGY, URIRef(expand("dcterms:license")))
    assert licence == URIRef("https://creativecommons.org/licenses/by/4.0/")


def test_every_term_is_described(ontology: Graph) -> None:
    assert len(terms(ontology)) > 100
    for term in terms(ontology):
        for said in (RDFS.label, RDFS.comment, SKOS.example):
            values = list(ontology.objects(term, said))
            assert [v for v in values if isinstance(v, Literal) and v.language == "en" and v.strip()] == values, term
            assert len(values) == 1, f"{term} has {len(values)} {said}"
        assert ontology.value(term, RDFS.isDefinedBy) == ONTOLOGY, term
        assert list(ontology.objects(term, RDF.type)), term


def test_labels_are_unique(ontology: Graph) -> None:
    labels = [str(ontology.value(term, RDFS.label)) for term in terms(ontology)]
    kinds = [(term in properties(ontology), label) for term, label in zip(terms(ontology), labels, strict=True)]
    assert len(set(kinds)) == len(kinds)


def test_every_property_has_a_domain_and_a_range_that_are_declared(ontology: Graph) -> None:
    declared = set(terms(ontology))
    for term in properties(ontology):
        domain = [*ontology.objects(term, RDFS.domain), *ontology.objects(term, SCHEMA.domainIncludes)]
        reach = [*ontology.objects(term, RDFS.range), *ontology.objects(term, SCHEMA.rangeIncludes)]
        assert domain, f"{term} has no domain"
        assert reach, f"{term} has no range"
        for other in (*domain, *reach):
            assert not str(other).startswith(CX) or other in declared, f"{term} names {other}, which is not declared"


def test_literals_are_datatype_properties(ontology: Graph) -> None:
    for term in properties(ontology):
        kinds = [kind for kind in PROPERTY_TYPES if (term, RDF.type, kind) in ontology]
        assert len(kinds) == 1, term
        reach = str(ontology.value(term, RDFS.range) or "")
        literal = reach.startswith((PREFIXES["xsd"], "http://id.loc.gov/datatypes/")) or reach == str(RDF.langString)
        assert (kinds == [OWL.DatatypeProperty]) == literal, term


def test_concept_properties_name_a_scheme_that_exists(ontology: Graph, vocabularies: Graph) -> None:
    named = set(ontology.objects(None, CX.valuesFrom))
    assert {URIRef(f"{BASE}vocabulary/{stem}") for stem in SCHEMES.values()} == named
    for scheme in named:
        assert (scheme, RDF.type, SKOS.ConceptScheme) in vocabularies
    for term in ontology.subjects(CX.valuesFrom, None):
        assert ontology.value(term, RDFS.range) == SKOS.Concept, term


def test_functional_properties_are_those_of_consolidation(ontology: Graph) -> None:
    declared = {str(term).removeprefix(CX) for term in ontology.subjects(RDF.type, OWL.FunctionalProperty)}
    assert declared == {name.removeprefix("cx:") for names in FUNCTIONAL.values() for name in names}


def test_functional_properties_are_of_the_class_that_consolidation_says(ontology: Graph) -> None:
    for cls, names in FUNCTIONAL.items():
        for name in names:
            term = URIRef(expand(name))
            domain = {*ontology.objects(term, RDFS.domain), *ontology.objects(term, SCHEMA.domainIncludes)}
            assert CX[cls] in domain, f"{name} is not of cx:{cls}"


def test_the_five_classes_are_disjoint(ontology: Graph) -> None:
    pairs = {frozenset(pair) for pair in ontology.subject_objects(OWL.disjointWith)}
    for first in CLASSES:
        for second in CLASSES:
            if first != second:
                assert frozenset((CX[first], CX[second])) in pairs


def test_the_structure_of_statistics_is_whole(ontology: Graph) -> None:
    components = list(ontology.objects(CX.StatisticStructure, QB.component))
    assert set(components) == set(ontology.subjects(RDF.type, QB.ComponentSpecification))
    kinds = {QB.dimension: QB.DimensionProperty, QB.measure: QB.MeasureProperty, QB.attribute: QB.AttributeProperty}
    seen = set()
    for component in components:
        (role,) = [role for role in kinds if ontology.value(component, role) is not None]
        member = ontology.value(component, role)
        assert (member, RDF.type, kinds[role]) in ontology, component
        seen.add(member)
    assert seen == {s for kind in kinds.values() for s in ontology.subjects(RDF.type, kind)}


def test_alignment_speaks_of_declared_terms_and_of_foreign_ones(ontology: Graph, alignment: Graph) -> None:
    declared = set(terms(ontology))
    aligned = terms(alignment)
    assert len(aligned) > 20
    for term in aligned:
        assert term in declared, f"alignment.ttl speaks of {term}, which is not declared"
        for _, other in alignment.predicate_objects(term):
            assert not str(other).startswith(CX), f"{term}: what is said within the ontology belongs into ontology.ttl"


def test_the_five_classes_are_aligned_and_a_digest_is_no_news_article(alignment: Graph) -> None:
    for name in (*CLASSES, "Place", "Article", "Claim", "Evidence"):
        assert (CX[name], RDFS.subClassOf, None) in alignment, name
    assert (CX.Article, RDFS.subClassOf, SCHEMA.NewsArticle) in alignment
    assert (CX.Digest, RDFS.subClassOf, SCHEMA.NewsArticle) not in alignment
