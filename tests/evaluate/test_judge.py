from __future__ import annotations

import msgspec
import pytest

from kg.dates import parse_edtf
from kg.evaluate.gold import GoldOrganization
from kg.evaluate.judge import Judge, Keys, Verdict, compatible, gold_days, options
from kg.evaluate.slots import UNRESOLVED, Named, SlotValue
from kg.knowledge import Knowledge
from kg.mapping.statements import Chain


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Knowledge.load())


def thing(*concepts: str) -> Named:
    return Named(frozenset(concepts))


DAY, MONTH = parse_edtf("2024-08-20"), parse_edtf("2024-08")


@pytest.mark.parametrize(
    ("cls", "slot", "wanted", "values", "verdict"),
    [
        ("Incident", "date", "2024-08-20", (DAY,), "right"),
        ("Incident", "date", "2024-08-20", (MONTH,), "wrong"),
        ("Incident", "date", "2024-08-01/2024-08-31", (MONTH,), "right"),
        ("Incident", "date", "2024-08-20", (DAY, MONTH), "wrong"),
        ("Incident", "date", "2024-08-20", (UNRESOLVED,), "missing"),
        ("Incident", "date", "2024-08-20", (), "missing"),
        ("Incident", "date", "unresolved", (UNRESOLVED,), "right"),
        ("Incident", "date", "unresolved", (DAY,), "wrong"),
        ("Incident", "date", None, (), "silent"),
        ("Incident", "date", None, (UNRESOLVED,), "silent"),
        ("Incident", "date", None, (DAY,), "filled"),
        ("Incident", "precision", "precision:day", ("day",), "right"),
        ("Incident", "precision", "unresolved", (UNRESOLVED,), "right"),
        ("Incident", "precision", "month", ("day",), "wrong"),
        ("Incident", "front", "front:eastern", (thing("front:eastern"),), "right"),
        ("Incident", "front", ("front:central", "front:eastern"), (thing("front:eastern"),), "right"),
        ("Incident", "front", "front:eastern", (thing("front:eastern"), thing("front:central")), "wrong"),
        ("Incident", "actor", "actor:civilian", (thing("actor:resident"),), "right"),
        ("Incident", "actor", "actor:resident", (thing("actor:civilian"),), "wrong"),
        ("Incident", "actor", "actor:soldier", (thing("actor:soldier"), thing("actor:civilian")), "right"),
        ("Incident", "kind", "itype:land-crossing", (thing("itype:crossing"), thing("itype:land-crossing")), "right"),
        ("Incident", "count", 4, (4,), "right"),
        ("Incident", "count", 4, (1,), "wrong"),
        ("Incident", "name", ("Han Mi-rae", "Han"), ("Mi Rae Han",), "right"),
        ("Incident", "place", "Sokcho harbour", (Named(frozenset(), ("the Sokcho harbour",)),), "right"),
        ("Person", "title", "spokesman", ("Defense Ministry spokesman",), "right"),
        ("Person", "gender", "gender:male", (thing("gender:female"),), "wrong"),
        ("Statistic", "value", "2.50", ("2.5",), "right"),
        ("Statistic", "qualifier", "qualifier:more-than", ("qualifier:more-than",), "right"),
        ("Statistic", "qualitative", "most", ("most",), "right"),
    ],
)
def test_verdicts(
    judge: Judge, cls: str, slot: str, wanted: object, values: tuple[SlotValue, ...], verdict: str
) -> None:
    assert judge.verdict(cls, slot, wanted, values) == Verdict(verdict)


def test_what_is_not_scored_has_no_verdict(judge: Judge) -> None:
    assert judge.verdict("Incident", "date", msgspec.UNSET, (DAY,)) is None
    assert judge.verdict("Incident", "colour", "red", ()) is None


def test_a_value_may_be_named_by_a_key_of_the_file(judge: Judge) -> None:
    army = GoldOrganization(key="o-army", name="South Korean military")
    keys = Keys({"o-army": army}, {"o-army": frozenset({Chain("a", "m1")})})
    named = (Named(frozenset(), ("the South Korean Military",)),)
    linked = (Named(frozenset(), ("troops",), Chain("a", "m1")),)
    other = (Named(frozenset(), ("troops",), Chain("a", "m2")),)
    verdicts = [judge.verdict("Incident", "custodian", "o-army", values, keys) for values in (named, linked, other)]
    assert verdicts == [Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG]


def test_an_entity_is_known_by_a_label_of_its_entry(judge: Judge) -> None:
    values = (Named(frozenset({"id:organization/rok-joint-chiefs-of-staff"}), ("the military's command",)),)
    assert judge.verdict("Statistic", "reported_by", "Joint Chiefs of Staff", values) is Verdict.RIGHT
    assert judge.verdict("Statistic", "reported_by", "Unification Ministry", values) is Verdict.WRONG


def test_compatible_dates_contain_one_another() -> None:
    assert compatible(DAY, MONTH)
    assert compatible(MONTH, DAY)
    assert not compatible(parse_edtf("2024-08-20/2024-09-02"), MONTH)


def test_the_values_that_the_gold_allows() -> None:
    assert options(("a", "b")) == ("a", "b")
    assert options(3) == ("3",)
    assert options(None) == options(msgspec.UNSET) == ()
    assert gold_days("unresolved") is None
    assert gold_days("2024-08-20") == DAY
