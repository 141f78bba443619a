"""Classes and what joins them as a drawing: places and lines are worked out here, a template writes the SVG.

The class with most neighbours stands in the middle, the others on an ellipse round it, in the order that leaves the
fewest lines across. Widths of words are estimated, on the safe side, since only the reader's browser knows its fonts.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from kg.namespaces import CX, curie
from kg.reference.terms import Ontology, Property

__all__ = ["Box", "Figure", "Join", "Label", "Rectangle", "claim_joins", "drawn", "entity_joins"]

_BOX_HEIGHT = 54.0
_NAME, _NOTE, _WORD = 9.4, 7.2, 7.0  # the estimated width of a letter in each of the three sizes of text, in units
_LINE = 17.0
_MARGIN = 14.0
#: More classes than this are not all put round one: then the five stand alone.
_MOST = 7


@dataclass(frozen=True)
class Rectangle:
    """A rectangle by its middle, in units of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """The x of its left side."""
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        """The y of its upper side."""
        return self.y - self.height / 2

    def meets(self, other: Rectangle, gap: float = 0.0) -> bool:
        """Whether it overlaps another, or comes nearer than a gap."""
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2 + gap
            and abs(self.y - other.y) < (self.height + other.height) / 2 + gap
        )

    def border(self, x: float, y: float, gap: float = 0.0) -> tuple[float, float]:
        """The point at which a line from its middle to a point leaves it, with a gap."""
        dx, dy = x - self.x, y - self.y
        width, height = self.width / 2 + gap, self.height / 2 + gap
        scale = min(width / abs(dx) if dx else math.inf, height / abs(dy) if dy else math.inf)
        return self.x + dx * scale, self.y + dy * scale


@dataclass(frozen=True)
class Join:
    """What joins two classes: the properties from one to the other, by IRI."""

    source: str
    target: str
    properties: tuple[str, ...]

    def renamed(self, names: Mapping[str, str]) -> Join:
        """The same between classes that stand for others."""
        return Join(names.get(self.source, self.source), names.get(self.target, self.target), self.properties)


@dataclass(frozen=True)
class Box(Rectangle):
    """A class, or several that are joined alike: their IRIs, and whether they are drawn with weight."""

    iris: tuple[str, ...]
    main: bool


