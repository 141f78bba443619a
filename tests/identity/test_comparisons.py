from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import parse_edtf
from kg.identity.comparisons import WORTH_A_LOOK, Comparisons
from kg.identity.profiles import IncidentProfile
from kg.identity.score import UNCERTAIN
from kg.knowledge import Knowledge
from kg.mapping.statements import Chain

KNOWLEDGE = Knowledge.load()
CONCEPTS = {
    "cx:front": ("front:eastern", "front:central", "front:central-east", "front:western"),
    "cx:incidentType": ("itype:crossing", "itype:land-crossing", "itype:maritime-crossing"),
    "cx:direction": ("direction:north-to-south", "direction:south-to-north"),
    "cx:rank": ("rank:sergeant", "rank:staff-sergeant"),
    "cx:actorType": ("actor:soldier", "actor:civilian", "actor:resident"),
    "cx:place": ("id:place/north-korea", "id:place/goseong", "id:place/seoul"),
}


def few(*values: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


PROFILES = st.builds(
    IncidentProfile,
    chain=st.just(Chain("a", "i1")),
    date=st.none()
    | st.sampled_from(["2024-08-20", "2024-08", "2024", "195X", "2024-08-06/2024-08-27"]).map(parse_edtf)
    | st.sampled_from(["../2024-08", "2024-08-10/.."]).map(parse_edtf),
    weekdays=st.frozensets(st.integers(0, 6), max_size=1),
    concepts=st.fixed_dictionaries({}, optional={name: few(*values) for name, values in CONCEPTS.items()}),
    routes=few("id:route/dmz", "id:route/east-sea"),
    names=few("jondoe", "janedoe"),
    count=st.none() | st.integers(1, 3),
    duration=st.sampled_from([None, "PT20H", "PT2H"]),
    crossers=st.just(()),
)


def placed(profiles: list[IncidentProfile], accounts: int = 1) -> list[IncidentProfile]:
    """The profiles as accounts of articles that have so many each."""
    return [replace(p, chain=Chain(f"{n // accounts:03}", f"i{n}")) for n, p in enumerate(profiles)]


@given(st.lists(PROFILES, min_size=2, max_size=5))
def test_a_score_is_that_of_the_full_comparison(profiles: list[IncidentProfile]) -> None:
    accounts = placed(profiles)
    made = Comparisons(accounts, KNOWLEDGE)
    for one, other in combinations([a.chain for a in accounts], 2):
        assert made.score(one, other) == made.compare(one, other).score == made.score(other, one)


@given(st.lists(PROFILES, min_size=2, max_size=6), st.sampled_from([WORTH_A_LOOK, UNCERTAIN]))
def test_pairs_above_a_score_are_all_of_them(profiles: list[IncidentProfile], least: float) -> None:
    accounts = placed(profiles, accounts=2)
    made = Comparisons(accounts, KNOWLEDGE)
    chains = [a.chain for a in accounts]
    scored = [(made.compare(x, y).score, x, y) for x, y in combinations(chains, 2) if x.article != y.article]
    assert list(made.above(least)) == [row for row in scored if row[0] >= least]


@pytest.fixture
def four() -> tuple[Comparisons, list[Chain]]:
    """Two accounts of one day, one of the day after, and one that says nothing."""
    bare = IncidentProfile(Chain("", ""), None, frozenset(), {}, frozenset(), frozenset(), None, None, ())
    dates = ["2024-08-20", "2024-08-20", "2024-08-21", None]
    accounts = placed([replace(bare, date=parse_edtf(day) if day else None) for day in dates])
    return Comparisons(accounts, KNOWLEDGE), [a.chain for a in accounts]


def test_accounts_of_one_incident_are_pairs(four: tuple[Comparisons, list[Chain]]) -> None:
    made, (a, b, c, d) = four
    found = made.within({a: "x", b: "x", c: "x", d: "y"})
    assert [(pair.one, pair.other) for pair in found] == [(a, b), (a, c), (b, c)]
    assert [pair.comparison.veto is None for pair in found] == [True, False, False]


def test_one_pair_worth_a_look_brings_all_of_its_incidents(four: tuple[Comparisons, list[Chain]]) -> None:
    made, (a, b, c, d) = four
    iris = {a: "x", b: "y", c: "x", d: "z"}
    assert [(pair.one, pair.other) for pair in made.between(iris, UNCERTAIN)] == [(a, b), (b, c)]
    assert made.between(iris, 6.0) == ()


def test_what_a_person_judged_is_worth_a_look_whatever_it_scores(four: tuple[Comparisons, list[Chain]]) -> None:
    made, (a, b, c, d) = four
    iris = {a: "x", b: "y", c: "x", d: "z"}
    elsewhere = frozenset((d, Chain("not here", "i1")))
    found = made.between(iris, 6.0, [frozenset((c, d)), elsewhere])
    assert [(pair.one, pair.other) for pair in found] == [(a, d), (c, d)]
