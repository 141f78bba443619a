"""Which entities of two records of one article are the same: by words, name, gazetteer entry or sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.facts.model import EntityClass, Facts, Mention
from kg.ids import normalise

__all__ = ["Span", "aligned", "chains_of", "overlap"]

Span = tuple[int, int]

#: Of these a record has one chain for each event or figure, so that two of the other record are never one of them.
_APART: frozenset[EntityClass] = frozenset({"Incident", "Statistic"})
_NAMED = 0.5
_ALONE = 0.1


def chains_of(facts: Facts) -> dict[str, tuple[Mention, ...]]:
    """The mentions of each chain, in the order of the text."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(facts.mentions, key=lambda m: (m.start, m.end)):
        found[mention.chain].append(mention)
    return {chain: tuple(mentions) for chain, mentions in found.items()}


def overlap(one: Mention, other: Mention) -> float:
    """How much of what two mentions cover together both cover: 0 where they share nothing, 1 where they are the same.

    >>> a = Mention(id="a", cls="Place", start=0, end=10, quote="0123456789", chain="a")
    >>> b = Mention(id="b", cls="Place", start=5, end=15, quote="5678901234", chain="b")
    >>> round(overlap(a, b), 2), overlap(a, a)
    (0.33, 1.0)
    """
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start)) if common > 0 else 0.0


def aligned(first: Facts, second: Facts, sentences: Sequence[Span]) -> dict[str, str]:
    """The chain of the first record for each chain of the second that is the same entity.

    Args:
        first: One record.
        second: The other.
        sentences: Where the sentences of the text stand.
    """
    mine, theirs = chains_of(first), chains_of(second)
    alone = set(_alone(mine, theirs, sentences))
    scored: list[tuple[float, str, str]] = []
    for other, their_mentions in theirs.items():
        for one, my_mentions in mine.items():
            score = _score(my_mentions, their_mentions) or (_ALONE if (one, other) in alone else 0.0)
            if score > 0:
                scored.append((-score, other, one))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, other, one in sorted(scored):
        if other in found or (one in taken and mine[one][0].cls in _APART):
            continue
        found[other] = one
        taken.add(one)
    return found


def _score(mine: Sequence[Mention], theirs: Sequence[Mention]) -> float:
    if mine[0].cls != theirs[0].cls:
        return 0.0
    shared = max(overlap(one, other) for one in mine for other in theirs)
    return max(shared, _NAMED if set(_names(mine)) & set(_names(theirs)) else 0.0)


def _names(mentions: Iterable[Mention]) -> Iterator[str]:
    for mention in mentions:
        if mention.concept is not None:
            yield mention.concept
        elif mention.name is not None and mention.cls == "Person":
            yield normalise(mention.name)


def _alone(
    mine: dict[str, tuple[Mention, ...]], theirs: dict[str, tuple[Mention, ...]], sentences: Sequence[Span]
) -> Iterator[tuple[str, str]]:
    """Incidents of both records that are the only one of theirs in a sentence."""

    def within(chains: dict[str, tuple[Mention, ...]], sentence: Span) -> set[str]:
        return {
            chain
            for chain, mentions in chains.items()
            if mentions[0].cls == "Incident" and any(sentence[0] <= m.start < sentence[1] for m in mentions)
        }

    for sentence in sentences:
        one, other = within(mine, sentence), within(theirs, sentence)
        if len(one) == len(other) == 1:
            yield next(iter(one)), next(iter(other))
