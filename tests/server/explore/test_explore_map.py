"""Nothing is drawn more exactly than it is known."""

from __future__ import annotations

from typing import Any

import pytest

from kg.namespaces import expand
from kg.summary.explore import Row
from kg.summary.lookups import Shape, Term
from server.explore.geometry import length, read_wkt, stretch
from server.explore.map import FRONTS, Map, Mark, map_of

LINE = "LINESTRING(126.0 38.0, 129.0 38.0)"
SHAPES = {
    "line": Shape(LINE, 15_000),
    "town": Shape("POINT(128.5 38.4)", 25_000),
    "sea": Shape("POINT(124.0 36.5)", 400_000),
    "vague": Shape("POINT(127.0 37.0)", None),
    "far": Shape("POINT(-82.37 23.12)", 15_000),
    "odd": Shape("POLYGON((0 0, 1 1, 1 0, 0 0))", 10),
}
TERMS = {"town": Term("Town", "읍", None)}


def row(number: int, **given: Any) -> Row:
    usual = dict.fromkeys(("date", "earliest", "latest", "precision", "type", "status", "front", "persons"))
    return Row(incident=f"i{number}", label=f"incident {number}", **{**usual, "articles": 1, "conflicts": 0, **given})


def drawn(*rows: Row) -> Map:
    found = map_of(rows, SHAPES, TERMS)
    assert found is not None
    return found


def only(found: Map) -> Mark:
    assert len(found.marks) == 1
    return found.marks[0]


def test_a_place_is_a_dot_with_a_ring_as_wide_as_it_is_uncertain() -> None:
    found = drawn(row(1, places=("town",), front=expand("front:eastern")))
    mark = only(found)
    assert (mark.kind, mark.name, mark.ko, mark.point) == ("dot", "Town", "읍", (128.5, 38.4))
    assert mark.radius == found.frame.units(25)
    assert mark.pin != mark.at


def test_what_is_known_only_roughly_is_an_area_and_no_dot() -> None:
    for place in ("sea", "vague"):
        assert only(drawn(row(1, places=(place,)))).kind == "area"


def test_a_front_is_a_stretch_of_the_line_in_its_part() -> None:
    found = drawn(*(row(number, front=front) for number, front in enumerate(FRONTS)))
    assert {mark.iri for mark in found.marks} == set(FRONTS)
    assert {mark.kind for mark in found.marks} == {"stretch"}
    at = {mark.iri.rpartition("#")[2]: mark.at[0] for mark in found.marks}
    assert at["western"] < at["central-west"] < at["central"] < at["central-east"] < at["eastern"]
    line = read_wkt(LINE)
    parts = {name: length(stretch(line, *part)) / length(line) for name, part in FRONTS.items()}
    assert parts[expand("front:central")] == pytest.approx(1 / 3)
    assert parts[expand("front:central-west")] == pytest.approx(1 / 6)


def test_the_western_end_is_in_the_west_however_the_line_is_written() -> None:
    turned = {"line": Shape("LINESTRING(129.0 38.0, 126.0 38.0)", 15_000)}
    found = map_of([row(1, front=expand("front:western"))], turned, {})
    assert found is not None
    assert found.marks[0].at[0] < found.frame.width / 2


def test_a_front_with_a_geometry_of_its_own_is_drawn_there() -> None:
    front = expand("front:eastern")
    shapes = {**SHAPES, front: Shape("LINESTRING(126.1 38.0, 126.3 38.0)", 5_000)}
    found = map_of([row(1, front=front)], shapes, {})
    assert found is not None
    assert found.marks[0].precision == 5_000
    assert found.marks[0].at[0] < found.frame.width / 2


def test_what_has_neither_place_nor_front_is_listed_and_never_drawn() -> None:
    rows = [row(1), row(2, places=("nowhere",)), row(3, front="some front"), row(4, places=("odd",))]
    found = drawn(*rows)
    assert found.marks == ()
    assert list(found.nowhere) == rows


def test_a_place_that_is_the_line_counts_after_the_front() -> None:
    front = expand("front:western")
    assert only(drawn(row(1, places=("line",), front=front))).iri == front
    assert only(drawn(row(1, places=("line",)))).iri == "line"


def test_what_lies_far_away_is_listed_with_its_place() -> None:
    found = drawn(row(1, places=("far",)), row(2, places=("town",)))
    assert [mark.iri for mark in found.beyond] == ["far"]
    assert only(found).iri == "town"
    assert found.frame.west > 120


def test_incidents_of_one_place_share_a_mark_and_the_most_come_first() -> None:
    found = drawn(row(1, places=("town",)), row(2, places=("town",)), row(3, front=expand("front:western")))
    assert {mark.iri: (mark.number, len(mark.rows)) for mark in found.marks} == {
        "town": (1, 2),
        expand("front:western"): (2, 1),
    }


def test_numbers_do_not_cover_each_other() -> None:
    shapes = {f"p{n}": Shape(f"POINT({127 + n / 100} 38.2)", 5_000) for n in range(12)}
    found = map_of([row(n, places=(f"p{n}",)) for n in range(12)], {**SHAPES, **shapes}, {})
    assert found is not None
    pins = [mark.pin for mark in found.marks]
    apart = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for n, a in enumerate(pins) for b in pins[:n]]
    assert min(apart) > 24


def test_without_a_line_or_a_dot_there_is_no_map() -> None:
    assert map_of([row(1)], {}, {}) is None
    assert map_of([], SHAPES, {}) is not None
