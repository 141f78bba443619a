"""A text of the gold with other names, numbers, years, places and organisations, derived from the text and its gold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.lexicon import Lexicon
from tests.support.gold_texts import GoldArticle
from tests.support.name_swaps import names_swapped
from tests.support.number_swaps import numbers_swapped
from tests.support.place_swaps import entries_swapped
from tests.support.renderings import replaced
from tests.support.substitution import Legend
from tests.support.year_moves import SAME, MovedCalendar, decades_of, years_swapped

__all__ = ["KINDS", "Substituted", "substituted"]

#: What is replaced.
KINDS = ("names", "numbers", "years", "entries")
#: Words in which nothing is replaced: an hour, an address, a word that is also a name.
_KEPT = (
    r"\b\d{4} (?:GMT|UTC|KST|hours|local)\b",
    r"\S+@\S+",
    r"\b(?:An|So|No|Will|May|Min|Ma) (?=[a-z])(?!said|told|was|had|has|is|and|who)",
)


@dataclass(frozen=True)
class Substituted:
    """A text as it is and with other values, and what was replaced by what."""

    before: Legend
    after: Legend
    sidecar: str | None
    table: dict[str, str]


def substituted(article: GoldArticle, turn: int, kinds: tuple[str, ...] = KINDS) -> Substituted:
    """A text with other values.

    Args:
        article: The text with its gold.
        turn: Which of the replacements: 0 or 1.
        kinds: What is replaced.
    """
    text, gold = article.text, article.gold
    table: dict[str, str] = {}
    concepts: dict[str, str] = {}
    numbers: dict[Decimal, Decimal] = {}
    years = 0
    if "entries" in kinds:
        words, concepts = entries_swapped(text, turn)
        table |= words
    if "numbers" in kinds:
        values = [Decimal(v) for s in gold.statistics for v in (s.value, s.lower, s.upper) if v is not None]
        words, numbers = numbers_swapped(values, text, turn)
        table |= words
    persons: dict[str, str] = {}
    if "names" in kinds:
        names = {name for person in gold.persons for name in (person.name, *person.names) if name}
        persons = names_swapped(names, text, Lexicon.load().border.names.surnames, turn)
        table |= persons
    if "years" in kinds:
        # A decade stays, so the years of a text that names one may not move to before it.
        years = SAME if turn == 0 and not decades_of(text) else -SAME
        table |= years_swapped(text + (article.sidecar or ""), years)
    before, after = replaced(text, table, keep=(*_KEPT, *_bodies(article, persons)))
    sidecar = article.sidecar
    if sidecar is not None:
        sidecar = replaced(sidecar, table, keep=("^url: .*$",))[1].text
    decades = decades_of(text)
    return Substituted(
        Legend(before, MovedCalendar({}, decades=decades), {c: c for c in concepts}, {n: str(n) for n in numbers}),
        Legend(
            after,
            MovedCalendar({}, years=years, decades=decades),
            {to: name for name, to in concepts.items()},
            {to: str(n) for n, to in numbers.items()},
            frozenset(concepts) - frozenset(concepts.values()) | frozenset(numbers) - frozenset(numbers.values()),
        ),
        sidecar,
        table,
    )


def _bodies(article: GoldArticle, persons: dict[str, str]) -> Iterator[str]:
    """The names of organisations, routes and places that hold a word of a person's name, as patterns."""
    gold = article.gold
    known = {name for body in gold.organizations for name in (body.name, *body.names)}
    known |= {name for route in gold.routes for name in (route.name, *route.names)}
    lexicon = Lexicon.load()
    known |= {
        label for kind in ("place", "organization", "route") for e in lexicon.entries(kind) for label in e.words()
    }
    for name in sorted(known, key=len, reverse=True):
        if name in article.text and any(re.search(rf"\b{re.escape(word)}\b", name) for word in persons):
            yield rf"\b{re.escape(name)}\b"
