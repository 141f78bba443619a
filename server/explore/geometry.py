"""Geometry of maps: reading WKT, stretches of a line, and the projection of a frame onto a drawing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["KM_A_DEGREE", "Frame", "Point", "distance", "frame_around", "length", "read_wkt", "stretch"]

#: Longitude and latitude in degrees (WGS 84).
Point = tuple[float, float]

#: Kilometres of one degree of latitude, on a sphere of the mean radius (IUGG) of 6371.0 km.
KM_A_DEGREE = 111.195

_NUMBER = r"-?\d{1,3}(?:\.\d+)?"
_PAIR = rf"\s*{_NUMBER}\s+{_NUMBER}\s*"
_WKT = re.compile(rf"\s*(?:POINT|LINESTRING)\s*\(({_PAIR}(?:,{_PAIR})*)\)\s*", re.IGNORECASE)


def read_wkt(wkt: str) -> list[Point]:
    """The points of a POINT or LINESTRING of WKT (OGC 06-103r4, section 7); of anything else none.

    >>> read_wkt("LINESTRING(126.68 37.93, 127.10 38.25)"), read_wkt("POINT EMPTY")
    ([(126.68, 37.93), (127.1, 38.25)], [])
    """
    found = _WKT.fullmatch(wkt)
    if found is None:
        return []
    pairs = (pair.split() for pair in found[1].split(","))
    return [(float(lon), float(lat)) for lon, lat in pairs]


def distance(a: Point, b: Point) -> float:
    """Kilometres between two points that are near each other, on a sphere."""
    middle = math.cos(math.radians((a[1] + b[1]) / 2))
    return math.hypot((a[0] - b[0]) * middle, a[1] - b[1]) * KM_A_DEGREE


def length(line: Sequence[Point]) -> float:
    """The length of a line in kilometres."""
    return sum(distance(a, b) for a, b in pairwise(line))


def stretch(line: Sequence[Point], begin: float, end: float) -> list[Point]:
    """The part of a line between two fractions of its length.

    >>> stretch([(0, 0), (10, 0)], 0.25, 0.5)
    [(2.5, 0.0), (5.0, 0.0)]
    """
    whole = length(line)
    found: list[Point] = []
    gone = 0.0
    for a, b in pairwise(line):
        part = distance(a, b)
        first, last = max(begin * whole - gone, 0.0), min(end * whole - gone, part)
        if part > 0 and first < last:
            found += (_between(a, b, first / part), _between(a, b, last / part))
        gone += part
    return list(dict.fromkeys(found))


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


@dataclass(frozen=True)
class Frame:
    """A rectangle of the earth, and how it is drawn: equirectangular, true to scale in its middle.

    Args:
        west, south, east, north: Its edges in degrees.
        width: Of the drawing.
    """

    west: float
    south: float
    east: float
    north: float
    width: float = 720

    @property
    def scale(self) -> float:
        """Units of the drawing for one degree of latitude."""
        return self.width / ((self.east - self.west) * math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def height(self) -> float:
        """Of the drawing."""
        return round((self.north - self.south) * self.scale, 1)

    def units(self, kilometres: float) -> float:
        """Kilometres as units of the drawing."""
        return round(kilometres / KM_A_DEGREE * self.scale, 1)

    def at(self, point: Point) -> Point:
        """Where a point is drawn."""
        x = (point[0] - self.west) / (self.east - self.west) * self.width
        return round(x, 1), round((self.north - point[1]) * self.scale, 1)

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    def path(self, points: Iterable[Point], *, closed: bool = False) -> str:
        """A line as the path of an SVG."""
        drawn = list(dict.fromkeys(self.at(point) for point in points))
        text = "M" + "L".join(f"{x:g} {y:g}" for x, y in drawn)
        return f"{text}Z" if closed else text


def frame_around(points: Sequence[Point], least: float, shape: float = 4 / 3) -> Frame:
    """A frame around points, with an edge of a tenth.

    Args:
        points: One at least.
        least: How many degrees of latitude it is high at least.
        shape: Its width by its height.
    """
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    middle = ((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)
    narrow = math.cos(math.radians(middle[1]))
    wide = (max(lons) - min(lons)) * narrow * 1.2
    high = max((max(lats) - min(lats)) * 1.2, least, wide / shape)
    across = high * shape / narrow
    return Frame(middle[0] - across / 2, middle[1] - high / 2, middle[0] + across / 2, middle[1] + high / 2)
