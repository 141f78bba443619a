from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad

from kg.consolidate.consolidate import consolidate
from kg.knowledge import Knowledge
from kg.mapping.graph import build_quads
from kg.namespaces import BASE, expand
from kg.shapes.blame import claims_at_fault
from kg.shapes.report import Report, Result
from kg.shapes.validate import validate
from tests.shapes.graphs import Edit, Node, baseline, integer, iri
from tests.shapes.mutations import MUTATIONS

#: Flat values that no claim says: the closed list, as far as the baseline uses it.
UNCLAIMED = {
    expand(name)
    for name in (
        "rdf:type",
        "skos:prefLabel",
        "cx:reportedIn",
        "cx:articleCount",
        "cx:independentSourceMin",
        "cx:independentSourceMax",
        "cx:reviewed",
    )
}
CLASSES = {expand(f"cx:{name}") for name in ("Incident", "Person", "Organization", "Route", "Statistic")}


def result(focus: str, path: str | None = None, value: Node = None, severity: str = "violation") -> Result:
    return Result(focus, path, value, "https://example.org/shape", severity, "wrong")


def at_fault(edit: Edit, *results: Result) -> tuple[set[str], set[str], tuple[Result, ...]]:
    return claims_at_fault(Report.of(set(results)), edit.quads)


def local(node: Node) -> str:
    return str(node.value.rsplit("/", 1)[-1])


@lru_cache(maxsize=1)
def claimed_values() -> list[Any]:
    edit = Edit(baseline())
    entities = {q.subject for q in edit.find(None, "rdf:type") if q.object.value in CLASSES}
    lexicon = {(q.subject, q.predicate, q.object) for q in edit.quads if "gazetteer" in str(q.graph_name)}
    return sorted(
        (
            q
            for q in edit.quads
            if isinstance(q.graph_name, DefaultGraph)
            and q.subject in entities
            and q.predicate.value not in UNCLAIMED
            and q.predicate.value.startswith(BASE)
            and (q.subject, q.predicate, q.object) not in lexicon
        ),
        key=str,
    )


def test_there_are_values_to_blame() -> None:
    assert len(claimed_values()) > 50


@settings(deadline=None)
@given(st.data())
def test_a_value_is_blamed_on_claims_that_say_it_of_its_entity(data: st.DataObject) -> None:
    quad = data.draw(st.sampled_from(claimed_values()))
    edit = Edit(baseline())
    fault = result(quad.subject.value, quad.predicate.value, quad.object)
    claims, articles, rest = at_fault(edit, fault)
    assert claims
    assert not articles
    assert not rest
    for claim in (iri(f"id:claim/{ident}") for ident in claims):
        assert edit.find(claim, "rdf:subject", quad.subject)
        whole = edit.find(claim, "rdf:predicate", quad.predicate) and edit.find(claim, "rdf:object", quad.object)
        assert (
            whole or Quad(claim, quad.predicate, quad.object, edit.one(claim, "rdf:subject").graph_name) in edit.quads
        )
        assert not edit.find(claim, "cx:certainty", iri("certainty:possible"))


@settings(deadline=None)
@given(st.data())
def test_blame_is_only_ever_on_what_is_in_the_graph(data: st.DataObject) -> None:
    edit = Edit(baseline())
    nodes = sorted({q.subject.value for q in edit.quads})
    paths = sorted({q.predicate.value for q in edit.quads})
    fault = result(data.draw(st.sampled_from(nodes)), data.draw(st.none() | st.sampled_from(paths)))
    claims, articles, rest = at_fault(edit, fault)
    assert all(edit.find(iri(f"id:claim/{ident}"), "rdf:type", iri("cx:Claim")) for ident in claims)
    assert all(
        iri(f"id:article/{ident}") in {edit[f"article {n}"] for n in ("first", "second", "digest")}
        for ident in articles
    )
    # Somebody is to blame, or the result is handed back.
    assert (bool(claims) or bool(articles)) != bool(rest)


def test_a_claim_is_to_blame_for_itself() -> None:
    edit = Edit(baseline())
    claim = edit.claim("ministry", "cx:name")
    assert at_fault(edit, result(claim.value)) == ({local(claim)}, set(), ())


def test_words_are_blamed_on_the_claims_that_rest_on_them() -> None:
    edit = Edit(baseline())
    claim = edit.claim("most", "cx:qualitativeValue")
    words = edit.one(claim, "cx:evidence").object
    using = {local(q.subject) for q in edit.find(None, "cx:evidence", words) if "/claim/" in q.subject.value}
    assert at_fault(edit, result(words.value)) == (using, set(), ())
    assert local(claim) in using


def test_an_article_is_to_blame_for_itself_and_its_mentions() -> None:
    edit = Edit(baseline())
    article = edit["article first"]
    mention = next(q.subject for q in edit.find(None, "cx:inArticle", article) if "/mention/" in q.subject.value)
    for focus in (article.value, mention.value):
        assert at_fault(edit, result(focus)) == (set(), {local(article)}, ())


def test_a_conflict_is_blamed_on_the_claims_it_rests_on() -> None:
    edit = Edit(baseline())
    conflict = edit.conflict("sail", "cx:personCount")
    claims, _, _ = at_fault(edit, result(conflict.value))
    assert claims == {local(claim) for claim in edit.claims(edit["sail"], "cx:personCount")}
    assert len(claims) == 2


def test_a_value_worked_out_from_several_claims_is_blamed_on_those() -> None:
    edit = Edit(baseline())
    source = edit.claim("row", "cx:dateEDTF")
    made = edit.copy(source)
    edit.add(made, "cx:derivationRule", iri("rule:intersection"))
    edit.add(made, "prov:wasDerivedFrom", source)
    assert at_fault(edit, result(made.value)) == ({local(source)}, set(), ())


@pytest.mark.parametrize("name", ["NegativeJudgementHolds", "ReplacementIsAcyclic"])
def test_what_no_claim_and_no_article_can_mend_is_handed_back(name: str) -> None:
    edit = Edit(baseline())
    MUTATIONS[name](edit)
    report = validate(edit.quads, texts=edit.texts)
    claims, articles, rest = claims_at_fault(report, edit.quads)
    assert (claims, articles) == (set(), set())
    assert rest == tuple(r for r in report.results if r.severity == "violation")
    assert rest


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_warnings_and_infos_blame_nobody(severity: str) -> None:
    edit = Edit(baseline())
    fault = result(edit.claim("ministry", "cx:name").value, severity=severity)
    assert at_fault(edit, fault) == (set(), set(), ())


def test_leaving_out_what_is_to_blame_heals_the_graph() -> None:
    base = baseline()
    edit = Edit(base)
    edit.restate("arrivals", "cx:value", integer(-5))
    report = validate(edit.quads, texts=edit.texts)
    claims, articles, rest = claims_at_fault(report, edit.quads)
    assert {r.shape.rsplit("#")[-1] for r in report.results if r.severity == "violation"} == {
        "CountIsANonNegativeInteger"
    }
    assert (articles, rest) == (set(), ())
    assert claims == {local(c) for c in edit.claims(edit["arrivals"], "cx:value")}
    knowledge = Knowledge.load()
    again = consolidate(base.consolidated.articles, knowledge, without=frozenset(claims))
    quads = build_quads(again, knowledge, "korea")
    assert not [q for q in quads if q.subject == edit["arrivals"] and q.predicate == iri("cx:value")]
