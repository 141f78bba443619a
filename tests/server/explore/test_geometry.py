from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.explore.geometry import Frame, Point, distance, frame_around, length, read_wkt, stretch

points = st.tuples(st.floats(100, 140), st.floats(30, 50))
near = st.tuples(st.floats(126, 129), st.floats(37.5, 39))
lines = st.lists(near, min_size=2, max_size=8, unique=True)
FRAME = Frame(126, 37, 129, 39)


def test_other_wkt_has_no_points() -> None:
    for text in ("POLYGON((0 0, 1 1, 1 0, 0 0))", "POINT(1)", "", "POINT(<script> 2)"):
        assert read_wkt(text) == []


def test_a_degree_of_latitude_is_a_sixtieth_of_a_nautical_mile_and_longitudes_grow_narrow() -> None:
    assert distance((127, 38), (127, 39)) == pytest.approx(111.195)
    assert distance((127, 60), (128, 60)) == pytest.approx(111.195 / 2, rel=1e-3)


@given(lines, st.floats(0, 1), st.floats(0, 1))
def test_a_stretch_is_as_long_as_its_share(line: list[Point], one: float, other: float) -> None:
    begin, end = sorted((one, other))
    part = stretch(line, begin, end)
    assert length(part) == pytest.approx(length(line) * (end - begin), rel=0.01, abs=1e-6)


@given(lines)
def test_parts_of_a_line_are_the_line(line: list[Point]) -> None:
    first, last = stretch(line, 0, 0.5), stretch(line, 0.5, 1)
    assert first[0] == pytest.approx(line[0])
    assert last[-1] == pytest.approx(line[-1])
    assert first[-1] == pytest.approx(last[0])


@given(st.lists(points, min_size=1, max_size=6))
def test_a_frame_holds_what_it_is_made_around_and_draws_it_inside(found: list[Point]) -> None:
    frame = frame_around(found, 1.0)
    for point in found:
        x, y = frame.at(point)
        assert frame.holds(point)
        assert 0 <= x <= frame.width
        assert 0 <= y <= frame.height
    assert frame.width / frame.height == pytest.approx(4 / 3, rel=0.01)


def test_a_circle_is_drawn_to_scale() -> None:
    middle = (127.5, 38.0)
    east = FRAME.at((127.5 + 0.5, 38.0))[0] - FRAME.at(middle)[0]
    assert FRAME.units(distance(middle, (128.0, 38.0))) == pytest.approx(east, abs=0.2)


def test_a_path_is_what_svg_reads() -> None:
    assert FRAME.path([(126, 39), (129, 37)]) == f"M0 0L720 {FRAME.height:g}"
    assert FRAME.path([(126, 39), (129, 39), (129, 37)], closed=True).endswith("Z")
