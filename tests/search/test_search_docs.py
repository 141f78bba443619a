from __future__ import annotations

import re

import pytest

from kg.search.documents import CLASSES
from kg.search.question import LONGEST, MOST_WORDS
from kg.search.ranking import FOUND, STANDING, way
from server.pages.search import MOST
from tests.support.commands import ROOT

PAGE = (ROOT / "docs" / "search.md").read_text("utf-8")


def _rows(header: str) -> list[list[str]]:
    table = PAGE.partition(header)[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


def test_the_page_has_the_table_of_ways_and_that_of_standings() -> None:
    assert _rows("| way | number | what was found |") == [[f"`{w.name}`", str(w.number), w.words] for w in FOUND]
    standings = [(row[0], row[1]) for row in _rows("| standing | number | what the thing is |")]
    assert standings == [(f"`{name}`", str(number)) for name, number in STANDING.items()]


def test_the_numbers_of_ways_are_in_order_and_their_own() -> None:
    numbers = [found.number for found in FOUND]
    assert numbers == sorted(set(numbers))
    assert all(way(found.name) is way(found.number) is found for found in FOUND)


@pytest.mark.parametrize("cls", CLASSES)
def test_the_page_names_every_class(cls: str) -> None:
    assert re.search(rf"\b{cls}\b", PAGE)


def test_the_page_names_the_limits() -> None:
    assert f"The first {MOST_WORDS} words count; more than {LONGEST:,} characters are refused" in PAGE
    assert f"from 1 to {MOST}" in PAGE
