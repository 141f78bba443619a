"""What a state shows: its rows, how many there are, and for every value of every facet how many there would be.

The counts of a facet are narrowed by what is chosen of the other facets, not by its own choice: they say what choosing
another value of it would give.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.summary.state import FACET_NAMES, NONE, State, iri_of, name_of
from kg.summary.tables import FACETS

__all__ = ["PAGE", "Choice", "Row", "count", "facet_choices", "result_rows", "year_span"]

#: How many rows a page has.
PAGE = 50

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
    return [_row(connection, row[0], row[1:]) for row in found]


def _row(connection: sqlite3.Connection, n: int, values: tuple[Any, ...]) -> Row:
    places, routes, actors = _several(connection, n)
    return Row(*(*values, places, routes, actors))


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
    return {facet: _choices(connection, state, facet) for facet in FACET_NAMES}


def _choices(connection: sqlite3.Connection, state: State, facet: str) -> list[Choice]:
    where, values = _where(state, without=facet)
    if facet == "year":
        spans = connection.execute(f"SELECT first_year, last_year FROM incident WHERE {where}", values).fetchall()
        counts, silent = _years(spans, {int(value) for value in state.values("year") if value != NONE})
        names: dict[str, str | None] = {str(year): None for year in sorted(counts, reverse=True)}
        numbers = {str(year): number for year, number in counts.items()}
    else:
        found = connection.execute(
            f"SELECT value, COUNT(*) FROM choice JOIN incident USING (n) WHERE facet = ? AND {where} "
            "GROUP BY value ORDER BY COUNT(*) DESC, value",
            (facet, *values),
        ).fetchall()
        names = {name_of(facet, iri): iri for iri, _ in found}
        numbers = {name_of(facet, iri): number for iri, number in found}
        silent = connection.execute(
            f"SELECT COUNT(*) FROM incident WHERE n NOT IN (SELECT n FROM choice WHERE facet = ?) AND {where}",
            (facet, *values),
        ).fetchone()[0]
    chosen = state.values(facet)
    for value in chosen:
        if value != NONE:
            names.setdefault(value, None if facet == "year" else iri_of(facet, value))
    if silent or NONE in chosen:
        names[NONE] = None
        numbers[NONE] = silent
    return [Choice(facet, name, iri, numbers.get(name, 0), name in chosen) for name, iri in names.items()]


def _years(spans: list[tuple[int | None, int | None]], chosen: set[int]) -> tuple[Counter[int], int]:
    """How many spans touch each year in which one begins or ends, or that is chosen; and how many are undated."""
    years = {year for span in spans for year in span if year is not None} | chosen
    several = Counter(spans)
    silent = several.pop((None, None), 0)
    counts: Counter[int] = Counter()
    for (first, last), number in several.items():
        for year in years:
            if (first is None or first <= year) and (last is None or year <= last):
                counts[year] += number
    return counts, silent


def _several(connection: sqlite3.Connection, n: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    places = connection.execute("SELECT place FROM incident_place WHERE n = ? ORDER BY place", (n,))
    own = "SELECT value FROM choice WHERE n = ? AND facet = ? AND own ORDER BY value"
    routes, actors = (connection.execute(own, (n, facet)) for facet in ("route", "actor"))
    return _first(places), _first(routes), _first(actors)


def _first(rows: Iterable[tuple[str]]) -> tuple[str, ...]:
    return tuple(value for (value,) in rows)


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
