"""The schema of `rules/statistics.yaml`: the words of numbers and of statistics."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from kg.extract.rules import Pack, general_pack

__all__ = ["StatisticRules", "any_of", "statistic_rules"]


class StatisticRules(Pack, frozen=True, kw_only=True):
    """The pack `statistics.yaml`; its header says what each list is for."""

    qualifiers: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    units: dict[str, str]
    numbers: dict[str, int]
    scales: dict[str, int]
    vague: tuple[str, ...]
    shares: frozenset[str]
    people: frozenset[str]
    crossers: frozenset[str]
    events: frozenset[str]
    groups: frozenset[str]
    totals: frozenset[str]
    arrive: frozenset[str]
    move: frozenset[str]
    phrases: dict[str, frozenset[str]]
    admit: frozenset[str]
    raising: frozenset[str]
    returns: frozenset[str]
    back: frozenset[str]
    choose: frozenset[str]
    stay: frozenset[str]
    supply: frozenset[str]
    state: frozenset[str]
    find: frozenset[str]
    record: frozenset[str]
    presence: frozenset[str]
    reach: frozenset[str]
    hold: frozenset[str]
    rise: frozenset[str]
    fall: frozenset[str]
    degree: frozenset[str]
    multiply: dict[str, str]
    folds: dict[str, str]
    marks: frozenset[str]
    populations: dict[str, frozenset[str]]
    direct: frozenset[str]
    direct_objects: frozenset[str]
    cumulative: tuple[str, ...]
    overall: tuple[str, ...]
    domain: tuple[str, ...]
    speaking: tuple[str, ...]
    routes: tuple[str, ...]


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of some words or phrases, the longest first."""
    return _any_of(frozenset(words))


@lru_cache(maxsize=256)
def _any_of(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def statistic_rules() -> StatisticRules:
    """The rules, read once a process."""
    rules: StatisticRules = general_pack("statistics", StatisticRules)
    return rules
