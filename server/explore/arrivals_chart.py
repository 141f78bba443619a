"""The chart of yearly arrivals: a bar for every number that somebody states, as exactly as it is stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.summary.lookups import Arrival

__all__ = ["ArrivalBar", "ArrivalsChart", "arrivals_chart"]

#: The height of the bars and the width of a year, in units of the drawing; what stands above and below the bars.
HEIGHT, YEAR = 180.0, 64.0
TOP, BOTTOM = 26.0, 26.0
#: How many years stand apart from each other as they are in time; more stand side by side.
_GAPLESS = 40


@dataclass(frozen=True)
class ArrivalBar:
    """A number as a bar: solid up to what is certain, open from there to the most that is possible.

    `words` is the number as it stands over the bar.
    """

    arrival: Arrival
    words: str
    x: float
    width: float
    solid: float
    open: float


@dataclass(frozen=True)
class ArrivalsChart:
    """The bars, their years with where each stands, and the size of the drawing."""

    population: str | None
    bars: tuple[ArrivalBar, ...]
    years: tuple[tuple[int, float], ...]
    width: float

    @property
    def height(self) -> float:
        """Of the drawing."""
        return HEIGHT + TOP + BOTTOM

    @property
    def base(self) -> float:
        """Where the bars stand."""
        return HEIGHT + TOP


def arrivals_chart(arrivals: Iterable[Arrival]) -> ArrivalsChart | None:
    """The chart of the population of which most years are known, or None where there is no number.

    Args:
        arrivals: Of single years.
    """
    stated = [arrival for arrival in arrivals if _range(arrival) is not None]
    if not stated:
        return None
    often = Counter(arrival.population for arrival in stated)
    population = min(often, key=lambda found: (-often[found], found or ""))
    shown = [arrival for arrival in stated if arrival.population == population]
    years = _years([arrival.year for arrival in shown])
    places = {year: number * YEAR for number, year in enumerate(years)}
    highest = max((_range(arrival) or (0, 0))[1] for arrival in shown) or 1.0
    bars: list[ArrivalBar] = []
    for year, group in groupby(shown, key=lambda arrival: arrival.year):
        several = list(group)
        width = YEAR * 0.62 / len(several)
        for number, arrival in enumerate(several):
            certain, possible = _range(arrival) or (0.0, 0.0)
            x = places[year] + YEAR * 0.19 + number * width
            solid, open_ = (round(amount / highest * HEIGHT, 1) for amount in (certain, possible - certain))
            bars.append(ArrivalBar(arrival, _words(arrival), round(x, 1), round(width - 2, 1), solid, open_))
    middles = tuple((year, x + YEAR / 2) for year, x in places.items())
    return ArrivalsChart(population, tuple(bars), middles, len(years) * YEAR)


def _years(found: Sequence[int]) -> list[int]:
    known = sorted(set(found))
    return list(range(known[0], known[-1] + 1)) if known[-1] - known[0] < _GAPLESS else known


def _range(arrival: Arrival) -> tuple[float, float] | None:
    """What is certain and what is possible; a number of which only one side is known has no width."""
    numbers = [float(text) for text in (arrival.least, arrival.value, arrival.most) if text is not None]
    return (min(numbers), max(numbers)) if numbers else None


def _words(arrival: Arrival) -> str:
    if arrival.value is not None:
        return f"{float(arrival.value):,.10g}"
    if arrival.least is not None and arrival.most is not None:
        return f"{float(arrival.least):,.10g}–{float(arrival.most):,.10g}"
    return f"≥ {float(arrival.least):,.10g}" if arrival.least is not None else f"≤ {float(arrival.most or 0):,.10g}"
