"""What stands on a word itself and says how it is meant: auxiliaries, adverbs, adjectives, negations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.attribution import reporting
from kg.extract.specificity import NOMINAL, ModalityRules
from kg.facts.model import Certainty

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["SUBJECTS", "WEAKER", "ScopeState", "excludes", "has_no", "has_to", "hedge", "own_marks"]

#: Certainties from the surest to the least sure.
WEAKER: tuple[Certainty, ...] = ("asserted", "reported", "probable", "possible", "denied")
#: The dependencies of a clause's own subject.
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_NEGATING = frozenset({"advmod", "preconj", "cc"})


@dataclass
class ScopeState:
    """What has been read of a clause on the way up: its hedges, and whether it is denied, aimed at, open or to come."""

    hedges: list[Certainty] = field(default_factory=list)
    negated: bool = False
    intended: bool = False
    unsettled: bool = False
    future: bool = False


def own_marks(node: Token, rules: ModalityRules, state: ScopeState, *, negatable: bool, auxiliaries: bool) -> None:
    """What stands on the node itself: auxiliaries, adverbs, adjectives, negation."""
    for child in node.children:
        word, lemma = child.lower_, child.lemma_.lower()
        if child.dep_ in {"aux", "auxpass"} and auxiliaries and child.tag_ == "MD":
            if word in rules.auxiliaries["possible"]:
                state.hedges.append("possible")
            elif word in rules.auxiliaries["conditional"]:
                # "said it would": the speaker's "will", shifted back with the tense of the saying.
                if not _said_in_the_past(node):
                    state.hedges.append("possible")
                state.future = True
            elif word in rules.auxiliaries["future"]:
                state.future = True
        elif child.dep_ in {"advmod", "npadvmod", "amod"} and (auxiliaries or child.dep_ == "amod"):
            hedge(word, rules.adverbs, state)
            if child.dep_ == "amod" or node.pos_ in NOMINAL:
                if word in rules.adjectives["unreal"]:
                    state.intended = True
                hedge(word, rules.adjectives, state)
        if child.dep_ == "neg" and excludes(node, rules):
            state.hedges.append("possible")
        elif negatable and (
            child.dep_ == "neg" or (child.dep_ in {"advmod", "preconj", "cc"} and lemma in rules.negations)
        ):
            state.negated = True
        if negatable and child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "det", "advmod"} and has_no(child, rules):
            state.negated = True
        if child.dep_ == "mark" and word in rules.open_marks:
            state.unsettled = True
        if child.dep_ == "mark" and word in rules.conditional_marks:
            state.unsettled = True
        # "it is likely that", "is set to": the adjective is a sister of the clause it hedges, or its governor.
        if child.dep_ == "acomp" and node.lemma_ == "be":
            hedge(word, rules.predicates, state)
    if node.pos_ == "ADJ":
        hedge(node.lower_, rules.predicates, state)
        if node.lower_ in rules.predicates["future"] and any(has_to(c) for c in node.children if c.dep_ == "xcomp"):
            state.future = True
        if node.lower_ in rules.predicates["negative"]:
            state.negated = True


def has_no(token: Token, rules: ModalityRules) -> bool:
    """Whether a noun phrase negates its clause: "none", "no shots"."""
    return token.lower_ in {"none", "nobody", "nothing"} or any(
        c.dep_ == "det" and c.lower_ in rules.negative_determiners for c in (token, *token.children)
    )


def hedge(
    word: str, table: Mapping[str, frozenset[str]], state: ScopeState, *, only: tuple[Certainty, ...] = WEAKER[1:]
) -> None:
    """Add the certainties under which a table has a word."""
    for certainty in only:
        if word in table.get(certainty, ()):
            state.hedges.append(certainty)


def _said_in_the_past(node: Token) -> bool:
    parent = node.head
    return node.dep_ == "ccomp" and parent.tag_ in {"VBD", "VBN"} and parent.lemma_.lower() in reporting().verbs


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return verb.tag_ in {"VB", "VBN", "VBG", "VBP"} and any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def excludes(verb: Token, rules: ModalityRules) -> bool:
    """Whether a verb says that something is out of the question: "rule out", "exclude"."""
    if verb.lemma_.lower() not in rules.verbs["excluding"] or verb.pos_ != "VERB":
        return False
    return verb.lemma_.lower() != "rule" or any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children)
