"""The pack `reporting.yaml`: verbs of saying, words that name a source, words for official speakers."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.rules import Pack, general_pack

__all__ = ["ReportingRules", "is_official", "reporting"]


class ReportingRules(Pack, frozen=True, kw_only=True):
    """The pack `reporting.yaml`: lemmas and phrases, in lower case."""

    verbs: frozenset[str]
    clausal: frozenset[str]
    nominal: frozenset[str]
    addressed: frozenset[str]
    source_phrases: frozenset[str]
    statements: frozenset[str]
    pronouns: frozenset[str]
    contested: frozenset[str]
    once: frozenset[str]
    auxiliaries: frozenset[str]
    accounts: frozenset[str]
    official_words: frozenset[str]
    unofficial_words: frozenset[str]


@cache
def reporting() -> ReportingRules:
    """The reporting rules, read once."""
    return general_pack("reporting", ReportingRules)


@cache
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?!\w)")


def is_official(speaker: str) -> bool:
    """Whether the words that name a speaker name a body of a state or one who speaks for it."""
    rules, lowered = reporting(), speaker.lower()
    return bool(_pattern(rules.official_words).search(lowered)) and not _pattern(rules.unofficial_words).search(lowered)
