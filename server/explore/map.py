"""The map of a result: where its incidents were, no more exactly than is known.

The rules, the same for every incident:

* A place with a point that is known to less than `AREA` is a dot, with a ring as wide as it is uncertain.
* A place with a point that is known less exactly (a sea, a province) is an area: a circle of that width, and no dot.
* Where no such place is known, the front is drawn as its stretch of the border line: the geometry that the gazetteer
  gives it, else a part of the line. The western, central and eastern front are a third of its length each, counted
  from its western end; the central-western and the central-eastern are the halves of the central third.
* Where no front is known either, a place that is a line is that line.
* What has none of these is listed beside the map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.namespaces import PREFIXES
from kg.summary.explore import Row
from kg.summary.lookups import Shape, Term
from server.explore.basemap import Basemap, basemap, on_land
from server.explore.geometry import Frame, Point, distance, frame_around, length, read_wkt, stretch

__all__ = ["AREA", "FRONTS", "Map", "Mark", "map_of"]

#: From how many metres of precision on a place is an area and not a dot.
AREA = 50_000

#: Which part of the border line each front is, from west to east.
FRONTS: Mapping[str, tuple[float, float]] = {
    PREFIXES["front"] + name: part
    for name, part in {
        "western": (0.0, 1 / 3),
        "central": (1 / 3, 2 / 3),
        "central-west": (1 / 3, 1 / 2),
        "central-east": (1 / 2, 2 / 3),
        "eastern": (2 / 3, 1.0),
    }.items()
}

#: Dots further from the middle of the line than this, in kilometres, do not widen the map to hold them.
_NEAR = 650.0
#: How many degrees of latitude a map is high at least.
_LEAST = 3.0
#: How far from the edge of the drawing the number of an area stands whose middle lies outside, in units.
_EDGE = 24.0
#: How far above a dot or a stretch its number stands, and how far apart numbers are, in units.
_ABOVE, _PIN = 20.0, 27.0


@dataclass
class Mark:
    """One mark on the map, with the incidents that it stands for.

    `kind` is dot, area or stretch. `at` is where it is, `pin` where its number stands. `middle` and `radius` are those
    of the circle of the uncertainty, in units of the drawing. `path` is that of a stretch; a `wide` one lies below the
    others. `point` and `precision` (in metres) are what is known. `water` is an area whose middle is in no country:
    land covers it.
    """

    kind: str
    iri: str
    name: str
    ko: str | None
    at: Point
    precision: int | None
    point: Point | None = None
    radius: float = 0.0
    middle: Point = (0.0, 0.0)
    path: str = ""
    wide: bool = False
    water: bool = False
    inside: bool = True
    number: int = 0
    pin: Point = (0.0, 0.0)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Map:
    """A map: its frame, what lies below, the border lines as paths, the marks, and the incidents that have no mark."""

    frame: Frame
    base: Basemap | None
    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    beyond: tuple[Mark, ...]
    nowhere: tuple[Row, ...]

    @property
    def kilometres(self) -> int:
        """The length of the scale bar."""
        across = self.frame.width / self.frame.units(1000) * 1000
        return max(step for step in (10, 20, 50, 100, 200, 500) if step == 10 or step < across / 5)


def map_of(
    rows: Iterable[Row], shapes: Mapping[str, Shape], terms: Mapping[str, Term], *, numbered: bool = True
) -> Map | None:
    """The map of some incidents, or None where there is nothing to make a frame of.

    Args:
        rows: The incidents.
        shapes: The geometries of what they name, and the lines of the gazetteer.
        terms: The labels of both.
        numbered: Whether the marks have room for their numbers; the places of these take the most time.
    """
    known = {iri: (read_wkt(shape.wkt), shape.precision) for iri, shape in shapes.items()}
    lines = {iri: points for iri, (points, _) in known.items() if len(points) > 1 and iri not in FRONTS}
    border = max(lines.values(), key=length, default=[])
    border = border if not border or border[0][0] <= border[-1][0] else border[::-1]
    drawn: dict[str, tuple[str, list[Point], int | None]] = {}
    told: dict[str, list[Row]] = {}
    nowhere = []
    for row in rows:
        found = _where(row, known, border)
        for iri, kind, points, precision in found:
            drawn[iri] = (kind, points, precision)
            told.setdefault(iri, []).append(row)
        if not found:
            nowhere.append(row)
    dots = [points[0] for kind, points, _ in drawn.values() if kind == "dot"]
    frame = _frame(border, dots)
    if frame is None:
        return None
    marks = [_mark(iri, *what, frame, terms, told[iri]) for iri, what in drawn.items()]
    # What is wide lies below what is small; the numbers go by how many incidents there are.
    for number, mark in enumerate(sorted(marks, key=lambda mark: (-len(mark.rows), mark.name)), 1):
        mark.number = number
    if numbered:
        _apart([mark for mark in marks if mark.inside], frame)
    marks.sort(key=lambda mark: ({"area": 0, "stretch": 1, "dot": 2}[mark.kind], not mark.wide, mark.number))
    return Map(
        frame,
        basemap(frame),
        tuple(dict.fromkeys(frame.path(points) for points in lines.values())),
        tuple(mark for mark in marks if mark.inside),
        tuple(mark for mark in marks if not mark.inside),
        tuple(nowhere),
    )


def _where(
    row: Row, known: Mapping[str, tuple[list[Point], int | None]], border: list[Point]
) -> list[tuple[str, str, list[Point], int | None]]:
    """What stands for an incident on the map: IRI, kind, points and precision of each."""
    places = [(iri, *known[iri]) for iri in row.places if iri in known]
    found = [
        (iri, "dot" if metres is not None and metres < AREA else "area", points, metres)
        for iri, points, metres in places
        if len(points) == 1
    ]
    if found:
        return found
    if row.front is not None:
        own, precision = known.get(row.front, ([], None))
        part = FRONTS.get(row.front)
        points = own or (stretch(border, *part) if part is not None and border else [])
        if len(points) > 1:
            return [(row.front, "stretch", points, precision)]
    return [(iri, "stretch", points, metres) for iri, points, metres in places if len(points) > 1]


def _frame(border: list[Point], dots: list[Point]) -> Frame | None:
    middle = border[len(border) // 2] if border else (dots[0] if dots else None)
    if middle is None:
        return None
    near = [point for point in dots if distance(middle, point) <= _NEAR]
    return frame_around([*border, *near] or [middle], _LEAST)


def _mark(
    iri: str,
    kind: str,
    points: list[Point],
    precision: int | None,
    frame: Frame,
    terms: Mapping[str, Term],
    rows: list[Row],
) -> Mark:
    term = terms.get(iri)
    name, ko = (term.label, term.ko) if term is not None else (iri, None)
    if kind == "stretch":
        middle = stretch(points, 0.5, 1.0)[0]
        part = FRONTS.get(iri, (0.0, 1.0))
        wide = part[1] - part[0] > 0.25
        return Mark(kind, iri, name, ko, frame.at(middle), precision, path=frame.path(points), wide=wide, rows=rows)
    radius = frame.units((precision or 0) / 1000)
    at = middle = frame.at(points[0])
    inside = frame.holds(points[0]) or (kind == "area" and _reaches(at, radius, frame))
    water = kind == "area" and not on_land(points[0])
    at = (min(max(at[0], _EDGE), frame.width - _EDGE), min(max(at[1], _EDGE), frame.height - _EDGE)) if inside else at
    return Mark(
        kind,
        iri,
        name,
        ko,
        at,
        precision,
        point=points[0],
        radius=radius,
        middle=middle,
        inside=inside,
        water=water,
        rows=rows,
    )


def _apart(marks: list[Mark], frame: Frame) -> None:
    """Put the numbers where none covers another, or a dot: near what they mark, above it if that is free."""
    taken = [(mark.middle, (_PIN * 0.65) ** 2) for mark in marks if mark.kind == "dot"]
    taken.append(((frame.width - 60, frame.height - 20), 60.0**2))  # the scale bar
    for mark in sorted(marks, key=lambda mark: mark.number):
        mark.pin = next(
            (
                place
                for place in _around(mark)
                if _EDGE / 2 <= place[0] <= frame.width - _EDGE / 2
                and _EDGE / 2 <= place[1] <= frame.height - _EDGE / 2
                and all((place[0] - x) ** 2 + (place[1] - y) ** 2 >= apart for (x, y), apart in taken)
            ),
            mark.at,
        )
        taken.append((mark.pin, _PIN**2))


def _around(mark: Mark) -> Iterator[Point]:
    """Where the number of a mark may stand, the best first: ever wider circles around it, each from its top."""
    if mark.kind == "area":
        yield mark.at
    for ring in range(1, 9):
        for turn in (0, 45, -45, 90, -90, 135, -135, 180):
            angle = math.radians(turn)
            away = _ABOVE * ring
            yield round(mark.at[0] + away * math.sin(angle), 1), round(mark.at[1] - away * math.cos(angle), 1)


def _reaches(at: Point, radius: float, frame: Frame) -> bool:
    """Whether a circle reaches into the drawing."""
    x = min(max(at[0], 0), frame.width) - at[0]
    y = min(max(at[1], 0), frame.height) - at[1]
    return x * x + y * y < radius * radius
