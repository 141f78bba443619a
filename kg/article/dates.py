"""The publication date and the publisher that a text itself states.

The date stands in a date line at the top, in the dateline of the report, or in a line that says "Published". A date
in a sentence is the date of an event, and the date of a cited source is that source's: neither is the publication.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

from kg.article import datelines
from kg.article.written_dates import WrittenDate, find_dates
from kg.facts.model import Block

__all__ = ["stated_date", "stated_publisher"]

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?(?P<name>[A-Za-z0-9-]+)(?:\.[A-Za-z]{2,24}){1,2}/?")


def stated_date(text: str, blocks: Sequence[Block]) -> date | None:
    """The publication date that a text states, or nothing.

    A date labelled as the publication's comes first, then a date line, then the dateline of the report, then a date
    labelled as an update's. Two different days of one rank state a date only if another rank has one of them.

    Args:
        text: The article's text.
        blocks: Its blocks.
    """
    ranks: list[list[date]] = [[], [], [], []]
    begun = False
    # Found in the whole text, for an unambiguous date anywhere tells the order of day and month everywhere.
    everywhere = find_dates(text)
    starts = [one.start for one in everywhere]
    for block in blocks:
        begun = begun or block.kind == "paragraph"
        if block.kind != "dateline":
            continue
        line = text[block.start : block.end]
        # A date line is a block of its own only at the head of a text, be it under an opening paragraph.
        is_line = datelines.is_date_line(line, masthead=True)
        inside = [
            WrittenDate(one.start - block.start, one.end - block.start, one.day)
            for one in everywhere[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            if one.end <= block.end
        ]
        for found in datelines.dates_of(line, inside):
            if found.label is not None:
                ranks[0 if found.label == "published" else 3].append(found.day)
            elif is_line or not begun:
                ranks[1 if is_line else 2].append(found.day)
    return _agreed([set(rank) for rank in ranks])


def _agreed(ranks: Sequence[set[date]]) -> date | None:
    for index, rank in enumerate(ranks):
        if len(rank) > 1:
            others: set[date] = set().union(*ranks[:index], *ranks[index + 1 :])
            rank = rank & others
        if rank:
            return rank.pop() if len(rank) == 1 else None
        if ranks[index]:
            return None
    return None


def stated_publisher(text: str, blocks: Iterable[Block]) -> str | None:
    """The publication that signs its dateline, "The Example (19/10/2025):", where the page's own address confirms it.

    Without the address the words may be a place as well, and then no publisher is stated.
    """
    outlet: str | None = None
    domains: set[str] = set()
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind == "dateline" and outlet is None:
            # The dash or colon of a dateline is the head of a sentence only with the sentence behind it.
            head = datelines.prefix(f"{words} A")
            outlet = head.outlet if head else None
        elif block.kind == "boilerplate":
            match = _DOMAIN.fullmatch(words)
            if match:
                domains.add(match["name"].casefold())
    if outlet is None:
        return None
    plain = re.sub(r"\W", "", outlet).casefold()
    return outlet if plain in domains or plain.removeprefix("the") in domains else None
