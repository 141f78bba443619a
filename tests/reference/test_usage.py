from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.namespaces import CX, PREFIXES, expand, graph_iri, prefix_header
from kg.reference.said import Said
from kg.reference.schemes import Scheme, read_schemes
from kg.reference.terms import Ontology
from kg.reference.usage import (
    Example,
    Usage,
    count_queries,
    examples_query,
    listing_query,
    read_counts,
    read_examples,
    valued_by,
)
from tests.release.content import quads
from tests.support.lexicon import lexicon_quads

Row = Mapping[str, NamedNode | BlankNode | Literal | Triple]


def asked(store: Store, query: str) -> list[Row]:
    found = store.query(prefix_header() + query)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in found]


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(quads(3))
    made.extend(lexicon_quads())
    claim, subject = NamedNode(expand("id:claim/x")), NamedNode(expand("id:incident/0000"))
    article = NamedNode(graph_iri("article/y"))
    made.extend(
        [
            Quad(claim, NamedNode(expand("rdf:predicate")), NamedNode(CX + "remark"), article),
            Quad(claim, NamedNode(expand("rdf:subject")), subject, article),
            Quad(claim, NamedNode(expand("rdf:object")), NamedNode(expand("topic:motive")), article),
        ]
    )
    return made


@pytest.fixture(scope="module")
def schemes(said: Said) -> dict[str, Scheme]:
    return read_schemes(said)


@pytest.fixture(scope="module")
def usage(store: Store, ontology_read: Ontology, schemes: dict[str, Scheme]) -> Usage:
    counted = read_counts([(where, asked(store, query)) for where, query in count_queries(ontology_read, schemes)])
    return Usage(counted.counts, counted.samples, read_examples(asked(store, examples_query(counted, ontology_read))))


def test_terms_are_counted_where_they_are_used(usage: Usage) -> None:
    assert usage.of("facts", CX + "front") == 3
    assert usage.of("claims", CX + "front") == 3
    assert usage.of("facts", CX + "Incident") == 3
    assert usage.of("records", CX + "Evidence") == 3
    assert usage.of("records", CX + "evidence") == 3
    assert usage.of("facts", expand("front:eastern")) == 3
    assert usage.of("claims", expand("front:eastern")) == 3
    assert usage.of("facts", CX + "rank") == 0
    assert usage.of("records", CX + "entryClass") > 100


def test_a_count_is_what_its_query_lists(
    usage: Usage, store: Store, ontology_read: Ontology, schemes: dict[str, Scheme]
) -> None:
    checked: set[str] = set()
    for (where, iri), count in usage.counts.items():
        scheme = next((scheme for scheme in schemes.values() if iri in scheme.concepts), None)
        if scheme is not None:
            query = listing_query(where, iri, "concept", valued_by(ontology_read, scheme.iri, where))
        elif iri in ontology_read.classes:
            query = listing_query(where, iri, "class")
        elif iri in ontology_read.properties:
            query = listing_query(where, iri, "property")
        else:
            continue
        assert len(asked(store, query)) == count, (where, iri)
        checked.add(where + ("concept" if scheme is not None else "term"))
    assert checked == {"factsconcept", "factsterm", "claimsconcept", "claimsterm", "recordsterm"}


def test_examples_are_statements_of_the_release(usage: Usage, store: Store, ontology_read: Ontology) -> None:
    assert {CX + "front", CX + "entryClass", CX + "remark", CX + "valuesFrom"} <= set(usage.examples)
    for iri, example in usage.examples.items():
        assert example.predicate == iri
        subject, predicate = NamedNode(example.subject), NamedNode(example.predicate)
        if example.claim:
            stated = NamedNode(expand("rdf:subject"))
            assert any(store.quads_for_pattern(NamedNode(example.claim), stated, subject, None))
        else:
            assert any(store.quads_for_pattern(subject, predicate, example.object, None)), iri


def test_an_example_of_what_stands_in_claims_alone_is_a_claim(usage: Usage) -> None:
    example = usage.examples[CX + "remark"]
    assert example.claim == expand("id:claim/x")
    assert example.turtle().startswith("id:claim\\/x rdf:subject id:incident\\/0000 ;")
    assert example.label.startswith("crossing")


def test_an_example_is_turtle(usage: Usage) -> None:
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    for example in usage.examples.values():
        parsed = list(pyoxigraph.parse((head + example.turtle()).encode(), format=pyoxigraph.RdfFormat.TURTLE))
        assert len(parsed) == (3 if example.claim else 1)
        if not example.shortened:
            assert parsed[-1].object == example.object or example.claim


def test_a_long_value_is_shortened() -> None:
    example = Example("urn:s", "urn:p", Literal("word " * 100))
    assert example.shortened
    assert len(example.turtle()) < 160
    assert "…" in example.turtle()


def test_of_several_values_the_shortest_is_the_example() -> None:
    rows: list[Row] = [
        {"property": NamedNode("urn:p"), "s": NamedNode("urn:s"), "o": Literal(text)} for text in ("longer", "short")
    ]
    assert read_examples(rows)["urn:p"].object == Literal("short")
    assert read_examples(reversed(rows)) == read_examples(rows)


def test_rows_that_are_not_of_the_form_are_left_out() -> None:
    rows: list[Row] = [{"property": NamedNode("urn:p"), "s": BlankNode("b"), "o": Literal("x")}, {}]
    assert read_examples(rows) == {}
    assert read_counts([("facts", [{"term": Literal("x"), "n": Literal(1)}])]).counts == {}
