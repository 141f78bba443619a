"""The pack `remarks.yaml` and the topics of remarks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.extract.rules import Pack, general_pack

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["OTHER", "RemarkRules", "remark_rules", "topic_of"]

#: The topic of a remark for which the pack has no word.
OTHER = "topic:other"


class RemarkRules(Pack, frozen=True, kw_only=True):
    """The pack `remarks.yaml`: lemmas and phrases in lower case."""

    hedge_nouns: frozenset[str]
    hedge_verbs: frozenset[str]
    naming_verbs: frozenset[str]
    naming_prepositions: dict[str, frozenset[str]]
    awaiting_verbs: frozenset[str]
    figure_nouns: frozenset[str]
    all_of_them: frozenset[str]
    shared_topics: frozenset[str]
    personal_topics: frozenset[str]
    event_nouns: frozenset[str]
    topics: dict[str, tuple[str, ...]]


@cache
def remark_rules() -> RemarkRules:
    """The pack, read once a process."""
    return general_pack("remarks", RemarkRules)


def topic_of(head: Token, words: list[int]) -> str:
    """What a remark is about, by the first topic of the pack that has one of its words.

    Args:
        head: The verb or noun of the remark.
        words: Its token indices.
    """
    own = (
        {t.i for c in head.children if c.dep_ in {"nsubj", "nsubjpass"} for t in c.subtree} if len(words) > 3 else set()
    )
    # Who does it is no topic: "a soldier may defect" is not about soldiers.
    tokens = [head.doc[i] for i in words if i not in own] or [head]
    lemmas = {t.lemma_.lower() for t in tokens} | {t.lower_ for t in tokens}
    text = " ".join(t.lower_ for t in tokens)
    for topic, singles, phrases in _topic_words():
        if not singles.isdisjoint(lemmas) or any(phrase in text for phrase in phrases):
            return topic
    return OTHER


@cache
def _topic_words() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    return tuple(
        (f"topic:{name}", frozenset(w for w in words if " " not in w), tuple(w for w in words if " " in w))
        for name, words in remark_rules().topics.items()
    )
