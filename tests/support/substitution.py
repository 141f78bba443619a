"""Reads the fixtures of the substitution test: texts with slots and their fillings, and the table for the digests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from kg.resources import seeds_dir
from tests.support.calendars import Calendar, same_pattern
from tests.support.renderings import Piece, Rendering, replaced

__all__ = ["FIXTURES", "Fixture", "Legend", "digest_table", "digests", "fixture", "fixtures", "render", "years_moved"]

FIXTURES = Path(__file__).resolve().parent.parent / "substitution"
_SLOT = re.compile(r"\{([a-z_]+)(?:\|([a-z-]+))?\}")
_AP = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Legend:
    """One rendering of a text, and what its values are called.

    Attributes:
        rendering: The text.
        calendar: Its named days, months and years.
        concepts: Concept of a vocabulary or the gazetteer to the slot it stands in.
        numbers: Number to the slot it stands in.
        gone: Concepts and numbers of the other rendering, which may not be found in this one.
    """

    rendering: Rendering
    calendar: Calendar
    concepts: Mapping[str, str]
    numbers: Mapping[Decimal, str]
    gone: frozenset[object] = frozenset()

    def concept(self, name: str) -> str:
        """A concept, by the name of its slot where it has one."""
        if name in self.concepts:
            return f"«{self.concepts[name]}»"
        return f"{name} left over" if name in self.gone else name

    def number(self, number: Decimal | int, told: str = "«") -> str:
        """A number, by the name of its slot where it has one and the words it is told by, slots named, hold a slot."""
        exact = Decimal(number)
        if "«" not in told:
            return str(exact)
        if exact in self.numbers:
            return f"«{self.numbers[exact]}»"
        return f"{exact} left over" if exact in self.gone else str(exact)


@dataclass(frozen=True)
class Fixture:
    """A text with slots: its template (front matter included), its fillings, and its rendering with each."""

    name: str
    style: str
    template: str
    fillings: tuple[Mapping[str, Any], ...]

    def legends(self) -> tuple[Legend, ...]:
        """The text with each filling."""
        return tuple(render(self.template, filling, self.name) for filling in self.fillings)


def fixtures() -> list[Fixture]:
    """All texts with slots, by name."""
    return [fixture(path) for path in sorted((FIXTURES / "texts").glob("*.yaml"))]


def fixture(path: Path) -> Fixture:
    """One text with slots.

    Raises:
        ValueError: Its fillings do not say the same: other slots, one value in two slots, other relations of dates.
    """
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    front = f"---\n{loaded['front']}---\n\n" if "front" in loaded else ""
    made = Fixture(path.stem, loaded["style"], front + loaded["text"], tuple(loaded["fillings"]))
    used = {match.group(1) for match in _SLOT.finditer(made.template)}
    for number, filling in enumerate(made.fillings, start=1):
        if set(filling) - used or used - set(filling):
            raise ValueError(f"{path}: filling {number} and the text differ in {sorted(used ^ set(filling))}")
    legends = made.legends()
    for one, other in combinations(legends, 2):
        differing = same_pattern(one.calendar, other.calendar)
        if differing:
            raise ValueError(f"{path}: two fillings relate their dates differently: {differing}")
        if set(one.concepts.values()) != set(other.concepts.values()):
            raise ValueError(f"{path}: in one filling two slots share a concept, in another they do not")
        if set(one.numbers.values()) != set(other.numbers.values()):
            raise ValueError(f"{path}: a slot is a number in one filling and none in another")
    return made


def render(template: str, filling: Mapping[str, Any], name: str) -> Legend:
    """A template with one filling.

    Raises:
        ValueError: Two slots have one value, so that the value does not tell which is meant.
    """
    pieces: list[Piece] = []
    values: dict[str, str] = {}
    at = 0
    for match in _SLOT.finditer(template):
        slot, form = match.groups()
        label = f"{slot}|{form}" if form else slot
        value = _written(filling[slot], form)
        if values.setdefault(value, label) != label:
            raise ValueError(f"{name}: '{value}' stands for {label} and for {values[value]}: give one another value")
        pieces += [Piece(template[at : match.start()]), Piece(value, label)]
        at = match.end()
    pieces.append(Piece(template[at:]))
    concepts: dict[str, str] = {}
    numbers: dict[Decimal, str] = {}
    for slot, content in filling.items():
        for index, concept in enumerate(_concepts(content)):
            concepts.setdefault(concept, f"{slot}#{index + 1}" if index else slot)
        number = _number(content)
        if number is not None and numbers.setdefault(number, slot) != slot:
            raise ValueError(f"{name}: {number} stands in {slot} and in {numbers[number]}: give one another value")
    days = {slot: edtf for slot, content in filling.items() if (edtf := _edtf(content))}
    calendar = Calendar(days, base="published" if "published" in days else None)
    return Legend(Rendering(tuple(pieces)), calendar, concepts, numbers)


def _edtf(content: object) -> str | None:
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, dict) and "year" in content:
        return str(content["year"])
    if isinstance(content, str) and re.fullmatch(r"\d{4}-\d\d", content):
        return content
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", content) if isinstance(content, str) else None
    return f"{quarter.group(1)}-{32 + int(quarter.group(2))}" if quarter else None


def _concepts(content: object) -> list[str]:
    if not isinstance(content, dict):
        return []
    return list(content.get("concepts", ())) or ([content["concept"]] if "concept" in content else [])


def _number(content: object) -> Decimal | None:
    if isinstance(content, dict):
        return Decimal(content["number"]) if "number" in content else None
    if isinstance(content, int):
        return Decimal(content)
    if isinstance(content, str) and re.fullmatch(r"\d{1,3}(,\d{3})+", content):
        return Decimal(content.replace(",", ""))
    return None


def _written(content: object, form: str | None) -> str:
    if isinstance(content, date):
        return _written_day(content, form)
    if isinstance(content, dict):
        if "year" in content:
            return str(content["year"])
        content = content["text"]
    words = str(content)
    month = re.fullmatch(r"(\d{4})-(\d\d)", words)
    if month:
        year, name = month.group(1), _MONTHS[int(month.group(2)) - 1]
        return {"month-year": f"{name} {year}", "month": name, "year": year}[form or "month-year"]
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", words)
    if quarter:
        return {"ordinal": _ORDINALS[int(quarter.group(2)) - 1], "year": quarter.group(1)}[form or "ordinal"]
    return words[:1].upper() + words[1:] if form == "capital" else words


def _written_day(day: date, form: str | None) -> str:
    return {
        "iso": day.isoformat(),
        "weekday": _WEEKDAYS[day.weekday()],
        "ap-day": f"{_AP[day.month - 1]} {day.day}",
        "month-year": f"{_MONTHS[day.month - 1]} {day.year}",
        "long": f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
    }[form or "iso"]


def digest_table() -> dict[str, Any]:
    """What is replaced by what in the five digests."""
    loaded: dict[str, Any] = yaml.safe_load((FIXTURES / "digests.yaml").read_text(encoding="utf-8"))
    return loaded


def digests() -> tuple[dict[str, Legend], dict[str, Legend]]:
    """The digests as they are and as substituted, by file stem; ids and rights stay."""
    table = digest_table()
    before: dict[str, Legend] = {}
    after: dict[str, Legend] = {}
    concepts: dict[str, str] = table["concepts"]
    numbers = {Decimal(a): Decimal(b) for a, b in table["numbers"].items()}
    dates: dict[str, str] = {**table["days"], **table["months"], **table["years"]}
    old = Calendar({name: name for name in dates}, within=True)
    new = Calendar(dates, within=True)
    for path in sorted(seeds_dir().glob("*.md")):
        one, other = replaced(path.read_text(encoding="utf-8"), table["replace"], keep=("^id: .*$", "^rights: .*$"))
        before[path.stem] = Legend(one, old, {c: c for c in concepts}, {n: str(n) for n in numbers})
        after[path.stem] = Legend(
            other,
            new,
            {to: name for name, to in concepts.items()},
            {to: str(n) for n, to in numbers.items()},
            frozenset(concepts) | frozenset(numbers),
        )
    return before, after


def years_moved(years: int) -> dict[str, Legend]:
    """The digests with every year of this century so many years later, and nothing else changed."""

    def later(match: re.Match[str]) -> str:
        return str(int(match.group()) + years)

    def shifted(text: str) -> str:
        return re.sub(r"(?<!\w)20\d\d(?!\d)", later, text)

    found: dict[str, Legend] = {}
    for name, legend in digests()[0].items():
        pieces = tuple(Piece(shifted(p.text), p.slot) if p.slot else p for p in legend.rendering.pieces)
        calendar = Calendar({n: shifted(edtf) for n, edtf in legend.calendar.named.items()}, within=True)
        found[name] = Legend(Rendering(pieces), calendar, legend.concepts, legend.numbers)
    return found
