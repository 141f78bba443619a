"""What a state shows: its rows, how many there are, and for every value of every facet how many there would be.

The counts of a facet are narrowed by what is chosen of the other facets, not by its own choice: they say what choosing
another value of it would give.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.summary.state import FACET_NAMES, NONE, State, iri_of, name_of
from kg.summary.tables import FACETS

__all__ = ["PAGE", "Choice", "Row", "count", "facet_choices", "result_rows", "year_span"]

#: How many rows a page has.
PAGE = 50

#: How many incidents are named in one question to the tables.
_AT_ONCE = 10_000
#: What an incident may have several of, in the order of `Row`.
_SEVERAL = ("place", "route", "actor")

_NEWEST = "latest DESC, earliest DESC"
_ORDERS = {
    "newest": _NEWEST,
    "oldest": "earliest IS NULL, earliest, latest",
    "articles": f"articles DESC, {_NEWEST}",
    "persons": f"persons DESC, {_NEWEST}",
    "label": "label",
}


@dataclass(frozen=True)
class Row:
    """An incident as it is shown; terms are IRIs, dates as in `xsd:date` and EDTF, absent values None."""

    incident: str
    label: str
    date: str | None
    earliest: str | None
    latest: str | None
    precision: str | None
    type: str | None
    status: str | None
    front: str | None
    persons: int | None
    articles: int
    conflicts: int
    places: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A value of a facet: its name in the address, its IRI if it has one, how many it gives, whether it is chosen."""

    facet: str
    value: str
    iri: str | None
    count: int
    chosen: bool


def count(connection: sqlite3.Connection, state: State) -> int:
    """How many incidents a state has."""
    where, values = _where(state)
    found = connection.execute(f"SELECT COUNT(*) FROM incident WHERE {where}", values)
    return int(found.fetchone()[0])


