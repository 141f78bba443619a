"""Which clauses and nouns of a sentence can make a remark, and the words of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.attribution import reporting
from kg.extract.document import Sentence
from kg.extract.modality import Modality, weakest
from kg.extract.modality_marks import has_to
from kg.extract.remark_rules import remark_rules
from kg.extract.saying import clause_words
from kg.extract.specificity import modality_rules

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["adds_nothing", "heads", "is_hanging", "is_plain", "raised", "words_of"]

_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "acl", "parataxis", "xcomp", "pcomp", "csubj"})
_HANGING = frozenset({"acl", "advcl", "relcl", "xcomp", "pcomp"})
_CONTENT = frozenset({"dobj", "prep", "agent", "nsubjpass", "xcomp", "oprd", "attr", "acomp", "advcl"})
#: How far the words of a noun reach on either side.
_LONGEST = 15


def heads(sentence: Sentence) -> Iterator[Token]:
    """The heads of clauses from the top down, then nouns that make a remark by themselves."""
    verbs = [t for t in sentence.span if t.pos_ in {"VERB", "AUX"} and t.dep_ in _CLAUSES]
    for verb in sorted(verbs, key=_depth):
        if not (_only_says(verb) or _only_governs(verb)):
            yield verb
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN" and (
            (lemma in remark_rules().hedge_nouns and _governs(token))
            or (lemma in remark_rules().event_nouns and _hedged(token))
        ):
            yield token


def _only_says(verb: Token) -> bool:
    """Whether a verb only says who speaks: "Hong added". One of not saying is a remark of its own."""
    if verb.lemma_.lower() not in reporting().verbs or raised(verb) is not None:
        return False
    if any(c.dep_ == "neg" or c.lower_ == "neither" for c in verb.children):
        return False
    if any(c.dep_ == "ccomp" and c.pos_ in {"VERB", "AUX"} for c in verb.children):
        return True
    return not any(c.dep_ in _CONTENT for c in verb.children)


def _only_governs(verb: Token) -> bool:
    """Whether what a verb says stands in the infinitive below it: "is likely to deal", "is expected to"."""
    awaited = verb.tag_ == "VBN" and verb.lemma_.lower() in remark_rules().awaiting_verbs
    below = [c for c in verb.children if c.dep_ in {"acomp", "xcomp"}] if verb.lemma_ == "be" or awaited else []
    if any(c.dep_ == "acomp" and any(g.dep_ == "xcomp" for g in c.children) for c in below):
        return True
    return any(c.dep_ == "xcomp" and c.pos_ in {"VERB", "AUX"} and has_to(c) for c in below)


def raised(head: Token) -> Token | None:
    """Of whom a passive of saying or thinking tells what stands below it: "he is said to fish", "thought to be 30"."""
    verb, rules = head.head, modality_rules().verbs
    told = rules["reported"] | rules["probable"] | rules["possible"]
    if head.dep_ != "xcomp" or verb.tag_ != "VBN" or verb.lemma_.lower() not in told:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is not None and subject.tag_ not in {"WP", "WDT"}:
        return subject
    return verb.head if verb.dep_ in {"acl", "relcl"} else None


def _hedged(noun: Token) -> bool:
    adjectives = modality_rules().adjectives
    words = adjectives["reported"] | adjectives["probable"] | adjectives["possible"]
    return any(c.dep_ == "amod" and c.lower_ in words for c in noun.children)


def _governs(noun: Token) -> bool:
    return any(c.dep_ in {"prep", "acl", "ccomp"} and c.lower_ not in {"in", "at", "on"} for c in noun.children)


def _depth(token: Token) -> tuple[int, int]:
    steps, node = 0, token
    while node.head != node:
        steps, node = steps + 1, node.head
    return steps, token.i


def is_plain(modality: Modality) -> bool:
    """Whether a clause is what the article itself says of what is or was: no remark."""
    return modality.certainty == "asserted" and not modality.negated and modality.tense != "future"


def adds_nothing(head: Token, modality: Modality, known: Modality) -> bool:
    """Whether a clause within a remark is meant as that is, or only says on what its verb works.

    A clause that hangs on the remark and is less sure is a remark of its own ("a rumour that he fled never died"), but
    for an infinitive, which is an aim of the verb above it.
    """
    if (modality.certainty, modality.negated, modality.tense) == (known.certainty, known.negated, known.tense):
        return True
    if head.dep_ not in _HANGING or modality.negated != known.negated:
        return False
    return has_to(head) or head.tag_ == "VBG" or weakest([modality.certainty, known.certainty]) == known.certainty


def is_hanging(head: Token) -> bool:
    """Whether a clause hangs on another, which says how it is meant; not below a passive of thinking or "is to"."""
    above = head.head.head if head.head.dep_ == "acomp" else head.head
    return head.dep_ in _HANGING and raised(head) is None and not _only_governs(above)


def words_of(head: Token) -> list[int]:
    """The words of a remark: its clause, or the noun with what hangs on it."""
    if head.pos_ in {"VERB", "AUX"}:
        return sorted({*clause_words(head), head.head.i}) if raised(head) is not None else clause_words(head)
    words = [t.i for t in head.subtree if abs(t.i - head.i) < _LONGEST and not t.is_space]
    return words or [head.i]
