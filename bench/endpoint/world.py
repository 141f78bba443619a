"""What the synthetic articles tell of: incidents with their crossers, and numbers by year; drawn from a seed.

Places, organisations and routes are those of a border's gazetteer. Persons are put together from syllables; nobody is
meant. Which article tells of which incident follows from the incident's number of reports, so that real incidents are
told several times and counted once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.lexicon import Entry, Lexicon

__all__ = ["FIRST", "LAST", "Crosser", "Figure", "Incident", "Places", "World"]

#: The days between which incidents happen.
FIRST, LAST = date(1995, 1, 1), date(2025, 6, 30)

_SURNAMES = (
    "Ahn",
    "Baek",
    "Cha",
    "Do",
    "Eom",
    "Gil",
    "Ham",
    "Im",
    "Jo",
    "Ku",
    "Ma",
    "Nam",
    "Oh",
    "Pyo",
    "Ra",
    "Seo",
    "Tak",
    "Um",
    "Wi",
    "Yeo",
)
_SYLLABLES = (
    "bin",
    "cheol",
    "dae",
    "eun",
    "gang",
    "hae",
    "in",
    "jae",
    "kyu",
    "lan",
    "min",
    "na",
    "ok",
    "pil",
    "rim",
    "seok",
    "tae",
    "ung",
    "won",
    "yul",
)
_RANKS = ("private", "corporal", "sergeant", "staff-sergeant", "master-sergeant", "captain", "major")
_ACTORS = ("soldier", "soldier", "resident", "worker", "fisher", "student", "official", "diplomat")
_POPULATIONS = ("defectors", "women", "men", "soldiers", "children", "direct-crossers", "elites", "young-people")
#: How often an incident is reported: most once, few four times.
_REPORTS = (1, 1, 1, 1, 2, 2, 3, 4)
_OUTCOMES = ("custody", "questioned", "handed-over", "injured", "returned")
_STATUSES = ("confirmed", "confirmed", "stated-intent", "under-investigation", "unconfirmed")
_DETECTIONS = ("surveillance", "patrol", "residents", "fishing-boat", "self-surrender")
_FRONTS = ("eastern", "central", "western", "central-west", "central-east")


@dataclass(frozen=True)
class Crosser:
    """A person who crosses; `name` is None where no article names them, `rank` where they are no soldier."""

    name: str | None
    actor: str
    rank: str | None
    gender: str


@dataclass(frozen=True)
class Incident:
    """A crossing, by prefixed names without their prefix."""

    number: int
    day: date
    kind: str
    route: Entry
    place: Entry
    front: str | None
    status: str
    outcome: str
    detection: str
    hours: int
    custodian: Entry
    crossers: tuple[Crosser, ...]
    reports: int


@dataclass(frozen=True)
class Figure:
    """A number of one year."""

    population: str
    year: int
    value: int
    reporter: Entry


class Places:
    """The gazetteer's entries that an article can name.

    Args:
        lexicon: The lexicon of the border.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.places = tuple(e for e in lexicon.entries("place") if e.value("side"))
        self.organizations = lexicon.entries("organization")
        self.routes = lexicon.entries("route")


class World:
    """Incidents in an endless sequence, and figures, the same for a seed.

    Args:
        places: What the articles can name.
        seed: Any whole number.
    """

    def __init__(self, places: Places, seed: int) -> None:
        self._places = places
        self._seed = seed
        chance = random.Random(f"figures {seed}")
        self.figures = tuple(
            Figure(population, year, chance.randrange(30, 3000), chance.choice(places.organizations[:12]))
            for year in range(FIRST.year, LAST.year)
            for population in _POPULATIONS
        )

    def incidents(self) -> Iterator[Incident]:
        """All incidents; each is drawn by its own number, so that the first ones stay when more are asked for."""
        number = 0
        while True:
            yield self._incident(number)
            number += 1

    def _incident(self, number: int) -> Incident:
        chance = random.Random(f"incident {self._seed} {number}")
        places = self._places
        kind = chance.choice(("land-crossing", "land-crossing", "maritime-crossing", "arrival-via-third-country"))
        return Incident(
            number=number,
            day=FIRST + timedelta(days=chance.randrange((LAST - FIRST).days)),
            kind=kind,
            route=chance.choice(places.routes),
            place=chance.choice(places.places),
            front=chance.choice(_FRONTS) if kind == "land-crossing" else None,
            status=chance.choice(_STATUSES),
            outcome=chance.choice(_OUTCOMES),
            detection=chance.choice(_DETECTIONS),
            hours=chance.randrange(1, 40),
            custodian=chance.choice(places.organizations),
            crossers=tuple(_crosser(chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))),
            reports=chance.choice(_REPORTS),
        )


def _crosser(chance: random.Random) -> Crosser:
    actor = chance.choice(_ACTORS)
    given = "-".join(chance.choice(_SYLLABLES) for _ in range(2)).capitalize()
    return Crosser(
        name=f"{chance.choice(_SURNAMES)} {given}" if chance.random() < 0.35 else None,
        actor=actor,
        rank=chance.choice(_RANKS) if actor == "soldier" else None,
        gender=chance.choice(("male", "female")),
    )
