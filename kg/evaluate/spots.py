"""Where the words of the gold stand: quotes and offsets as intervals of code points, and how intervals cover others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.evaluate.gold import Spot, Words

__all__ = ["Span", "covered", "half_covered", "locate", "merged", "overlap", "overlaps_half", "touches"]

#: Half-open, in Unicode code points of the text.
Span = tuple[int, int]


def locate(words: Words, text: str) -> Span:
    """The offsets of words of the gold.

    Args:
        words: A quote, a quote with its occurrence, or offsets.
        text: The text.

    Raises:
        ValueError: The words do not stand there; the message says what to do.
    """
    spot = Spot(quote=words) if isinstance(words, str) else words
    if (spot.quote is None) == (spot.at is None):
        raise ValueError("a spot needs either 'quote' or 'at': give one of them")
    if spot.at is not None:
        start, end = spot.at
        if not 0 <= start < end <= len(text):
            raise ValueError(f"[{start}, {end}] is no stretch of a text of {len(text)} characters: correct it")
        return start, end
    quote = spot.quote or ""
    if not quote:
        raise ValueError("an empty quote stands everywhere: give words")
    at = -1
    for number in range(spot.nth):
        at = text.find(quote, at + 1)
        if at < 0:
            shown = quote if len(quote) <= 60 else f"{quote[:57]}..."
            times = f"only {number} times" if number else "not"
            raise ValueError(f"'{shown}' stands {times} in the text: quote it exactly, line ends included")
    return at, at + len(quote)


def overlap(one: Span, other: Span) -> int:
    """How many characters two stretches share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def overlaps_half(one: Span, other: Span) -> bool:
    """Whether two stretches share at least half of the shorter of the two."""
    return 2 * overlap(one, other) >= min(one[1] - one[0], other[1] - other[0]) > 0


def touches(some: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether any stretch of the first shares a character with any of the second."""
    return any(overlap(a, b) for a in some for b in others)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters as disjoint stretches, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def covered(span: Span, spans: Iterable[Span]) -> int:
    """How many characters of a stretch lie in any of some others."""
    return sum(overlap(span, other) for other in merged(spans))


def half_covered(span: Span, spans: Iterable[Span]) -> bool:
    """Whether at least half of the characters of a stretch lie in some others."""
    return 2 * covered(span, spans) >= span[1] - span[0]
