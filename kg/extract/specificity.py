"""Of whom a clause speaks, a kind or certain members of it, and in which tense; the schema of the modality pack."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.extract.rules import Pack, general_pack
from kg.facts.model import Tense

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["NOMINAL", "ModalityRules", "is_general", "is_generic", "modality_rules", "subject_of", "tense_of"]

#: Word classes that a noun phrase can have for its head.
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


class ModalityRules(Pack, frozen=True, kw_only=True):
    """The pack `modality.yaml`."""

    adverbs: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    auxiliaries: dict[str, frozenset[str]]
    verbs: dict[str, frozenset[str]]
    intent_nouns: frozenset[str]
    hedge_nouns: dict[str, frozenset[str]]
    predicates: dict[str, frozenset[str]]
    negations: frozenset[str]
    negative_determiners: frozenset[str]
    conditional_marks: frozenset[str]
    open_marks: frozenset[str]
    past_forms: frozenset[str]
    generic_adverbs: frozenset[str]
    generic_determiners: frozenset[str]
    untrue: frozenset[str]
    borne_out: frozenset[str]
    generic_pronouns: frozenset[str]


@cache
def modality_rules() -> ModalityRules:
    """The pack `modality.yaml`, read once a process."""
    return general_pack("modality", ModalityRules)


def subject_of(verb: Token) -> Token | None:
    """The noun that does or undergoes a verb, through relative clauses, conjunctions and infinitives."""
    seen = 0
    while seen < 8:
        seen += 1
        own = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if own is not None:
            return verb.head if own.tag_ in {"WP", "WDT"} and verb.dep_ in {"relcl", "ccomp"} else own
        if verb.dep_ == "agent":
            return None
        if verb.dep_ in {"relcl", "acl"} and verb.head.pos_ in NOMINAL:
            return verb.head
        if verb.dep_ in {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep"} and verb.head != verb:
            verb = verb.head
            continue
        return None
    return None


def is_generic(noun: Token) -> bool:
    """Whether a noun phrase speaks of a kind rather than of certain members of it: a bare plural, "any soldier"."""
    rules = modality_rules()
    if noun.pos_ == "PROPN" and noun.tag_ != "NNPS":
        return False
    if noun.pos_ == "PRON":
        return noun.lower_ in rules.generic_pronouns - {"they", "those", "you", "one"}
    modifiers = [c for c in noun.children if c.dep_ in {"det", "amod", "poss", "nummod", "predet", "compound"}]
    words = {c.lower_ for c in modifiers}
    if any(c.dep_ == "poss" for c in modifiers) or words & {"the", "this", "these", "that", "both", "another"}:
        return False
    if any(c.dep_ == "nummod" or c.like_num for c in modifiers):
        return False
    if words & rules.generic_determiners:
        return True
    return noun.tag_ in {"NNS", "NNPS"}


def is_general(head: Token) -> bool:
    """Whether a clause or noun phrase tells of a kind or a custom, not of one event."""
    rules = modality_rules()
    if head.pos_ in NOMINAL:
        return is_generic(head)
    if any(c.dep_ == "advmod" and c.lower_ in rules.generic_adverbs for c in head.children):
        return True
    subject = subject_of(head)
    if subject is None or not is_generic(subject) or _done_to_one(head):
        return False
    dated = any(w.ent_type_ in {"DATE", "TIME"} for w in head.subtree)
    return tense_of(head) == "present" or _perfect(head) or not dated


def _done_to_one(verb: Token) -> bool:
    """Whether a finite verb of the past is done to a certain person or thing: "guards shot an official".

    Of whom a bare plural stands is open then, and what was done is one event all the same. "Brokers charged a fee" is
    one too, until an adverb or an open time makes it a custom.
    """
    if verb.tag_ != "VBD" or any(c.dep_ in {"aux", "neg"} for c in verb.children):
        return False
    undergone = [c for v in (verb, *verb.conjuncts) for c in v.children if c.dep_ == "dobj" and v.tag_ == "VBD"]
    return any(
        noun.lower_ in {"him", "her"} or (noun.tag_ == "NN" and any(c.lower_ in {"a", "an"} for c in noun.children))
        for noun in undergone
    )


def _perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in {"have", "has", "'ve"} for c in verb.children)


def tense_of(head: Token) -> Tense:
    """The tense of the nearest finite verb: a noun has that of the clause in which it stands."""
    node = head
    for _ in range(12):
        if node.lower_ in modality_rules().past_forms:
            return "past"
        auxiliaries = [c for c in node.children if c.dep_ in {"aux", "auxpass"}]
        if any(c.tag_ == "VBD" for c in auxiliaries) or _perfect(node) or node.tag_ == "VBD":
            return "past"
        if any(c.lower_ == "have" for c in auxiliaries):
            return "past"
        if any(c.tag_ in {"VBZ", "VBP"} for c in auxiliaries) or node.tag_ in {"VBZ", "VBP"}:
            return "present"
        if node.tag_ == "VBN" and node.dep_ in {"acl", "amod"}:
            return "past"
        if node.head == node:
            break
        node = node.head
    return "past"
