"""Constrained agglomerative clustering: pairs join by falling score, and no cluster may hold a forbidden pair."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

__all__ = ["cluster"]

_Item = TypeVar("_Item", bound=Hashable)


def cluster(
    items: Sequence[_Item], links: Iterable[tuple[float, _Item, _Item]], apart: Callable[[_Item, _Item], bool]
) -> list[tuple[_Item, ...]]:
    """Group items.

    Args:
        items: All items; their order decides ties and the order of the result, so the outcome is deterministic.
        links: Pairs that are taken for one, with how much speaks for it.
        apart: Whether two items must never be in one group; it outranks every link.

    Returns:
        The groups, each in the order of `items`, ordered by their first item.
    """
    place = {item: number for number, item in enumerate(items)}
    group = {item: [item] for item in items}
    ordered = sorted(links, key=lambda link: (-link[0], *sorted((place[link[1]], place[link[2]]))))
    for _, one, other in ordered:
        ours, theirs = group[one], group[other]
        if ours is theirs or any(apart(x, y) for x in ours for y in theirs):
            continue
        ours.extend(theirs)
        for item in theirs:
            group[item] = ours
    groups = {id(members): members for members in group.values()}.values()
    found = [tuple(sorted(members, key=place.__getitem__)) for members in groups]
    return sorted(found, key=lambda members: place[members[0]])
