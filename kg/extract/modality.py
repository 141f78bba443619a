"""How a clause is meant: certainty, specificity, negation, tense and speaker, read off the dependency parse.

From the head of the clause the path to the root of the sentence is walked; each edge says whether what governs still
holds what is below in its scope (Karttunen 1971 on implicative and factive verbs; Saurí and Pustejovsky 2009).
A relative or temporal clause is presupposed: a "may" above it does not reach it. A complement is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.attribution import find_attribution, reporting
from kg.extract.document import Sentence
from kg.extract.modality_marks import SUBJECTS, WEAKER, ScopeState, has_to, own_marks
from kg.extract.modality_scope import (
    adverbial,
    argument,
    below_noun,
    below_verb,
    is_content,
    is_definite,
    within_noun,
)
from kg.extract.specificity import NOMINAL, ModalityRules, is_general, is_generic, modality_rules, subject_of, tense_of
from kg.facts.model import Attribution, Certainty, Specificity, Tense

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Modality", "assess", "is_asked", "is_generic", "subject_of", "weakest"]

_KNOWN = "modality"


@dataclass(frozen=True)
class Modality:
    """How a clause is meant.

    `intended`: the words give an aim, a plan or an attempt, not a deed. `unsettled`: asked, conditional, or said not
    to be known. Either makes `certainty` possible at most; an aim also has `tense` future.
    """

    certainty: Certainty = "asserted"
    specificity: Specificity = "specific"
    negated: bool = False
    tense: Tense = "past"
    attribution: Attribution | None = None
    intended: bool = False
    unsettled: bool = False

    @property
    def real(self) -> bool:
        """Whether the words make it a deed that was done, however sure the speaker is of it."""
        done = self.tense != "future" and self.certainty != "denied"
        return done and not (self.negated or self.intended or self.unsettled)


def weakest(certainties: Iterable[Certainty]) -> Certainty:
    """The least certain of several; `asserted` of none."""
    return max(certainties, key=WEAKER.index, default="asserted")


def assess(sentence: Sentence, head: Token) -> Modality:
    """How the clause (or noun phrase) of `head` is meant.

    Args:
        sentence: The sentence in which `head` stands.
        head: A verb, or a noun that names an event, a person or a thing.
    """
    known: dict[tuple[int, int], Modality] = head.doc.user_data.setdefault(_KNOWN, {})
    place = (sentence.index, head.i)
    if place not in known:
        known[place] = _assess(sentence, head)
    return known[place]


def _assess(sentence: Sentence, head: Token) -> Modality:
    rules = modality_rules()
    state = ScopeState()
    _walk(head, rules, state)
    if is_asked(head) or _inverted(head) or sentence.span.text.rstrip().rstrip('"').endswith("?"):
        state.unsettled = True
    attribution = find_attribution(sentence, head)
    if attribution is not None:
        state.hedges.append("reported")
    if state.intended or state.unsettled:
        state.hedges.append("possible")
    tense: Tense = "future" if state.future or state.intended or _may_come(head) else tense_of(head)
    specificity: Specificity = "general" if is_general(head) else "specific"
    return Modality(
        certainty=weakest(state.hedges),
        specificity=specificity,
        negated=state.negated,
        tense=tense,
        attribution=attribution,
        intended=state.intended,
        unsettled=state.unsettled,
    )


def is_asked(head: Token) -> bool:
    """Whether "whether" opens the clause of a token, as far as the words before it tell where the parse does not."""
    rules = modality_rules()
    for token in reversed(head.doc[max(head.i - 8, head.sent.start) : head.i]):
        if token.lower_ in rules.open_marks:
            return True
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.dep_ not in {"aux", "auxpass"}:
            return False
    return False


def _inverted(head: Token) -> bool:
    """Whether a clause is a condition by its order of words: "Had he reached the fence, nobody would know"."""
    first = head.sent[0]
    if first.lower_ not in {"had", "should", "were"}:
        return False
    return any(t.lower_ in {"would", "could", "might"} for t in head.sent if t.i > head.i)


def _walk(head: Token, rules: ModalityRules, state: ScopeState) -> None:
    node, scope, negatable, own = head, True, True, True
    while True:
        if scope:
            own_marks(node, rules, state, negatable=negatable, auxiliaries=own)
        if node.head == node:
            return
        parent, dep = node.head, node.dep_
        negatable, own = True, True
        if not scope:
            node = parent
            continue
        if dep in {"ccomp", "xcomp", "csubj", "acomp", "pcomp"} and parent.pos_ not in NOMINAL:
            scope = below_verb(node, parent, rules, state)
            own = dep != "ccomp" or parent.lemma_.lower() not in reporting().verbs
        elif dep == "advcl":
            scope = adverbial(node, rules, state)
        elif dep == "acl" or (dep == "ccomp" and parent.pos_ == "NOUN") or is_content(node):
            below_noun(node, parent, rules, state)
            scope = has_to(node) and parent.pos_ == "NOUN" and not is_definite(parent)
        elif dep == "relcl":
            scope = False
        elif dep == "conj":
            cc = {c.lower_ for c in parent.children if c.dep_ == "cc"}
            if node.tag_ in {"VBD", "VBZ"} and has_to(parent):
                # "He went out to buy bread and never returned": no aim, but told as the verb above the aim is.
                node, negatable, own = parent.head, False, False
                continue
            own_subject = any(c.dep_ in SUBJECTS for c in node.children)
            negatable = bool(cc & {"or", "nor"}) and not own_subject
            own = not own_subject
        elif node.pos_ in NOMINAL and parent.pos_ not in NOMINAL:
            scope = argument(node, parent, rules, state)
        elif dep == "pobj" or parent.pos_ in NOMINAL:
            scope = within_noun(node, parent, rules, state)
        node = parent


def _may_come(head: Token) -> bool:
    """Whether "may", "might" or "could" leaves open what is still to come, and not what has been ("may have") or is."""
    if head.tag_ != "VB" or head.lemma_ in {"be", "have"}:
        return False
    auxiliaries = {c.lower_ for c in head.children if c.dep_ in {"aux", "auxpass"}}
    return bool(auxiliaries & {"may", "might", "could"}) and not auxiliaries & {"have", "be"}
