"""What may reach the default graph, by the one table of the vocabularies; and what need not be a conflict."""

from __future__ import annotations

import pytest

from kg.namespaces import PREFIXES
from kg.shapes.validate import validate
from tests.shapes.graphs import Change, Edit, Node, baseline, iri, typed

FALSE = typed("false", "boolean")
TRUE = typed("true", "boolean")


def alone(edit: Edit, *names: str) -> Edit:
    """The edit with nothing but what is said flatly of some nodes: the shapes on it look at a small graph."""
    kept = {edit[name] for name in names}
    edit.quads = {q for q in edit.quads if q.subject in kept or "/graph/vocabulary" in str(q.graph_name)}
    return edit


def fired(edit: Edit) -> set[str]:
    report = validate(edit.quads, texts=edit.texts)
    return {r.shape.removeprefix(PREFIXES["cxsh"]) for r in report.results if r.severity != "info"}


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        ("cx:certainty", iri("certainty:probable")),
        ("cx:certainty", iri("certainty:possible")),
        ("cx:certainty", iri("certainty:denied")),
        ("cx:tense", iri("tense:future")),
        ("cx:negated", TRUE),
        ("cx:specificity", iri("specificity:general")),
    ],
)
def test_no_flat_value_rests_on_what_is_not_admitted(predicate: str, value: Node) -> None:
    edit = Edit(baseline())
    edit.put(edit.claim("row", "cx:personCount"), predicate, value)
    assert fired(edit) == {"FlatValueHasAnAdmissibleClaim"}


def test_the_table_in_the_vocabulary_decides() -> None:
    edit = Edit(baseline())
    edit.put(edit.claim("row", "cx:personCount"), "cx:certainty", iri("certainty:probable"))
    for quad in edit.find(iri("certainty:probable"), "cx:admitted"):
        edit.quads.discard(quad)
        edit.add(iri("certainty:probable"), "cx:admitted", TRUE)
    assert fired(edit) == set()


def test_no_flat_value_is_the_topic_of_a_remark() -> None:
    edit = Edit(baseline())
    edit.copy(edit.claim("row", "cx:personCount"), predicate=iri("cx:remark"), object=iri("topic:risk"))
    assert fired(edit) == set()
    edit.add(edit["row"], "cx:remark", iri("topic:risk"))
    assert fired(edit) == {"FlatValueHasAnAdmissibleClaim"}


def hedge_route(edit: Edit) -> None:
    edit.put(edit.claim("route", "cx:routeFeature"), "cx:certainty", iri("certainty:reported"))


def number_for_most(edit: Edit) -> None:
    claim = edit.claim("most", "cx:qualitativeValue")
    number = typed("80", "integer")
    edit.copy(claim, predicate=iri("cx:value"), object=number)
    edit.add(edit["most"], "cx:value", number)


@pytest.mark.parametrize("change", [hedge_route, number_for_most])
def test_a_general_statement_founds_only_asserted_routes_and_statistics_in_words(change: Change) -> None:
    edit = Edit(baseline())
    assert edit.find(edit.claim("most", "cx:qualitativeValue"), "cx:specificity", iri("specificity:general"))
    change(edit)
    assert "FlatValueHasAnAdmissibleClaim" in fired(edit)


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("actor:civilian", "actor:resident", False),  # narrower
        ("actor:resident", "actor:fisher", True),
        ("actor:civilian", "actor:soldier", True),
    ],
)
def test_less_precise_is_not_conflicting(one: str, other: str, conflict: bool) -> None:
    edit = Edit(baseline())
    claim = edit.claim("student", "cx:actorType")
    edit.restate("student", "cx:actorType", iri(one))
    edit.copy(claim, object=iri(other))
    assert fired(edit) == ({"ConflictingConceptsHaveAConflict"} if conflict else set())


def test_two_broad_concepts_agree_where_a_narrower_one_is_claimed() -> None:
    edit = Edit(baseline())
    claim = edit.claim("walk", "cx:front")
    edit.restate("walk", "cx:front", iri("front:central-west"))
    for name in ("front:central", "front:western"):
        edit.copy(claim, object=iri(name))
    broader = {str(q.object) for q in edit.find(iri("front:central-west"), "skos:broader")}
    expected = set() if len(broader) > 1 else {"ConflictingConceptsHaveAConflict"}
    assert fired(edit) == expected


