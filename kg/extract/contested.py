"""Contested saying: what a speaker claims and the article leaves behind or denies.

"Claim", "insist", "maintain" give words to a speaker as other verbs of saying do. Where the saying is over and done
with ("had claimed", "at first maintained", "insisted for days") the article tells of the words, not of what they say,
and where it adds that it was not so ("It had not.") it denies them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.attribution import reporting
from kg.facts.model import Certainty

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["contested"]

#: What the words of a time that is over begin with: "for some days", "until then".
_SPANS = frozenset({"for", "until", "during", "through"})
#: The longest sentence that only takes back what was said: "It had not, she said".
_SHORTEST = 6


def contested(verb: Token) -> Certainty | None:
    """How sure what a verb of contested saying governs can be at most; None where the article leaves it at the saying.

    Args:
        verb: The verb that governs the clause.
    """
    rules = reporting()
    if _taken_back(verb):
        return "denied"
    if verb.lemma_.lower() not in rules.contested:
        return None
    if any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children):
        return "possible"
    once = any(c.dep_ in {"advmod", "prep"} and _phrase(c) in rules.once for c in verb.children)
    lasting = verb.tag_ == "VBD" and any(c.dep_ == "prep" and c.lower_ in _SPANS and _is_time(c) for c in verb.children)
    return "possible" if once or lasting else None


def _phrase(word: Token) -> str:
    return " ".join(t.lower_ for t in word.subtree)


def _is_time(preposition: Token) -> bool:
    return any(t.ent_type_ in {"DATE", "TIME"} for t in preposition.subtree)


def _taken_back(verb: Token) -> bool:
    """Whether the sentence after that of a saying denies it in so many words: "It had not.", "They were not"."""
    after = verb.sent.end
    words = [t for t in verb.doc[after : after + _SHORTEST] if not t.is_space]
    if len(words) < 3 or words[0].pos_ not in {"PRON", "PROPN"} or words[1].lower_ not in reporting().auxiliaries:
        return False
    return words[2].lower_ in {"not", "n't"} and (len(words) == 3 or words[3].text in {".", ",", ";"})
