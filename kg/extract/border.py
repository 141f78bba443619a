"""What is particular to a border: the schema of `{border}/rules.yaml`, and its reading.

Every key is required and an unknown one is refused. What each key holds is said beside it here, and
`docs/border-keys.md` is made from that. All terms are prefixed names that the ontology, a vocabulary or the gazetteer
declares.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from kg.errors import UsageError
from kg.extract.rules import Pack, read_pack

__all__ = ["Body", "BorderRules", "Direction", "Line", "Names", "Side", "Sides", "read_rules"]


def _of(meaning: str) -> msgspec.Meta:
    return msgspec.Meta(description=meaning)


_End = Literal["home", "destination", "post-abroad"]


class Side(Pack, frozen=True):
    """One side of the border."""

    place: Annotated[str, _of("the side itself, a place of the gazetteer")]
    government: Annotated[str, _of("its government, an organisation of the gazetteer")]
    words: Annotated[tuple[str, ...], _of('words that mean this side as a place ("the North")')]
    adjectives: Annotated[tuple[str, ...], _of('adjectives of this side ("North Korean")')]


class Sides(Pack, frozen=True):
    """The two sides."""

    home: Annotated[Side, _of("the side that people leave")]
    destination: Annotated[Side, _of("the side that they reach")]


class Direction(Pack, frozen=True, rename={"origin": "from", "target": "to"}):
    """One way over the border."""

    origin: Annotated[_End, _of("where it leads from")]
    target: Annotated[_End, _of("where it leads to")]
    direction: Annotated[str, _of("the concept of the scheme of directions for it")]


class Line(Pack, frozen=True):
    """Words for a line or a water."""

    words: Annotated[tuple[str, ...], _of("its words")]
    place: Annotated[str | None, _of("its place; null for a bare noun (`border`) that names no certain one")]
    incident_type: Annotated[str, _of("the concept of the scheme of incident types for going over it")]
    route: Annotated[str | None, _of("its route; null where the words do not tell which")]


class Body(Pack, frozen=True):
    """Common nouns for a body of a side."""

    nouns: Annotated[tuple[str, ...], _of("nouns that name it together with a side (`the South's military`)")]
    home: Annotated[str | None, _of("that body of the side that people leave, or null")]
    destination: Annotated[str | None, _of("that body of the side that they reach, or null")]


class Names(Pack, frozen=True):
    """How persons and organisations of this border are called."""

    surname_first: Annotated[bool, _of("whether the surname stands first")]
    given_name_syllables: Annotated[
        tuple[int, int] | None,
        _of("the fewest and the most syllables of a given name; null where the surname stands last"),
    ]
    given_syllable: Annotated[
        str | None, _of("a pattern of one such syllable as it is romanised; null where the surname stands last")
    ]
    surnames: Annotated[
        frozenset[str],
        _of(
            "surnames in every common romanisation, a list of words and not of persons; those that are also common "
            "English words (`No`, `You`) are left out; empty where the surname stands last"
        ),
    ]
    no_person: Annotated[frozenset[str], _of("capitalised words that look like a person's name and are none")]
    no_organisation: Annotated[
        frozenset[str], _of("capitalised words that look like an organisation's name and are none")
    ]
    organisation_heads: Annotated[
        frozenset[str], _of("last words of names of organisations that only this border's languages have (`ilbo`)")
    ]


class BorderRules(Pack, frozen=True):
    """The rules of a border, typed."""

    border: Annotated[str, _of("the folder's name")]
    name: Annotated[str, _of("what people call the border")]
    sides: Annotated[Sides, _of("the two sides")]
    directions: Annotated[tuple[Direction, ...], _of("the ways over the border that are told apart")]
    lines: Annotated[
        tuple[Line, ...],
        _of("words whose crossing is an incident of this border; those of a certain place are unmistakable"),
    ]
    waters: Annotated[
        tuple[Line, ...],
        _of(
            "like lines, but going over them means a crossing only where the clause also names the other side, the "
            "border, or where the person came from"
        ),
    ]
    fronts: Annotated[
        dict[str, str],
        _of("adjectives of the sections of the border (`eastern` before `front`), and the concept of each"),
    ]
    third_countries: Annotated[tuple[str, ...], _of("countries and regions that people travel through")]
    third_country_route: Annotated[str, _of("the route of such a journey")]
    posts: Annotated[tuple[str, ...], _of("nouns of posts abroad that a person can leave for the other side")]
    bodies: Annotated[dict[str, Body], _of("kinds of bodies, each with its nouns")]
    default_side: Annotated[
        Literal["home", "destination"],
        _of("whose body a bare noun is (`the defense ministry`), where no other country stands beside it"),
    ]
    names: Annotated[Names, _of("how persons and organisations of this border are called")]
    holidays: Annotated[tuple[str, ...], _of("names of days that a text may use as a date")]
    adversary_words: Annotated[
        tuple[str, ...], _of("nouns for unusual activity of the army of the side that is left (`cx:militaryActivity`)")
    ]

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
    rules = read_pack(path, BorderRules)
    _check_names(path, rules.names)
    return rules


def _check_names(path: Path, names: Names) -> None:
    for key, value in (
        ("given_name_syllables", names.given_name_syllables),
        ("given_syllable", names.given_syllable),
    ):
        if names.surname_first != (value is not None):
            raise UsageError(
                f"{path}: names.{key} is given exactly where names.surname_first is true; mend one of them"
            )
    if names.given_syllable is not None:
        try:
            re.compile(names.given_syllable)
        except re.error as error:
            raise UsageError(f"{path}: names.given_syllable is no regular expression ({error}); mend it") from error
