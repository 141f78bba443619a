"""Near-duplicates: one report under two names, as syndication and copied files make them.

Texts are compared by their shingles, runs of five words, as in A. Broder, "On the resemblance and containment of
documents" (1997): two are one source if their resemblance (shared shingles among all) or the containment of the
shorter in the longer is high. Candidates come from an index of shingles, rarest first (the prefix filter of R. Bayardo,
Y. Ma and R. Srikant, "Scaling up all pairs similarity search", 2007), which misses none and compares few.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.article.text import ArticleText

__all__ = ["near_duplicates"]

_SHINGLE = 5
_RESEMBLANCE = 0.5
_CONTAINMENT = 0.7
#: Below this number of shingles containment says little: a brief of two sentences may stand in many reports.
_FEWEST = 20
_BODY = frozenset({"paragraph", "bullet", "caption", "heading", "headline"})
_WORD = re.compile(r"\w+")


def near_duplicates(articles: Sequence[ArticleText]) -> list[set[int]]:
    """The groups of articles that are one text, by their places in the sequence; an article alone is in none.

    Deterministic, and independent of the order of the articles but for the numbers in the answer.

    Args:
        articles: The articles.

    Returns:
        Disjoint groups of two or more, by their smallest member.
    """
    shingles = [_shingles(article) for article in articles]
    holders: dict[int, list[int]] = defaultdict(list)
    frequency = Counter(shingle for found in shingles for shingle in found)
    for index, found in enumerate(shingles):
        for shingle in found:
            if frequency[shingle] > 1:
                holders[shingle].append(index)
    leader = list(range(len(articles)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for index, found in enumerate(shingles):
        # At least this many must be shared, so one of the rarest of the others and one more is.
        shared = int(min(_RESEMBLANCE, _CONTAINMENT) * len(found))
        rarest = sorted(found, key=lambda shingle: (frequency[shingle], shingle))[: len(found) - shared + 1]
        compared = {index}
        for shingle in rarest:
            for other in holders.get(shingle, ()):
                if other not in compared and find(other) != find(index):
                    compared.add(other)
                    if _alike(found, shingles[other]):
                        leader[max(find(index), find(other))] = min(find(index), find(other))
    groups: dict[int, set[int]] = defaultdict(set)
    for index in range(len(articles)):
        groups[find(index)].add(index)
    return [groups[first] for first in sorted(groups) if len(groups[first]) > 1]


def _shingles(article: ArticleText) -> frozenset[int]:
    """The hashed shingles of what the article says, without dateline, links and the page around it."""
    spoken = " ".join(article.text[block.start : block.end] for block in article.blocks if block.kind in _BODY)
    words = _WORD.findall((spoken or article.text).casefold())
    if len(words) < _SHINGLE:
        return frozenset({_hash(words)})
    return frozenset(_hash(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))


def _hash(words: Sequence[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    shared = len(one & other)
    if shared >= _RESEMBLANCE * len(one | other):
        return True
    shorter = min(len(one), len(other))
    return shorter >= _FEWEST and shared >= _CONTAINMENT * shorter
