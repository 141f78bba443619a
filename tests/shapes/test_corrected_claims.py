"""What is marked wrong founds nothing, contradicts nobody, and is to blame for nothing; a program decides nothing."""

from __future__ import annotations

import pytest

from kg.namespaces import PREFIXES
from kg.shapes.blame import claims_at_fault
from kg.shapes.report import Report, Result
from kg.shapes.validate import validate
from tests.shapes.graphs import Edit, Node, baseline, iri, plain
from tests.shapes.mutations import MUTATIONS, recording


def fired(edit: Edit) -> set[str]:
    report = validate(edit.quads, texts=edit.texts)
    return {r.shape.removeprefix(PREFIXES["cxsh"]) for r in report.results if r.severity != "info"}


def mark(edit: Edit, claim: Node) -> None:
    edit.add(recording(edit), "cx:corrects", claim, "curation")


def test_a_marked_claim_stays_in_its_article_and_another_value_takes_its_place() -> None:
    edit = Edit(baseline())
    node = recording(edit)
    wrong, right = edit.one(node, "cx:corrects").object, edit.one(node, "cx:records").object
    assert edit.one(wrong, "rdf:object").object == plain("baker")
    assert edit.one(right, "rdf:object").object == plain("miller")
    assert edit.one(right, "cx:derivationRule").object == iri("rule:correction")
    assert edit.one(right, "prov:wasDerivedFrom").object == wrong
    articles = {edit.one(claim, "rdf:subject").graph_name for claim in (wrong, right)}
    assert len(articles) == 1
    assert "/graph/article/" in str(articles.pop())
    assert [q.object for q in edit.find(edit["man"], "cx:jobTitle")] == [plain("miller")]


def test_no_flat_value_rests_on_a_marked_claim_alone() -> None:
    edit = Edit(baseline())
    mark(edit, edit.claim("row", "cx:personCount"))
    assert fired(edit) == {"FlatValueHasAnAdmissibleClaim"}


def test_a_part_of_a_marked_date_is_no_flat_value_either() -> None:
    edit = Edit(baseline())
    mark(edit, edit.claim("row", "cx:dateEDTF"))
    report = validate(edit.quads, texts=edit.texts)
    paths = {r.path for r in report.results if r.shape.endswith("#FlatValueHasAnAdmissibleClaim")}
    assert {PREFIXES["cx"] + name for name in ("dateEDTF", "dateEarliest", "dateLatest", "datePrecision")} == paths


@pytest.mark.parametrize(
    ("name", "subject", "predicate", "wrong"),
    [
        ("ConflictingConceptsHaveAConflict", "man", "cx:actorType", "actor:civilian"),
        ("ConflictingDatesHaveAConflict", "row", "cx:dateEDTF", "2031-01"),
        ("ConflictingLiteralsHaveAConflict", "sail", "cx:personCount", "4"),
        ("ConflictingNumbersHaveAConflict", "arrivals", "cx:value", "130"),
    ],
)
def test_a_marked_claim_contradicts_nobody(name: str, subject: str, predicate: str, wrong: str) -> None:
    edit = Edit(baseline())
    MUTATIONS[name](edit)
    assert fired(edit) == {name}
    named = iri(wrong).value if predicate == "cx:actorType" else wrong
    claims = [c for c in edit.claims(edit[subject], predicate) if edit.one(c, "rdf:object").object.value == named]
    assert claims
    for claim in claims:
        mark(edit, claim)
    assert fired(edit) == set()


def test_a_marked_claim_is_not_to_blame_for_a_value() -> None:
    edit = Edit(baseline())
    claim = edit.claim("row", "cx:personCount")
    twin = edit.copy(claim)
    mark(edit, claim)
    number = edit.one(edit["row"], "cx:personCount").object
    fault = Result(edit["row"].value, PREFIXES["cx"] + "personCount", number, "https://example.org/s", "violation", "x")
    assert claims_at_fault(Report.of({fault}), edit.quads) == ({twin.value.rsplit("/", 1)[-1]}, set(), ())


@pytest.mark.parametrize(
    ("judge", "name"), [("curator", "NegativeJudgementHolds"), ("machine", ""), ("Machine: x", "")]
)
def test_a_program_s_judgement_refuses_no_release(judge: str, name: str) -> None:
    edit = Edit(baseline())
    MUTATIONS["NegativeJudgementHolds"](edit)
    edit.put(edit.typed("cx:IdentityJudgement"), "cx:judgedBy", plain(judge))
    assert fired(edit) == ({name} if name else set())


@pytest.mark.parametrize(("judge", "name"), [("curator", "PositiveJudgementHolds"), ("machine: x", "")])
def test_nor_does_it_warn(judge: str, name: str) -> None:
    edit = Edit(baseline())
    MUTATIONS["PositiveJudgementHolds"](edit)
    edit.put(edit.typed("cx:IdentityJudgement"), "cx:judgedBy", plain(judge))
    assert fired(edit) == ({name} if name else set())


def test_possibly_the_same_is_no_claim_and_leads_to_an_incident() -> None:
    edit = Edit(baseline())
    edit.add(edit["walk"], "cx:possiblySameAs", edit["sail"], "curation")
    assert fired(edit) == set()
    edit.add(edit["walk"], "cx:possiblySameAs", edit["man"], "curation")
    assert fired(edit) == {"PossiblySameAreTwo"}
