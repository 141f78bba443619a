"""What the tables answer for a state is what its query answers, for any state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from kg.errors import GraphError
from kg.querying import ReleaseStore, open_release, rows
from kg.release import Release
from kg.summary.explore import Row, count, facet_choices, result_rows
from kg.summary.opening import open_summary
from kg.summary.sparql import COLUMNS, sparql_of
from kg.summary.state import FACET_NAMES, NONE, SORTS, State
from tests.summary.odd import HOSTILE

#: Values that one of the releases has, broader ones, those that nothing has, and texts that would break a query.
VALUES = {
    "year": ["1998", "1999", "2000", "2001", "2002", "2010", "2024", "2025", "2026", "0", NONE],
    "type": ["land-crossing", "maritime-crossing", "crossing", "return", "departure-from-post", NONE],
    "front": ["eastern", "central", "central-west", "western", "no-such", '"> . } #', NONE],
    "route": ["dmz", "jsa", "yellow-sea", "china-third-country", "x> } ; DELETE {", NONE],
    "actor": ["civilian", "soldier", "official", "resident", "diplomat", "worker", NONE],
    "status": ["confirmed", "unconfirmed", "stated-intent", "http://a.example/ b\\", NONE],
    "source": ["a" * 64, "b" * 64, "789bdf47edc348640867b9efe5707272780c0b50e27559809e8843a3d147264f", NONE],
}
WORDS = [
    "crossing",
    "DMZ",
    "front",
    "2024",
    "서해",
    "Ünnamed",
    "ästrid",
    "\"quoted'",
    "\\",
    "?var",
    "{",
    "%",
    "_",
    "staff",
]

facets = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), max_size=3, unique=True) for name, values in VALUES.items()}
)
states = st.builds(
    lambda chosen, words, sort, page: State(
        {name: tuple(chosen[name]) for name in FACET_NAMES if chosen.get(name)}, " ".join(words), sort, "table", page
    ),
    facets,
    st.one_of(st.just([]), st.lists(st.sampled_from(WORDS), max_size=2)),
    st.sampled_from(sorted(SORTS)),
    st.integers(1, 3),
)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="session")
def held(
    seeds_release: Release, corpus_release: Release, odd_release: Release
) -> dict[str, tuple[Release, ReleaseStore]]:
    made = {"seeds": seeds_release, "corpus": corpus_release, "odd": odd_release}
    return {name: (release, open_release(release)) for name, release in made.items()}


def answered(store: ReleaseStore, query: str) -> Iterator[Row]:
    found = rows(store, query)
    assert found.variables == ("incident", *COLUMNS)
    for row in found.rows:
        texts = [getattr(term, "value", None) for term in row]
        several = [tuple(sorted(str(text or "").split())) for text in texts[-3:]]
        persons, articles, conflicts = (int(text) if text is not None else None for text in texts[9:12])
        values: list[Any] = [*texts[:9], persons, articles, conflicts, *several]
        yield Row(*values)


@pytest.mark.parametrize("name", ["seeds", "corpus", "odd"])
@many
@given(state=states)
def test_rows_are_those_of_the_query(name: str, state: State, held: dict[str, tuple[Release, ReleaseStore]]) -> None:
    release, store = held[name]
    with open_summary(release.path) as connection:
        assert result_rows(connection, state) == list(answered(store, sparql_of(state)))
        limit, offset = 3, 3 * (state.page - 1)
        page = result_rows(connection, state, limit, offset)
        assert page == list(answered(store, sparql_of(state, limit, offset)))
        assert count(connection, state) == len(result_rows(connection, state))


@pytest.mark.parametrize("name", ["seeds", "corpus", "odd"])
@settings(many, max_examples=25)
@given(state=states)
def test_counts_say_what_choosing_would_give(
    name: str, state: State, held: dict[str, tuple[Release, ReleaseStore]]
) -> None:
    release, _store = held[name]
    with open_summary(release.path) as connection:
        for facet, choices in facet_choices(connection, state).items():
            assert {choice.value for choice in choices if choice.chosen} == set(state.values(facet))
            for choice in choices:
                alone = replace(state, chosen={**state.chosen, facet: (choice.value,)})
                assert count(connection, alone) == choice.count, (facet, choice)
                assert choice.count or choice.chosen
            told = {choice.value for choice in choices}
            for value in VALUES[facet]:
                if value not in told and facet != "year":  # a year between the ends of a date is no value of its own
                    assert count(connection, replace(state, chosen={**state.chosen, facet: (value,)})) == 0


def test_there_is_something_to_compare(held: dict[str, tuple[Release, ReleaseStore]]) -> None:
    for release, _store in held.values():
        with open_summary(release.path) as connection:
            assert count(connection, State()) >= 5
            assert all(facet_choices(connection, State()).values())
    with open_summary(held["odd"][0].path) as connection:
        assert count(connection, State(q="\"QUOTED' 1")) > 0
        assert count(connection, State(q="ünnamed ästrid")) > 0
        assert HOSTILE in {row.label[: len(HOSTILE)] for row in result_rows(connection, State())}


def test_what_is_narrower_counts_for_what_is_broader(held: dict[str, tuple[Release, ReleaseStore]]) -> None:
    with open_summary(held["seeds"][0].path) as connection:
        civilians = result_rows(connection, State(chosen={"actor": ("civilian",)}))
        assert [row.actors[0].rpartition("#")[2] for row in civilians] == ["resident"]
        central = {row.front for row in result_rows(connection, State(chosen={"front": ("central",)}))}
        assert {str(front).rpartition("#")[2] for front in central} == {"central", "central-west"}


def test_a_date_of_two_years_counts_in_each(held: dict[str, tuple[Release, ReleaseStore]]) -> None:
    with open_summary(held["odd"][0].path) as connection:
        for year in ("1998", "2000", "2002"):
            found = result_rows(connection, State(chosen={"year": (year,)}))
            assert ("1998-11-02", "2002-02-01") in {(row.earliest, row.latest) for row in found}
        assert count(connection, State(chosen={"year": ("1990",)})) > 0  # of those whose date is open before 2000
        undated = result_rows(connection, State(chosen={"year": (NONE,)}))
        assert undated
        assert {(row.earliest, row.latest) for row in undated} == {(None, None)}


def test_a_term_of_the_query_is_the_engines_own() -> None:
    query = sparql_of(State(chosen={"front": ('"> . } #',)}, q='a") } #'))
    assert "front#%22%3E%20.%20%7D%20%23>" in query
    assert str(Literal('a")')) in query


def test_a_release_without_summary_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="run kg build again"), open_summary(tmp_path):
        pass
