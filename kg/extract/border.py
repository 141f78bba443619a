"""What is particular to a border: the schema of `ontology/borders/{border}/rules.yaml`, and its reading.

Every key is required and an unknown one is refused; the header of the Korean file says what each means. All terms are
prefixed names that the ontology, a vocabulary or the gazetteer declares.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kg.extract.rules import Pack, read_pack

__all__ = ["Body", "BorderRules", "Direction", "Line", "Names", "Side", "Sides", "read_rules"]


class Side(Pack, frozen=True):
    """One side of the border: its place, its government, nouns that mean it as a place, and adjectives."""

    place: str
    government: str
    words: tuple[str, ...]
    adjectives: tuple[str, ...]


class Sides(Pack, frozen=True):
    """The side that people leave and the one they reach."""

    home: Side
    destination: Side


class Direction(Pack, frozen=True, rename={"origin": "from", "target": "to"}):
    """The concept for going from one side, or from a post abroad, to another."""

    origin: Literal["home", "destination", "post-abroad"]
    target: Literal["home", "destination", "post-abroad"]
    direction: str


class Line(Pack, frozen=True):
    """Words for a line or a water whose crossing is an incident of this border."""

    words: tuple[str, ...]
    place: str | None
    incident_type: str
    route: str | None


class Body(Pack, frozen=True):
    """Nouns that name a kind of body together with a side, and that body of each side."""

    nouns: tuple[str, ...]
    home: str | None
    destination: str | None


class Names(Pack, frozen=True):
    """How persons of this border are called."""

    surname_first: bool
    given_name_syllables: tuple[int, int]
    surnames: frozenset[str]


class BorderRules(Pack, frozen=True):
    """The rules of a border, typed."""

    border: str
    name: str
    sides: Sides
    directions: tuple[Direction, ...]
    lines: tuple[Line, ...]
    waters: tuple[Line, ...]
    third_countries: tuple[str, ...]
    third_country_route: str
    posts: tuple[str, ...]
    bodies: dict[str, Body]
    default_side: Literal["home", "destination"]
    speaker_side: tuple[str, ...]
    names: Names
    holidays: tuple[str, ...]
    adversary_words: tuple[str, ...]

    def body(self, noun: str, state: str) -> str | None:
        """The body of a state that a common noun means ("military"), as a term of the gazetteer.

        Args:
            noun: The noun, in any case.
            state: The place of one of the two sides; another state has no bodies here.
        """
        for body in self.bodies.values():
            if noun.lower() in (known.lower() for known in body.nouns):
                if state == self.sides.home.place:
                    return body.home
                return body.destination if state == self.sides.destination.place else None
        return None

    def government(self, state: str) -> str | None:
        """The government of one of the two sides by its place."""
        for side in (self.sides.home, self.sides.destination):
            if side.place == state:
                return side.government
        return None


def read_rules(path: Path) -> BorderRules:
    """The rules of a border.

    Raises:
        UsageError: The file is missing, is not YAML, or does not fit the schema; the message says where.
    """
    return read_pack(path, BorderRules)
