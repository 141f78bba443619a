"""The land and its countries below a map: Natural Earth (public domain), from the npm package `world-atlas`.

Where the packages were not installed there is none, and maps show what the gazetteer holds alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from server.assets import asset_file
from server.explore.geometry import Frame, Point

__all__ = ["Basemap", "Country", "basemap", "clipped", "on_land", "read_topology"]

#: A ring of a country that is smaller than this, in units of the drawing squared, is left out; a label needs more.
_SPECK, _ROOM = 2.0, 6_000.0


@dataclass(frozen=True)
class Country:
    """A country in a frame: its outline as the path of an SVG, its English name, and where that has room, if it has."""

    name: str
    path: str
    label: Point | None


@dataclass(frozen=True)
class Basemap:
    """What lies below a map."""

    countries: tuple[Country, ...]


def basemap(frame: Frame) -> Basemap | None:
    """The countries in a frame, or None where they were not installed."""
    path = asset_file("countries-50m.json")
    return _drawn(path, frame) if path is not None else None


@lru_cache(maxsize=1024)
def _in_a_country(path: Path, point: Point) -> bool:
    return any(_inside(point, ring) for _, rings in _countries(path) for ring in rings)


def on_land(point: Point) -> bool:
    """Whether a point lies in a country; where the countries were not installed, nothing does."""
    path = asset_file("countries-50m.json")
    return path is not None and _in_a_country(path, point)


def _inside(point: Point, ring: list[Point]) -> bool:
    """Whether a point lies in a ring: whether a ray to the east crosses it an odd number of times."""
    x, y = point
    within = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            within = not within
    return within


@lru_cache(maxsize=64)
def _drawn(path: Path, frame: Frame) -> Basemap:
    found = []
    for name, rings in _countries(path):
        cut = [inside for ring in rings if (inside := clipped(ring, frame))]
        drawn = [[frame.at(point) for point in ring] for ring in cut]
        shown = [(ring, _area(at)) for ring, at in zip(cut, drawn, strict=True) if abs(_area(at)) > _SPECK]
        if shown:
            largest, room = max(shown, key=lambda pair: abs(pair[1]))
            text = "".join(frame.path(ring, closed=True) for ring, _ in shown)
            label = _centre([frame.at(point) for point in largest]) if abs(room) > _ROOM else None
            found.append(Country(name, text, label))
    return Basemap(tuple(found))


@cache
def _countries(path: Path) -> tuple[tuple[str, list[list[Point]]], ...]:
    return tuple(read_topology(json.loads(path.read_bytes()), "countries"))


def read_topology(document: dict[str, Any], name: str) -> list[tuple[str, list[list[Point]]]]:
    """The named polygons of an object of a TopoJSON document, each as its rings.

    Args:
        document: A quantised topology (the TopoJSON Format Specification, version 1.0, sections 2.1.2 to 2.1.4).
        name: Of the object, a collection of polygons.
    """
    (sx, sy), (tx, ty) = document["transform"]["scale"], document["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in document["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indices: list[int]) -> list[Point]:
        joined: list[Point] = []
        for index in indices:
            # A negative index is the arc of its complement, backwards; arcs share their ends.
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            joined += arc[1:] if joined else arc
        return joined

    found = []
    for shape in document["objects"][name]["geometries"]:
        several = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape["type"]) or []
        rings = [ring(indices) for polygon in several for indices in polygon]
        found.append((str(shape.get("properties", {}).get("name", "")), rings))
    return found


def clipped(ring: list[Point], frame: Frame) -> list[Point]:
    """The part of a ring in a frame: Sutherland and Hodgman (1974), edge by edge."""
    edges = ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1))
    for axis, limit, side in edges:
        kept: list[Point] = []
        for before, point in zip([ring[-1], *ring] if ring else [], ring, strict=False):
            inside, was = (point[axis] - limit) * side >= 0, (before[axis] - limit) * side >= 0
            if inside != was:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def _area(ring: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _centre(ring: list[Point]) -> Point:
    """The centre of mass of a ring."""
    area = _area(ring)
    x = y = 0.0
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return round(x / (6 * area), 1), round(y / (6 * area), 1)
