from __future__ import annotations

import hashlib

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.consolidate.consolidate import Consolidated, consolidate
from kg.knowledge import Knowledge
from kg.mapping.graph import build_quads
from kg.namespaces import PREFIXES, expand, graph_iri
from tests.support.facts import Draft
from tests.support.stories import dated, figures, recalled, statements, undated


@pytest.fixture(scope="module")
def consolidated() -> Consolidated:
    return consolidate(statements(dated(), recalled(), undated(), figures()), Knowledge.load())


@pytest.fixture(scope="module")
def store(consolidated: Consolidated) -> Store:
    made = Store()
    made.extend(build_quads(consolidated, Knowledge.load(), "korea"))
    return made


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    return sorted(tuple(getattr(v, "value", "") for v in row) for row in found)  # type: ignore[union-attr]


def test_two_builds_are_the_same_quads(consolidated: Consolidated) -> None:
    drafts = (figures(), undated(), recalled(), dated())
    again = consolidate(statements(*drafts), Knowledge.load())
    knowledge = Knowledge.load()
    assert build_quads(again, knowledge, "korea") == build_quads(consolidated, knowledge, "korea")


def test_no_blank_nodes(store: Store) -> None:
    assert all(isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode | Literal) for q in store)


def test_the_default_graph_holds_each_incident_once(store: Store) -> None:
    assert len(rows(store, "SELECT ?i { ?i a cx:Incident }")) == 4


def test_only_what_a_claim_mentions_is_typed(store: Store) -> None:
    query = """SELECT ?o { ?o a cx:Organization FILTER NOT EXISTS { GRAPH ?g { ?c rdf:subject ?o } } }"""
    assert rows(store, query) == []
    assert len(rows(store, "SELECT ?o { ?o a cx:Organization }")) == 2


def test_an_article_graph_says_nothing_directly_about_an_entity(store: Store) -> None:
    query = """SELECT ?e ?p { GRAPH ?g { ?e ?p ?o } ?e a ?class
               FILTER(?class IN (cx:Incident, cx:Person, cx:Organization, cx:Route, cx:Statistic))
               FILTER(STRSTARTS(STR(?g), CONCAT(STR(graph:), "article/"))) }"""
    assert rows(store, query) == []


def test_every_flat_value_has_its_claim(store: Store) -> None:
    query = """SELECT ?s ?p ?o { ?s a cx:Incident ; ?p ?o
               FILTER(?p IN (cx:dateEDTF, cx:dateEarliest, cx:dateLatest, cx:datePrecision, cx:front, cx:crosser,
                             cx:incidentType, cx:personCount, cx:viaRoute))
               FILTER NOT EXISTS { GRAPH ?g { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } }
               FILTER NOT EXISTS { GRAPH ?h { ?d rdf:subject ?s ; ?p ?o } } }"""
    assert rows(store, query) == []


def test_evidence_stands_at_its_offsets(store: Store, consolidated: Consolidated) -> None:
    texts = {a.iri: a.text for a in consolidated.articles}
    query = """SELECT ?article ?start ?end ?hash ?quote { GRAPH ?g { ?e oa:hasSource ?article ; cx:quoteHash ?hash ;
               oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end
               OPTIONAL { ?e oa:hasSelector/oa:exact ?quote } } }"""
    found = rows(store, query)
    assert len(found) > 30
    for article, start, end, sha256, quote in found:
        text = texts[article]
        assert text is not None
        words = text[int(start) : int(end)]
        assert hashlib.sha256(words.encode()).hexdigest() == sha256
        assert quote in ("", words)


def test_an_unresolved_date_is_its_words(store: Store) -> None:
    query = """SELECT ?o { GRAPH ?g { ?c rdf:predicate cx:dateEDTF ; rdf:object ?o ;
               cx:datePrecision precision:unresolved } }"""
    assert ("Early on Tuesday",) in rows(store, query)


def test_a_relative_date_names_what_it_was_resolved_against(store: Store, consolidated: Consolidated) -> None:
    against = {a for (a,) in rows(store, "SELECT ?a { GRAPH ?g { ?c cx:resolvedAgainst ?a } }")}
    assert against == {a.iri for a in consolidated.articles if a.facts.article.published == "2022-02-10"}


def test_a_derived_claim_names_its_rule_and_its_sources(store: Store) -> None:
    query = """SELECT ?rule (COUNT(?s) AS ?n) { GRAPH ?g { ?c cx:derivationRule ?rule ; prov:wasDerivedFrom ?s } }
               GROUP BY ?rule"""
    assert all(int(n) >= 2 for _, n in rows(store, query))
    assert len(rows(store, query)) == 3


def test_used_concepts_are_in_the_default_graph_with_what_is_broader(store: Store) -> None:
    labels = {label for (label,) in rows(store, "SELECT ?l { ?c skos:inScheme ?s ; skos:prefLabel ?l }")}
    assert {"sergeant", "eastern front"} <= labels


def test_whole_vocabulary_and_gazetteer_stand_in_their_graphs(store: Store) -> None:
    for name in ("vocabulary", "gazetteer"):
        assert len(list(store.quads_for_pattern(None, None, None, NamedNode(graph_iri(name))))) > 500


def long_article(kind: str = "article") -> list[Quad]:
    words = " ".join(f"word{n}" for n in range(170))
    draft = Draft(f"A man crossed. {words}", kind=kind)
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:incidentType", "itype:crossing", "A man crossed")
    for first in range(0, 160, 20):
        quote = " ".join(f"word{n}" for n in range(first, first + 12))
        draft.claim(incident, "cx:outcome", "outcome:custody", quote, certainty="possible", raw=quote)
    made = consolidate(statements(draft), Knowledge.load())
    return list(build_quads(made, Knowledge.load(), "korea"))


def literals(quads: list[Quad], predicate: str) -> list[str]:
    node = NamedNode(expand(predicate))
    return [q.object.value for q in quads if q.predicate == node and isinstance(q.object, Literal)]


def test_a_tenth_of_an_article_is_released_flat_values_first() -> None:
    quads = long_article()
    quotes = literals(quads, "oa:exact")
    assert "A man crossed" in quotes
    assert sum(len(q.split()) for q in quotes if q != "crossed") <= 17
    raw = literals(quads, "cx:rawValue")
    assert all(any(r in q for q in quotes) for r in raw), "a raw value is released with its quote alone"
    assert "12" in literals(quads, "cx:quoteWithheld")


def test_a_digest_of_ours_is_released_whole() -> None:
    quads = long_article("digest")
    assert not [q for q in quads if q.predicate == NamedNode(expand("cx:quoteWithheld"))]
    assert [q for q in quads if q.predicate == NamedNode(expand("cx:text"))]