def result_rows(connection: sqlite3.Connection, state: State, limit: int | None = None, offset: int = 0) -> list[Row]:
    """The rows of a state, in its order.

    Args:
        connection: The summary.
        state: What is chosen and how it is sorted.
        limit: How many rows; absent, all.
        offset: How many rows to leave out before them.
    """
    where, values = _where(state)
    order = f"{_ORDERS[state.sort]}, iri"
    found = connection.execute(
        "SELECT n, iri, label, edtf, earliest, latest, precision, type, status, front, persons, articles, conflicts "
        f"FROM incident WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    ).fetchall()
    several = _several(connection, [row[0] for row in found])
    return [Row(*(*row[1:], *(several.get((row[0], column), ()) for column in _SEVERAL))) for row in found]


def year_span(connection: sqlite3.Connection, state: State) -> tuple[str, str] | None:
    """The first and the last day that a date of the state's incidents names, or None where all are undated."""
    where, values = _where(state)
    lone = "min(coalesce(earliest, latest)), max(coalesce(latest, earliest))"
    first, last = connection.execute(f"SELECT {lone} FROM incident WHERE {where}", values).fetchone()
    return (first, last) if first is not None else None


def facet_choices(connection: sqlite3.Connection, state: State) -> dict[str, list[Choice]]:
    """The values of each facet that would give something, and those that are chosen, most numerous first.

    Years go from the last to the first; what states nothing comes at the end.
    """
    # Facets of which nothing is chosen are narrowed alike, so they are counted together.
    free = [facet for facet in FACETS if not state.values(facet)]
    counted = {
        facet: number
        for group in [free, *([f] for f in FACETS if f not in free)]
        if group
        for facet, number in _counted(connection, state, group).items()
    }
    return {
        facet: _choices(state, facet, *(_years(connection, state) if facet == "year" else counted[facet]))
        for facet in FACET_NAMES
    }


def _counted(connection: sqlite3.Connection, state: State, facets: list[str]) -> dict[str, tuple[dict[str, int], int]]:
    """How many incidents each value of some facets has, by its IRI, and how many have none of that facet."""
    where, values = _where(state, without=facets[0] if state.values(facets[0]) else "")
    marks = ", ".join("?" * len(facets))
    hit = f"WITH hit AS MATERIALIZED (SELECT n FROM incident WHERE {where}) "
    of = f"FROM choice WHERE n IN hit AND facet IN ({marks})"
    every = connection.execute(f"{hit} SELECT COUNT(*) FROM hit", values).fetchone()[0]
    stated = dict(
        connection.execute(f"{hit} SELECT facet, COUNT(DISTINCT n) {of} GROUP BY facet", (*values, *facets)).fetchall()
    )
    found: dict[str, tuple[dict[str, int], int]] = {facet: ({}, every - stated.get(facet, 0)) for facet in facets}
    order = "GROUP BY facet, value ORDER BY COUNT(*) DESC, value"
    for facet, iri, number in connection.execute(
        f"{hit} SELECT facet, value, COUNT(*) {of} {order}", (*values, *facets)
    ):
        found[facet][0][iri] = number
    return found


def _choices(state: State, facet: str, counts: dict[str, int], silent: int) -> list[Choice]:
    chosen = state.values(facet)
    year = facet == "year"
    numbers = {key if year else name_of(facet, key): number for key, number in counts.items()}
    names: dict[str, str | None] = {name_of(facet, iri): iri for iri in counts} if not year else dict.fromkeys(counts)
    for value in chosen:
        if value != NONE:
            names.setdefault(value, None if year else iri_of(facet, value))
    if silent or NONE in chosen:
        names[NONE] = None
        numbers[NONE] = silent
    return [Choice(facet, name, iri, numbers.get(name, 0), name in chosen) for name, iri in names.items()]


def _years(connection: sqlite3.Connection, state: State) -> tuple[dict[str, int], int]:
    """How many incidents may be of each year in which a date begins or ends, or that is chosen; and undated ones."""
    where, values = _where(state, without="year")
    spans = connection.execute(f"SELECT first_year, last_year FROM incident WHERE {where}", values).fetchall()
    years = {year for span in spans for year in span if year is not None}
    years |= {int(value) for value in state.values("year") if value != NONE}
    several = Counter(spans)
    silent = several.pop((None, None), 0)
    counts = {
        str(year): sum(
            number
            for (first, last), number in several.items()
            if (first is None or first <= year) and (last is None or year <= last)
        )
        for year in sorted(years, reverse=True)
    }
    return counts, silent


def _several(connection: sqlite3.Connection, numbers: list[int]) -> dict[tuple[int, str], tuple[str, ...]]:
    """The values of which an incident may have several, by its number and what they are."""
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        for n, column, value in connection.execute(
            f"SELECT n, 'place', place FROM incident_place WHERE n IN ({marks}) UNION ALL "
            f"SELECT n, facet, value FROM choice WHERE n IN ({marks}) AND facet IN ('route', 'actor') AND own "
            "ORDER BY 1, 2, 3",
            (*some, *some),
        ):
            found[n, column] = (*found.get((n, column), ()), value)
    return found


def _where(state: State, without: str = "") -> tuple[str, list[str | int]]:
    """The condition of a state on incidents, and its values; one facet may be left out."""
    conditions, values = ["1"], []
    for condition, more in _conditions(state, without):
        conditions.append(condition)
        values += more
    return " AND ".join(conditions), values


def _conditions(state: State, without: str) -> Iterator[tuple[str, list[str | int]]]:
    for facet in FACETS:
        chosen = state.values(facet) if facet != without else ()
        if not chosen:
            continue
        ways: list[str] = []
        named = [iri_of(facet, value) for value in chosen if value != NONE]
        if named:
            marks = ", ".join("?" * len(named))
            ways.append(f"n IN (SELECT n FROM choice WHERE facet = '{facet}' AND value IN ({marks}))")
        if NONE in chosen:
            ways.append(f"n NOT IN (SELECT n FROM choice WHERE facet = '{facet}')")
        yield f"({' OR '.join(ways)})", [*named]
    if without != "year" and state.values("year"):
        years = [int(value) for value in state.values("year") if value != NONE]
        dated = "coalesce(first_year, last_year) IS NOT NULL"
        ways = [f"({dated} AND coalesce(first_year <= ?, 1) AND coalesce(last_year >= ?, 1))"] * len(years)
        if NONE in state.values("year"):
            ways.append("(first_year IS NULL AND last_year IS NULL)")
        yield f"({' OR '.join(ways)})", [year for year in years for _ in range(2)]
    for word in state.words:
        yield "n IN (SELECT n FROM wording WHERE instr(text, ?) > 0)", [word]
