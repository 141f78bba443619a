"""The publications that an article says it rests on: wire copy it carries, and sources that it cites.

`wire` where the article carries an agency's copy: the agency signs the dateline or the end of the report, or people
"told AFP". `source` for what a line "Source: ..." or a list of sources names, and for "AFP reported".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from kg.article import chrome, datelines
from kg.article.agencies import Agencies
from kg.article.written_dates import find_dates
from kg.facts.model import Block, CitedSource

__all__ = ["cited_sources", "merge"]

_SOURCE_LINE = re.compile(r"\(?(?P<label>sources?|via)\s*:\s*(?P<rest>.+?)\)?$", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(
    r"(?:the )?[A-Z\u00c0-\u00dd][\w.&'\u2019-]*(?: (?:of |the )?[A-Z\u00c0-\u00dd][\w.&'\u2019-]*){0,4}"
)
_TOLD = re.compile(
    r"\b(?:told|tells|interview with|speaking to|spoke to|statement to)\s+(?:the\s+)?(?:news\s+agency\s+)?$",
    re.IGNORECASE,
)
_SAYS_AFTER = re.compile(
    r"(?:,)?\s*(?:news\s+agency\s*|newspaper\s*|daily\s*)?(?:has\s+|had\s+)?(?:reports?|reported|said|says|quoted|cited|wrote|writes)\b"
)
_SAYS_BEFORE = re.compile(
    r"\b(?:according to|reported by|cited by|quoted by|reports? (?:by|from))\s+(?:the\s+)?(?:[\w'\u2019]+\s+){0,2}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:[(\[](?P<bracket>[^()\[\]]{2,40})[)\]]|(?:\u2014|\u2013|--|\s-)\s*(?P<dash>[A-Z][\w. ]{1,30}?))\.?$"
)
#: What stands in the place of an agency's name and names none.
_NOBODY = frozenset({"agencies", "agency", "staff", "bureau", "correspondent", "staff reporter", "wire", "wires"})
#: A longer line is no list of names.
_LONGEST_LINE = 500
_SPOKEN = frozenset({"paragraph", "bullet", "heading", "caption"})


def cited_sources(
    text: str, blocks: Sequence[Block], agencies: Agencies, publisher: str | None = None
) -> tuple[CitedSource, ...]:
    """The sources that a text names, one record each, in the order of the text.

    Args:
        text: The article's text.
        blocks: Its blocks.
        agencies: The news organisations whose names are known.
        publisher: The article's own publisher, which is no source of itself.
    """
    found = [*_credited(text, blocks, agencies), *_listed(text, blocks, agencies), *_spoken(text, blocks, agencies)]
    own = None if publisher is None else (agencies.entry(publisher) or publisher.casefold())
    kept = [source for source in found if (source.organization or source.name.casefold()) != own]
    return merge((), sorted(kept, key=lambda source: (source.start or 0, source.end or 0)))


def merge(first: Iterable[CitedSource], second: Iterable[CitedSource]) -> tuple[CitedSource, ...]:
    """Two lists as one, each source once: the first list's words stand, and what they lack is taken from the second.

    Within the second list `wire` wins over `source`.
    """
    joined: list[CitedSource] = []
    fixed: list[bool] = []
    for source, stated in [*((one, True) for one in first), *((one, False) for one in second)]:
        at = next((index for index, known in enumerate(joined) if _same(known, source)), None)
        if at is None:
            joined.append(source)
            fixed.append(stated)
            continue
        known = joined[at]
        placed = known if known.start is not None else source
        joined[at] = msgspec.structs.replace(
            known,
            role=known.role if fixed[at] or source.role == "source" else "wire",
            organization=known.organization or source.organization,
            published=known.published or source.published,
            start=placed.start,
            end=placed.end,
        )
    return tuple(joined)


def _same(one: CitedSource, other: CitedSource) -> bool:
    if one.organization and other.organization:
        return one.organization == other.organization
    return one.name.casefold() == other.name.casefold()


def _source(
    name: str, role: Literal["wire", "source"], start: int, agencies: Agencies, published: str | None = None
) -> CitedSource:
    return CitedSource(
        name=" ".join(name.split()),
        role=role,
        organization=agencies.entry(name),
        published=published,
        start=start,
        end=start + len(name),
    )


def _credited(text: str, blocks: Sequence[Block], agencies: Agencies) -> Iterator[CitedSource]:
    """The agency in a dateline or byline, and the one that signs the end of the report."""
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind == "dateline":
            head = datelines.prefix(f"{words} A")
            if head and head.agency and head.agency.lower() not in _NOBODY:
                yield _source(head.agency, "wire", block.start + head.agency_start, agencies)
        elif block.kind == "byline":
            for named in agencies.find(text, block.start, block.end):
                yield _source(named.name, "wire", named.start, agencies)
    spoken = [block for block in blocks if block.kind == "paragraph"]
    if spoken:
        last = spoken[-1]
        match = _CLOSING.search(text[last.start : last.end])
        for group in ("bracket", "dash"):
            name = match[group] if match else None
            if match and name and agencies.entry(name):
                yield _source(name.strip(), "wire", last.start + match.start(group), agencies)


def _listed(text: str, blocks: Sequence[Block], agencies: Agencies) -> Iterator[CitedSource]:
    """What a line "Source: NPR, July 4, 2025" names, and the agencies in a list that is headed "Sources"."""
    listing = False
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind != "related":
            listing = listing and block.kind == "boilerplate"
            continue
        if chrome.is_link_heading(words):
            listing = words.lower().startswith(("source", "reference"))
            continue
        match = _SOURCE_LINE.match(words)
        if match and len(words) <= _LONGEST_LINE:
            yield from _named_in_line(match, block.start, agencies)
        elif listing:
            for named in agencies.find(text, block.start, block.end):
                yield _source(named.name, "source", named.start, agencies)


def _named_in_line(match: re.Match[str], start: int, agencies: Agencies) -> Iterator[CitedSource]:
    rest = match["rest"]
    dates = find_dates(rest)
    bare = rest
    for written in dates:
        bare = bare[: written.start] + ";" * (written.end - written.start) + bare[written.end :]
    offset = start + match.start("rest")
    days = {written.day for written in dates if written.day}
    names = [
        found for part in re.finditer(r"[^,;/|&]+", bare) if (found := _NAME.search(bare, part.start(), part.end()))
    ]
    for found in names:
        # One name takes the one date that stands with it; with several names a date has no owner.
        published = next(iter(days)).isoformat() if len(days) == 1 and len(names) == 1 else None
        yield _source(found.group(), "source", offset + found.start(), agencies, published)


def _spoken(text: str, blocks: Sequence[Block], agencies: Agencies) -> Iterator[CitedSource]:
    for block in blocks:
        if block.kind not in _SPOKEN:
            continue
        for named in agencies.find(text, block.start, block.end):
            before = text[max(block.start, named.start - 40) : named.start]
            if _TOLD.search(before):
                yield _source(named.name, "wire", named.start, agencies)
            elif _SAYS_AFTER.match(text, named.end, block.end) or _SAYS_BEFORE.search(before):
                yield _source(named.name, "source", named.start, agencies)
