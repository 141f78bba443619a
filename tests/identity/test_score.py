from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.dates import DateInterval, parse_edtf
from kg.identity.profiles import IncidentProfile
from kg.identity.score import compare
from kg.knowledge import Knowledge
from kg.mapping.statements import Chain

KNOWLEDGE = Knowledge.load()
BARE = IncidentProfile(
    chain=Chain("a", "i1"),
    date=None,
    weekdays=frozenset(),
    concepts={},
    routes=frozenset(),
    names=frozenset(),
    count=None,
    duration=None,
    crossers=(),
)


def profile(edtf: str | None = None, **rest: object) -> IncidentProfile:
    when: DateInterval | None = parse_edtf(edtf) if edtf else None
    return replace(BARE, date=when, **rest)  # type: ignore[arg-type]


def concepts(**values: str) -> dict[str, frozenset[str]]:
    return {f"cx:{name}": frozenset({value}) for name, value in values.items()}


def test_one_day_is_one_incident() -> None:
    assert compare(profile("2025-10-19"), profile("2025-10-19"), KNOWLEDGE).same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (profile("2025-10-19"), profile("2025-10-20")),
        (profile("2025-10"), profile("2025-09-30")),
        (profile(weekdays=frozenset({1})), profile("2025-10-19")),
        (profile(concepts=concepts(front="front:eastern")), profile(concepts=concepts(front="front:western"))),
        (
            profile(concepts=concepts(direction="direction:north-to-south")),
            profile(concepts=concepts(direction="direction:south-to-north")),
        ),
        (profile(names=frozenset({"a"}), count=1), profile(names=frozenset({"b"}), count=1)),
    ],
)
def test_what_cannot_both_be_is_a_veto(one: IncidentProfile, other: IncidentProfile) -> None:
    assert compare(one, other, KNOWLEDGE).veto
    assert compare(other, one, KNOWLEDGE).veto


def test_a_narrower_front_is_no_contradiction() -> None:
    one, other = concepts(front="front:central"), concepts(front="front:central-west")
    assert compare(profile(concepts=one), profile(concepts=other), KNOWLEDGE).veto is None


def test_weekday_in_a_known_interval_is_no_contradiction() -> None:
    tuesday = profile(weekdays=frozenset({date(2024, 8, 6).weekday()}))
    assert compare(tuesday, profile("2024-08"), KNOWLEDGE).veto is None


def test_the_kind_alone_makes_no_incident_one() -> None:
    kind = concepts(actorType="actor:soldier", incidentType="itype:land-crossing")
    both = compare(profile("2024", concepts=kind), profile("2024", concepts=kind), KNOWLEDGE)
    assert not both.same


def test_a_disputed_kind_of_person_does_not_part_what_a_rare_detail_joins() -> None:
    one = profile(
        "2025-07-01/2025-07-04", concepts=concepts(actorType="actor:soldier"), duration="PT20H", routes=frozenset({"r"})
    )
    other = profile(
        "2025-01/2025-10", concepts=concepts(actorType="actor:civilian"), duration="PT20H", routes=frozenset({"r"})
    )
    assert compare(one, other, KNOWLEDGE).same


def test_an_undated_account_needs_more() -> None:
    kind = concepts(actorType="actor:soldier", front="front:eastern")
    one, other = (
        profile(concepts=kind, routes=frozenset({"r"})),
        profile("2024-08", concepts=kind, routes=frozenset({"r"})),
    )
    assert not compare(one, other, KNOWLEDGE).same
    ranked = concepts(actorType="actor:soldier", front="front:eastern", rank="rank:sergeant")
    assert compare(replace(one, concepts=ranked), replace(other, concepts=ranked), KNOWLEDGE).same
