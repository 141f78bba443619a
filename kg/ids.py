"""Deterministic ids: the same input gives the same id on every machine and at every build.

A mention's id comes from its article, its class, its words and which occurrence of them it is; a claim's id from its
mentions, its predicate and its *raw* value. So a better resolver changes no id, and a paragraph inserted before a
mention changes none either where the article states its `id`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

from kg.facts.model import Claim, Facts, Mention
from kg.namespaces import BASE

__all__ = ["claim_ids", "digest", "entity_iri", "mention_ids", "normalise"]

#: Hexadecimal digits of an id: 64 bits, for which a collision among a million ids has a chance of 3 in 100 million.
_LENGTH = 16
_PLAIN_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


def digest(*parts: str) -> str:
    """A hash of a sequence of strings: 16 hexadecimal digits; no two sequences share one by concatenation."""
    joined = "\x1f".join(part.replace("\x1f", " ") for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:_LENGTH]


def normalise(words: str) -> str:
    """Words for comparison: NFKC, lower case, white space collapsed, quotes plain.

    >>> normalise("The  DMZ\\u2019s\\nedge")
    "the dmz's edge"
    """
    plain = words if words.isascii() else unicodedata.normalize("NFKC", words).translate(_PLAIN_QUOTES)
    return " ".join(plain.split()).casefold()


def entity_iri(cls: str, ident: str) -> str:
    """The canonical IRI of an entity: `{base}id/{class}/{id}`."""
    return f"{BASE}id/{cls.lower()}/{ident}"


def mention_ids(article: str, mentions: Iterable[Mention]) -> dict[str, str]:
    """The id of each mention by its local id: article, class, normalised quote, occurrence in the order of the text."""
    seen: Counter[tuple[str, str]] = Counter()
    ids: dict[str, str] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.cls)):
        key = (mention.cls, normalise(mention.quote))
        ids[mention.id] = digest(article, *key, str(seen[key]))
        seen[key] += 1
    return ids


def claim_ids(facts: Facts, mentions: dict[str, str]) -> dict[str, str]:
    """The id of each claim by its local id: mention ids, predicate, raw value; equal ones are counted in text order."""
    seen: Counter[str] = Counter()
    ids: dict[str, str] = {}

    def place(claim: Claim) -> tuple[int, int, str]:
        return claim.evidence[0].start, claim.evidence[0].end, claim.certainty

    for claim in sorted(facts.claims, key=place):
        about = mentions[str(claim.value.value)] if claim.value.kind == "mention" else ""
        ident = digest(mentions[claim.subject], about, claim.predicate, normalise(claim.raw))
        ids[claim.id] = ident if not seen[ident] else digest(ident, str(seen[ident]))
        seen[ident] += 1
    return ids
