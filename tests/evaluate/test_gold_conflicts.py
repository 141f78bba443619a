from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kg.evaluate.evaluate import evaluate
from kg.evaluate.report import Report
from kg.facts.model import Attribution, Claim, Value
from tests.evaluate.made import Made, folder_of, found_of, gold_of

TEXT = "A private crossed in the east on May 3. The private, a civilian, came over in the west on May 3."


@pytest.fixture
def made() -> Made:
    """A text that gives one crossing two fronts, and its crosser two kinds."""
    made = Made("a", TEXT)
    incident = made.incident("A private crossed", "May 3", "2021-05-03")
    person = made.person("A private", incident=incident)
    made.concept(incident, "cx:front", "front:eastern", "in the east")
    made.concept(incident, "cx:front", "front:western", "in the west")
    made.concept(person, "cx:actorType", "actor:soldier", "A private")
    made.concept(person, "cx:actorType", "actor:civilian", "a civilian")
    return made


def attributed(claim: Claim, mention: str) -> Claim:
    """The claim, said by an organisation."""
    words = claim.evidence[0]
    said = Attribution(text=words.quote, start=words.start, end=words.end, mention=mention)
    return msgspec.structs.replace(claim, attribution=said)


def scored(made: Made, *rows: dict[str, Any]) -> Report:
    gold = gold_of(
        made,
        incidents=[{"key": "i", "spots": ["A private crossed"], "persons": ["p"]}],
        persons=[{"key": "p", "incident": "i"}],
    )
    return evaluate(folder_of([(made, gold)], {"keys": "set", "conflicts": rows}), found_of(made))


def preferred(report: Report, name: str) -> str | None:
    return next(row.preferred for row in report.conflicts if row.property == name)


FRONT = {"entity": "i", "property": "front", "values": ["front:eastern", "front:western"]}
ACTOR = {"entity": "i", "property": "actor", "values": ["actor:civilian", "actor:soldier"]}


def test_a_conflict_is_found_by_its_slot_or_property_and_its_values(made: Made) -> None:
    report = scored(made, FRONT, ACTOR)
    assert (report.numbers.conflicts.of, report.numbers.conflicts.right, report.numbers.conflicts_extra) == (2, 2, 0)
    assert [sorted(row.found) for row in report.conflicts] == [sorted(FRONT["values"]), sorted(ACTOR["values"])]
    again = scored(made, {**FRONT, "property": "cx:front"}, {**ACTOR, "entity": "p", "property": "actorType"})
    assert again.numbers.conflicts.right == 2


def test_a_value_too_few_is_right_and_one_too_many_is_wrong(made: Made) -> None:
    assert scored(made, {**FRONT, "values": ["front:eastern"]}).numbers.conflicts.right == 1
    report = scored(made, {**FRONT, "values": ["front:eastern", "front:central"]})
    assert (report.numbers.conflicts.right, report.numbers.conflicts_extra) == (0, 1)
    assert sorted(report.conflicts[0].found) == sorted(FRONT["values"])


def test_what_a_rule_may_choose(made: Made) -> None:
    agency = made.body("Organization", "The private")
    made.claims[-2] = attributed(made.claims[-2], agency)

    def right(row: dict[str, Any], **more: Any) -> bool:
        return scored(made, {**row, **more}).conflicts[0].right

    # An agency says that he is a civilian; nothing decides between the fronts.
    assert preferred(scored(made), "cx:actorType") == "actor:civilian"
    assert preferred(scored(made), "cx:front") is None
    assert right(ACTOR)
    assert right(ACTOR, preferred="actor:civilian")
    assert right(ACTOR, preferred=["actor:worker", "actor:civilian"])
    assert not right(ACTOR, preferred="actor:soldier")
    assert not right(ACTOR, preferred=None)
    assert right(FRONT, preferred=None)
    assert not right(FRONT, preferred="front:eastern")


def test_a_conflict_of_no_gold_is_listed_and_one_that_is_missed_too(made: Made) -> None:
    made.claims = [claim for claim in made.claims if claim.value.value != "front:western"]
    report = scored(made, FRONT)
    assert (report.numbers.conflicts.of, report.numbers.conflicts.right, report.numbers.conflicts_extra) == (1, 0, 1)
    missed, further = report.conflicts
    assert (missed.entity, missed.property, missed.found) == ("i", "front", ())
    assert (further.entity, further.property, further.gold) == ("p", "cx:actorType", ())


def test_a_conflict_on_an_entity_that_was_not_found_is_missed(made: Made) -> None:
    gold = gold_of(made, incidents=[{"key": "i", "spots": ["May"], "date": "1999"}])
    report = evaluate(folder_of([(made, gold)], {"keys": "set", "conflicts": [FRONT]}), found_of(made))
    assert report.numbers.conflicts.right == 0
    assert report.conflicts[0].found == ()


def test_dates_are_compared_as_days_and_what_is_no_slot_by_its_words(made: Made) -> None:
    made.date("m1", "cx:dateEDTF", "on May 3", "2021-05-04")
    made.claim("m1", "cx:operationDuration", Value(kind="duration", value="PT20H"), "crossed")
    made.claim("m1", "cx:operationDuration", Value(kind="duration", value="PT8H"), "came over")
    rows = [
        {"entity": "i", "property": "date", "values": ["2021-05-03/2021-05-03", "2021-05-04"]},
        {"entity": "i", "property": "cx:operationDuration", "values": ["PT20H", "PT8H"]},
    ]
    report = scored(made, *rows)
    assert [row.right for row in report.conflicts[:2]] == [True, True]
    assert report.numbers.conflicts_extra == 2
    assert not scored(made, {**rows[1], "values": ["PT20H", "PT9H"]}).conflicts[0].right


def test_values_after_linking_of_statistics_have_bounds_and_wholes() -> None:
    made = Made("a", "More than 40 came in 2021; 30 percent of them were women.")
    total = made.mention("Statistic", "More than 40")
    made.number(total, "More than 40", lower="40", qualifier="more-than")
    made.date(total, "cx:period", "2021", "2021")
    share = made.mention("Statistic", "30 percent")
    made.number(share, "30 percent", value="30", unit="unit:PERCENT")
    made.refer(share, "cx:shareOf", total, "30 percent of them")
    statistics = [{"key": "s1", "value": "40"}, {"key": "s2", "value": "30"}]
    members = [
        {"entity": "s1", "slots": {"lower": 40, "period": "2021", "qualifier": "qualifier:more-than", "upper": None}},
        {"entity": "s2", "slots": {"value": "30.0", "share_of": "s1", "unit": "unit:PERCENT", "lower": "12"}},
    ]
    folder = folder_of([(made, gold_of(made, statistics=statistics))], {"keys": "set", "entities": members})
    report = evaluate(folder, found_of(made))
    assert [(row.entity, row.slot) for row in report.members if not row.right] == [("s2", "lower")]
    assert (report.numbers.members.of, report.numbers.members.right) == (8, 7)


def test_a_member_that_was_not_found_has_no_right_slot() -> None:
    made = Made("a", "Nothing to see here.")
    gold = gold_of(made, incidents=[{"key": "i", "spots": ["here"]}])
    member = {"entity": "i", "slots": {"rank": None}}
    report = evaluate(folder_of([(made, gold)], {"keys": "set", "entities": [member]}), found_of())
    assert [(row.right, row.found) for row in report.members] == [(False, "not found")]