def test_a_settled_status_goes_before_an_unsettled_one() -> None:
    edit = Edit(baseline())
    claim = edit.claim("row", "cx:personCount")
    edit.copy(claim, predicate=iri("cx:defectionStatus"), object=iri("status:stated-intent"))
    edit.copy(claim, predicate=iri("cx:defectionStatus"), object=iri("status:confirmed"))
    assert fired(edit) == set()


def test_a_hedged_claim_conflicts_with_nothing() -> None:
    edit = Edit(baseline())
    claim = edit.copy(edit.claim("student", "cx:actorType"), object=iri("actor:soldier"))
    edit.put(claim, "cx:certainty", iri("certainty:possible"))
    assert fired(edit) == set()


def test_numbers_within_two_percent_agree_where_one_is_approximate() -> None:
    edit = Edit(baseline())
    edit.copy(edit.claim("total", "cx:value"), object=typed("5050", "integer"))
    assert fired(edit) == set()
    edit.copy(edit.claim("total", "cx:value"), object=typed("5600", "integer"))
    assert fired(edit) == {"ConflictingNumbersHaveAConflict"}


@pytest.mark.parametrize(
    ("issued", "good"),
    [("2031-05-02", True), ("2031-05-03", True), ("2031-05-01", False), ("2030-12-31", False)],
)
def test_a_report_may_be_dated_a_day_before_the_incident(issued: str, good: bool) -> None:
    edit = Edit(baseline())
    edit.put(edit["article second"], "dcterms:issued", typed(issued, "date"))
    assert ("IncidentIsNotAfterItsReport" in fired(alone(edit, "walk", "article second"))) is not good


@pytest.mark.parametrize(
    ("issued", "day", "good"),
    [
        ("2028-02-28", "2028-02-29", True),
        ("2028-02-28", "2028-03-01", False),
        ("2031-02-28", "2031-03-01", True),
        ("2030-12-31", "2031-01-01", True),
        ("2030-12-30", "2031-01-01", False),
        ("2031-04-30", "2031-05-01", True),
        ("2031-04-29", "2031-05-01", False),
    ],
)
def test_the_next_day_is_that_of_the_calendar(issued: str, day: str, good: bool) -> None:
    edit = Edit(baseline())
    edit.restate("row", "cx:dateEarliest", typed(day, "date"))
    edit.put(edit["article first"], "dcterms:issued", typed(issued, "date"))
    report = validate(alone(edit, "row", "article first").quads)
    late = {r.focus for r in report.results if r.shape.endswith("IncidentIsNotAfterItsReport")}
    assert (edit["row"].value in late) is not good


@pytest.mark.parametrize(
    ("precision", "first", "last", "good"),
    [
        ("day", "2031-03-01", "2031-03-01", True),
        ("day", "2031-03-01", "2031-03-02", False),
        ("week", "2031-03-03", "2031-03-09", True),  # a Monday and the next Sunday
        ("week", "2031-03-04", "2031-03-10", False),
        ("week", "2031-03-03", "2031-03-10", False),
        ("month", "2031-02-01", "2031-02-28", True),
        ("month", "2028-02-01", "2028-02-29", True),
        ("month", "2028-02-01", "2028-02-28", False),
        ("month", "2100-02-01", "2100-02-28", True),
        ("month", "2000-02-01", "2000-02-28", False),
        ("month", "2031-03-01", "2031-04-30", False),
        ("month", "2031-03-02", "2031-03-31", False),
        ("quarter", "2031-04-01", "2031-06-30", True),
        ("quarter", "2031-05-01", "2031-07-31", False),
        ("half", "2031-07-01", "2031-12-31", True),
        ("year", "2031-01-01", "2031-12-31", True),
        ("year", "2030-01-01", "2031-12-31", False),
        ("decade", "2020-01-01", "2029-12-31", True),
        ("decade", "2021-01-01", "2030-12-31", False),
        ("interval", "2031-03-01", "2031-03-17", True),
        ("unresolved", "2031-03-01", "2031-03-17", False),
    ],
)
def test_a_precision_has_the_bounds_of_its_unit(precision: str, first: str, last: str, good: bool) -> None:
    edit = Edit(baseline())
    edit.restate("row", "cx:datePrecision", iri(f"precision:{precision}"))
    edit.restate("row", "cx:dateEarliest", typed(first, "date"))
    edit.restate("row", "cx:dateLatest", typed(last, "date"))
    names = {"PrecisionAgreesWithBounds", "WeekIsSevenDaysFromMonday"}
    assert bool(fired(alone(edit, "row")) & names) is not good
