"""A Conflict in the graph carries the id of the rule that chose: one case for each rule, in their order."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import NamedNode

from kg.consolidate.consolidate import consolidate
from kg.consolidate.rules import UNDECIDED, Chooser
from kg.consolidate.sources import Sources
from kg.curation import ClaimAnchor, Correction, Curation
from kg.facts.model import Block, CitedSource
from kg.identity.decisions import anchor
from kg.knowledge import Knowledge
from kg.mapping.default_graph import default_graph
from kg.mapping.statements import ArticleStatements
from kg.namespaces import curie, expand
from tests.support.facts import Draft

KNOWLEDGE = Knowledge.load()
SAID: dict[str, Any] = {"certainty": "reported", "by": "officials"}


def report(kind: str, *, wire: str | None = None, headline: bool = False, **claim: Any) -> ArticleStatements:
    """A soldier or a civilian crossed on one day; everything else agrees."""
    sources = (CitedSource(name=wire, role="wire"),) if wire else ()
    draft = Draft(f"A {kind} crossed on 3 May 2031, officials of the Ministry said ({wire}).", sources=sources)
    if headline:
        draft.blocks = [Block(id="b1", kind="headline", start=0, end=len(draft.text))]
    incident, man = draft.mention("Incident", "crossed"), draft.mention("Person", f"A {kind}")
    if claim.pop("named", False):
        claim["speaker"] = draft.mention("Organization", "Ministry")
    draft.claim(incident, "cx:crosser", man, f"A {kind}")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    draft.claim(man, "cx:actorType", f"actor:{kind}", f"A {kind}", **claim)
    return ArticleStatements.of(draft.facts(), draft.text)


def two_days() -> ArticleStatements:
    draft = Draft("He crossed on 3 May 2031. It was on Monday that he crossed.", published="2031-05-07")
    incident = draft.mention("Incident", "He crossed")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    monday = draft.time("Monday", unit="day", weekday=0, anchor="publication")
    draft.claim(incident, "cx:dateEDTF", monday, "on Monday")
    return ArticleStatements.of(draft.facts(), draft.text)


def misread() -> tuple[list[ArticleStatements], Correction]:
    quoted = report("soldier", quoted=True, official=True, **SAID)
    other = report("civilian")
    place = ClaimAnchor(article=other.id, cls="Person", predicate="cx:actorType", quote="A civilian")
    fixed = Correction(claim=place, value="actor:diplomat", by="a curator", on="2031-06-01", reason="He was a consul.")
    return [quoted, other], fixed


CASES: dict[str, tuple[list[ArticleStatements], str | None]] = {
    "rule:curated": (misread()[0], "actor:diplomat"),
    "rule:quoted-official": (
        [report("soldier", quoted=True, official=True, **SAID), report("civilian", named=True, **SAID)],
        "actor:soldier",
    ),
    "rule:attributed-agency": ([report("soldier", named=True, **SAID), report("civilian")], "actor:soldier"),
    "rule:body-over-headline": ([report("soldier", headline=True), report("civilian")], "actor:civilian"),
    "rule:absolute-over-relative": ([two_days()], "2031-05-03"),
    "rule:more-independent-sources": (
        [report("soldier", wire="AFP"), report("soldier", wire="Reuters"), report("civilian")],
        "actor:soldier",
    ),
    "rule:undecided": ([report("soldier"), report("civilian")], None),
}


@pytest.mark.parametrize("rule", CASES)
def test_the_conflict_names_the_rule_and_the_value_it_chose(rule: str) -> None:
    articles, preferred = CASES[rule]
    corrections = (misread()[1],) if rule == "rule:curated" else ()
    anchored = anchor(Curation(corrections=corrections), articles)
    assert anchored.lost == ()
    made = consolidate(articles, KNOWLEDGE, decisions=anchored.decisions)
    quads = default_graph(made, KNOWLEDGE, {})
    (conflict,) = {q.subject for q in quads if q.predicate == NamedNode(expand("cx:resolutionRule"))}
    said = {(curie(q.predicate.value), curie(getattr(q.object, "value", ""))) for q in quads if q.subject == conflict}
    assert ("cx:resolutionRule", rule) in said
    assert {value for name, value in said if name == "cx:preferredValue"} == ({preferred} if preferred else set())
    subject = next(value for name, value in said if name == "cx:onSubject")
    on = next(value for name, value in said if name == "cx:onProperty")
    flat = {
        curie(getattr(q.object, "value", ""))
        for q in quads
        if curie(getattr(q.subject, "value", "")) == subject and q.predicate.value == expand(on)
    }
    assert flat == ({preferred} if preferred else set())


def test_there_is_a_case_for_each_rule_of_the_vocabulary_in_its_order() -> None:
    lexicon = KNOWLEDGE.lexicon
    preference = [e for e in lexicon.entries("rule") if "rule:preference" in lexicon.ancestors(e.curie)]
    ordered = [e.curie for e in sorted(preference, key=lambda e: int(e.value("order") or 0))]
    assert list(CASES) == ordered
    assert [name for name, _ in Chooser({}, Sources(())).rules] == ordered[:-1]
    assert ordered[-1] == UNDECIDED
