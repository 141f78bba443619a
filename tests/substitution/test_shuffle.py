"""Dates moved by whole months and years, and ids and files in another order: all that is relative stays as it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kg.intervals import moved
from tests.support.calendars import same_pattern
from tests.support.renderings import Piece, Rendering
from tests.support.signature import Signature, built, difference
from tests.support.substitution import Fixture, Legend, digests, fixtures, render, years_moved

FIXTURES = [fixture for fixture in fixtures() if "{published|iso}" in fixture.template]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Signature:
    return built(digests()[0], tmp_path_factory.mktemp("original"))


# In these distances the days of the week fall on the same days of August of one year and of October of the next.
@pytest.mark.parametrize("years", [-28, -11, 6])
def test_digests_moved_by_years(original: Signature, years: int, tmp_path: Path) -> None:
    assert date(2024 + years, 8, 6).weekday() == date(2024, 8, 6).weekday()
    assert date(2025 + years, 10, 19).weekday() == date(2025, 10, 19).weekday()
    told = difference(original, built(years_moved(years), tmp_path))
    assert not told, f"the digests moved by {years} years (+) are not those as they stand (-):\n{told}"


def test_digests_with_other_ids(original: Signature, tmp_path: Path) -> None:
    """Which article has the smaller id decides which one founds an entity, and nothing else."""
    turned = {name: _with_other_id(legend) for name, legend in reversed(digests()[0].items())}
    told = difference(original, built(turned, tmp_path))
    assert not told, f"the digests with other ids (+) are not those as they stand (-):\n{told}"


def _with_other_id(legend: Legend) -> Legend:
    def other(match: re.Match[str]) -> str:
        return f"id: {hashlib.sha256(match.group().encode()).hexdigest()}"

    pieces = tuple(Piece(re.sub(r"^id: .*$", other, p.text, flags=re.M), p.slot) for p in legend.rendering.pieces)
    return Legend(Rendering(pieces), legend.calendar, legend.concepts, legend.numbers)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
@pytest.mark.parametrize("months", [-131, 25, 336])
def test_text_moved_by_months(fixture: Fixture, months: int, tmp_path: Path) -> None:
    plain, there = fixture.legends()[0], _moved(fixture, months)
    assert there.rendering.text != plain.rendering.text
    told = difference(
        built({fixture.name: plain}, tmp_path / "as written"), built({fixture.name: there}, tmp_path / "moved")
    )
    assert not told, f"{fixture.name} moved by about {months} months (+) is not as it was (-):\n{told}"


def _moved(fixture: Fixture, months: int) -> Legend:
    """The first filling at the first distance from `months` on at which its dates share months and years as before."""
    plain = fixture.legends()[0]
    for distance in range(months, months + 12):
        filling = _moved_filling(fixture.fillings[0], distance)
        if filling is not None:
            legend = render(fixture.template, filling, fixture.name)
            if same_pattern(plain.calendar, legend.calendar) is None:
                return legend
    raise AssertionError(f"{fixture.name} cannot be moved by {months} to {months + 11} months: its dates are too tight")


def _moved_filling(filling: Mapping[str, Any], months: int) -> dict[str, Any] | None:
    """A filling with its days, months, quarters and years moved; days keep their weekdays and distances.

    The day of publication goes to the day of the same weekday nearest to the same day so many months away at which
    every other day, at its old distance, has moved by as many months too; None where there is no such day.
    """
    published = filling["published"]
    target = moved(published, "month", months)
    nearest = sorted((abs(n), n) for n in range(-14, 15))
    for _, step in nearest:
        to = target + timedelta(days=step)
        if to.weekday() == published.weekday() and _same_months(filling, published, to, months):
            return {slot: _moved_value(content, to - published, months) for slot, content in filling.items()}
    return None


def _same_months(filling: Mapping[str, Any], published: date, to: date, months: int) -> bool:
    days = [content for content in filling.values() if isinstance(content, date)]
    return all(_month(day + (to - published)) - _month(day) == months for day in days)


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _moved_value(content: object, by: timedelta, months: int) -> object:
    if isinstance(content, date):
        return content + by
    if isinstance(content, dict) and "year" in content:
        return {**content, "year": content["year"] + months // 12}
    if isinstance(content, str) and re.fullmatch(r"\d{4}-\d\d", content):
        year, month = (int(part) for part in content.split("-"))
        there = moved(date(year, month, 1), "month", months)
        return f"{there.year:04}-{there.month:02}"
    if isinstance(content, str) and re.fullmatch(r"\d{4}-Q\d", content):
        there = moved(date(int(content[:4]), int(content[-1]) * 3 - 2, 1), "month", months)
        return f"{there.year:04}-Q{(there.month + 2) // 3}"
    return content