@dataclass(frozen=True)
class Label(Rectangle):
    """The words on a line: a line of text a property, by IRI, each with its y."""

    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Figure:
    """The drawing: its size, boxes, the paths of lines (of one way or both), the words on them, and all in words."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    paths: tuple[tuple[str, bool], ...]
    labels: tuple[Label, ...]
    joins: tuple[Join, ...]


def entity_joins(ontology: Ontology) -> list[Join]:
    """What joins the five classes with each other, and with the classes that a claim joins them to."""
    five = {cls.iri for cls in ontology.main}
    classes = set(five)
    for found in ontology.properties.values():
        if found.footing == "claim" and found.kind == "object":
            classes |= {iri for iri in found.range if iri in ontology.classes}
    if len(classes) > _MOST:
        classes = five
    entities = [found for found in ontology.properties.values() if found.footing != "record"]
    return _joins(entities, five, classes)


def claim_joins(ontology: Ontology) -> list[Join]:
    """What joins a claim with the words and texts that it rests on, and these with each other."""
    five = {cls.iri for cls in ontology.main}
    records = [found for found in ontology.properties.values() if found.footing == "record"]
    claim = CX + "Claim"
    reached = {iri for found in records if claim in found.domain and found.kind == "object" for iri in found.range}
    classes = ({claim} | reached) & set(ontology.classes) - five
    return _joins(records, classes, classes) if claim in classes and len(classes) <= _MOST else []


def _joins(properties: Iterable[Property], sources: Collection[str], targets: Collection[str]) -> list[Join]:
    by_ends: dict[tuple[str, str], list[str]] = {}
    for found in properties:
        for source in found.domain if found.kind == "object" else ():
            for target in found.range:
                if source in sources and target in targets:
                    by_ends.setdefault((source, target), []).append(found.iri)
    return [Join(*ends, tuple(joined)) for ends, joined in sorted(by_ends.items())]


def drawn(ontology: Ontology, joins: Sequence[Join], standing: Sequence[str]) -> Figure | None:
    """A drawing, or None where no two classes are joined.

    Args:
        ontology: Names the classes and the properties.
        joins: What joins them.
        standing: The classes that are drawn with weight, be they joined or not.
    """
    alike = _alike(joins)
    whole, joins = joins, list(dict.fromkeys(join.renamed(alike) for join in joins))
    nodes = list(dict.fromkeys([*standing, *(j.source for j in joins), *(j.target for j in joins)]))
    neighbours = {
        node: {j.target for j in joins if j.source == node} | {j.source for j in joins if j.target == node}
        for node in nodes
    }
    if not joins or len(nodes) < 2:
        return None
    hub = max(nodes, key=lambda node: (len(neighbours[node] - {node}), -nodes.index(node)))
    rim = _ordered([node for node in nodes if node != hub], joins)
    together = {node: (node, *(other for other, first in alike.items() if first == node)) for node in nodes}
    boxes = _placed([together[node] for node in (hub, *rim)], ontology, standing)
    lines = []
    for join in joins:
        both = any(j.source == join.target and j.target == join.source for j in joins)
        lines.append(
            _Line(join, boxes, [boxes[node] for node in sorted(neighbours[join.source] - {join.source})], both)
        )
    labels: list[Label] = []
    for line in lines:
        labels.append(_label(line, [*boxes.values(), *labels], ontology))
    return _fitted(list(boxes.values()), lines, labels, ontology, whole)


def _ordered(rim: Sequence[str], joins: Iterable[Join]) -> list[str]:
    """The order round the middle in which what is joined stands side by side as far as that can be."""
    if len(rim) > _MOST:
        return list(rim)
    pairs = [(j.source, j.target) for j in joins if j.source != j.target and {j.source, j.target} <= set(rim)]

    def length(order: tuple[str, ...]) -> int:
        places = {node: at for at, node in enumerate(order)}
        steps = (abs(places[a] - places[b]) for a, b in pairs)
        return sum(min(step, len(order) - step) ** 2 for step in steps)

    # The first stands where it is: turning the whole changes nothing.
    orders: list[tuple[str, ...]] = [(rim[0], *rest) for rest in permutations(rim[1:])]
    best = min(orders, key=length)
    return list(best)


def _alike(joins: Sequence[Join]) -> dict[str, str]:
    """The classes that are joined with all others as another one is, each with the first of its kind."""
    nodes = sorted({node for join in joins for node in (join.source, join.target)})

    def ties(node: str, beside: str) -> set[tuple[bool, str, tuple[str, ...]]]:
        out = {(True, j.target, j.properties) for j in joins if j.source == node and j.target not in (node, beside)}
        return out | {
            (False, j.source, j.properties) for j in joins if j.target == node and j.source not in (node, beside)
        }

    found: dict[str, str] = {}
    for at, node in enumerate(nodes):
        for other in nodes[at + 1 :]:
            # One tie is no likeness: so are the ends of any star.
            free = node not in found and other not in found
            if free and len(ties(node, other)) > 1 and ties(node, other) == ties(other, node):
                found[other] = node
    return found


def _placed(nodes: Sequence[tuple[str, ...]], ontology: Ontology, standing: Collection[str]) -> dict[str, Box]:
    """The first in the middle, the others round it; by the first class of each."""
    wide, high = 330.0, 205.0
    hub, *rim = nodes
    found = {hub[0]: _box(hub, 0.0, 0.0, ontology, hub[0] in standing)}
    for at, node in enumerate(rim):
        angle = -math.pi / 2 + 2 * math.pi * at / len(rim)
        place = wide * math.cos(angle), high * math.sin(angle)
        found[node[0]] = _box(node, *place, ontology, node[0] in standing)
    return found


def _box(iris: tuple[str, ...], x: float, y: float, ontology: Ontology, main: bool) -> Box:
    name = len(" or ".join(ontology.classes[iri].label for iri in iris)) * _NAME
    note = len(", ".join(curie(iri) for iri in iris)) * _NOTE
    return Box(x, y, max(name + 2 * _MARGIN, note + 2 * _MARGIN, 104.0), _BOX_HEIGHT, iris, main)


class _Line:
    """The line of a join: straight, a little aside where another comes the other way, or a loop."""

    def __init__(self, join: Join, boxes: dict[str, Box], neighbours: Sequence[Box], both: bool) -> None:
        self.join = join
        self.source, self.target = boxes[join.source], boxes[join.target]
        self.loop = join.source == join.target
        self.path = ""
        if self.loop:
            self._turn(neighbours)
            return
        dx, dy = self.target.x - self.source.x, self.target.y - self.source.y
        length = math.hypot(dx, dy) or 1.0
        aside = 16.0 if both else 0.0
        self._shift = (-dy / length * aside, dx / length * aside)
        self.start = self._aside(self.source.border(self.target.x, self.target.y, 2.0))
        self.end = self._aside(self.target.border(self.source.x, self.source.y, 4.0))
        self.path = f"M {_n(self.start[0])} {_n(self.start[1])} L {_n(self.end[0])} {_n(self.end[1])}"

    def _aside(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] + self._shift[0], point[1] + self._shift[1]

    def _turn(self, others: Sequence[Box]) -> None:
        """A loop above or below its box, whichever is further from the lines to others."""

        def room(sign: float) -> float:
            """The angle to the nearest line, in radians."""
            angles = (math.atan2(other.y - self.source.y, other.x - self.source.x) for other in others)
            apart = (abs(angle - sign * math.pi / 2) for angle in angles)
            return min((min(turn, 2 * math.pi - turn) for turn in apart), default=math.pi)

        sign = max((-1.0, 1.0), key=room)
        side = self.source.y + sign * self.source.height / 2
        left, right, out = self.source.x - 26.0, self.source.x + 26.0, side + sign * 46.0
        self.start, self.end = (left, out - sign * 12), (right, out - sign * 12)
        self.path = (
            f"M {_n(left)} {_n(side + sign * 2)} C {_n(left - 22)} {_n(out)} {_n(right + 22)} {_n(out)} "
            f"{_n(right)} {_n(side + sign * 4)}"
        )
        self.away = sign

    def at(self, part: float) -> tuple[float, float]:
        """The point at a part of its way, from 0 to 1."""
        return (
            self.start[0] + (self.end[0] - self.start[0]) * part,
            self.start[1] + (self.end[1] - self.start[1]) * part,
        )


def _label(line: _Line, taken: Sequence[Rectangle], ontology: Ontology) -> Label:
    words = [ontology.properties[iri].label for iri in line.join.properties]
    width, height = max(len(word) for word in words) * _WORD + 10.0, len(words) * _LINE + 4.0
    tried = [line.at(0.5 + step * sign) for step in (0.0, 0.06, 0.12, 0.18, 0.24, 0.3) for sign in (1, -1)]
    if line.loop:
        x, y = line.at(0.5)
        tried = [(x, y + line.away * (height / 2 + further)) for further in (6.0, 12.0, 24.0)]
    places = [Rectangle(x, y, width, height) for x, y in tried]
    place = next((found for found in places if not any(found.meets(other, 3.0) for other in taken)), places[0])
    first = place.top + 2.0 + _LINE * 0.74
    lines = tuple((iri, first + _LINE * number) for number, iri in enumerate(line.join.properties))
    return Label(place.x, place.y, width, height, lines)


def _fitted(
    boxes: list[Box], lines: list[_Line], labels: list[Label], ontology: Ontology, joins: Sequence[Join]
) -> Figure:
    """All of it moved so that it begins at the margin."""
    everything: list[Rectangle] = [*boxes, *labels]
    left = min(found.left for found in everything) - _MARGIN
    top = min(found.top for found in everything) - _MARGIN
    right = max(found.left + found.width for found in everything) + _MARGIN
    bottom = max(found.top + found.height for found in everything) + _MARGIN

    def moved(path: str) -> str:
        numbers = iter(range(10_000))
        steps = []
        for step in path.split():
            steps.append(step if step.isalpha() else _n(float(step) - (top if next(numbers) % 2 else left)))
        return " ".join(steps)

    def both_ways(join: Join) -> bool:
        return all(ontology.properties[iri].symmetric for iri in join.properties)

    return Figure(
        round(right - left, 1),
        round(bottom - top, 1),
        tuple(Box(b.x - left, b.y - top, b.width, b.height, b.iris, b.main) for b in boxes),
        tuple((moved(line.path), both_ways(line.join)) for line in lines),
        tuple(
            Label(found.x - left, found.y - top, found.width, found.height, tuple((i, y - top) for i, y in found.lines))
            for found in labels
        ),
        tuple(joins),
    )


def _n(value: float) -> str:
    return f"{value:.1f}"
