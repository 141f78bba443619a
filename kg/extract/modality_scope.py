"""What a governing word does to the clause or noun below it: whether it still holds it in its scope, and how.

Verbs that deny, doubt, exclude or aim; clauses that a word of asking opens; nouns that leave open what they tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.attribution import reporting
from kg.extract.contested import contested
from kg.extract.modality_marks import SUBJECTS, ScopeState, excludes, has_no, has_to, hedge
from kg.extract.specificity import ModalityRules, modality_rules

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["adverbial", "argument", "below_noun", "below_verb", "is_content", "is_definite", "within_noun"]


def below_verb(node: Token, parent: Token, rules: ModalityRules, state: ScopeState) -> bool:
    """A clause or infinitive below a verb or adjective; returns whether the parent's own modality holds it too."""
    lemma, infinitive = parent.lemma_.lower(), has_to(node)
    if _is_untrue(parent, rules):
        state.hedges.append("denied")
        return False
    denied = any(c.dep_ == "neg" for c in parent.children)
    finite = node.dep_ in {"ccomp", "csubj"} and not infinitive
    passive = any(c.dep_ == "auxpass" for c in parent.children) or parent.tag_ == "VBN"
    if parent.lower_ == "without" or (parent.lower_ in {"of", "than"} and parent.head.lower_ in {"instead", "rather"}):
        state.negated = True
        return True
    if excludes(parent, rules):
        state.hedges.append("possible" if denied else "denied")
        state.unsettled = state.unsettled or denied
        return False
    if lemma in rules.verbs["denied"]:
        state.hedges.append("denied")
        return False
    if finite and denied and _asks(node):
        return False
    if finite or infinitive or node.dep_ in {"acomp", "xcomp"}:
        hedge(lemma, rules.verbs, state, only=("probable", "possible"))
    if infinitive and node.dep_ == "xcomp" and parent.pos_ == "ADJ" and lemma in rules.predicates["coming"]:
        state.future = True
    if infinitive and passive and lemma in rules.verbs["reported"]:
        state.hedges.append("reported")
    if finite and any(c.lower_ in rules.open_marks for c in node.children):
        state.unsettled = True
        return False  # "whether he wishes to stay is not known": it is the knowing that is denied
    if finite and lemma in reporting().verbs:
        # What a speaker did not say or could not confirm is open, not negated.
        if denied or any(c.lower_ in {"could", "can"} and denied for c in parent.children):
            state.unsettled = True
        if not any(c.dep_ in SUBJECTS for c in parent.children) and parent.tag_ != "VBN":
            state.hedges.append("reported")  # "told the guards that he": who says so stands further up
        left = contested(parent)
        state.hedges += [left] if left is not None else []
        return False
    if finite and lemma in rules.verbs["open"] and denied:
        state.unsettled = True
    if (infinitive or node.tag_ == "VBG") and node.dep_ in {"xcomp", "ccomp", "pcomp"}:
        if lemma in rules.verbs["negative"]:
            state.negated = True
        elif infinitive and ((lemma == "be" and parent.pos_ == "AUX") or (lemma == "go" and parent.tag_ == "VBG")):
            state.future = True
        elif infinitive and parent.pos_ == "VERB" and not _raises(lemma, node, rules):
            state.intended = True
            return denied
        elif node.tag_ == "VBG" and lemma in rules.verbs["gerund_intent"]:
            state.intended = True
            return False
        elif node.dep_ == "pcomp" and parent.dep_ == "prep" and parent.head.lemma_.lower() in rules.verbs["negative"]:
            state.negated = True
    return True


def is_content(clause: Token) -> bool:
    """Whether what the parse takes for a relative clause says what a noun tells: "reports that he had gone back".

    Without "that" only behind a noun of hearsay, and if the clause lacks nothing: "rumours he left a wife behind".
    """
    if clause.dep_ != "relcl":
        return False
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
        return True
    hearsay = clause.head.lemma_.lower() in modality_rules().hedge_nouns["possible"]
    kinds = {c.dep_ for c in clause.children if c.tag_ not in {"WDT", "WP", "WRB"} and c.lower_ != "that"}
    return hearsay and "nsubj" in kinds and bool(kinds & {"dobj", "attr", "acomp"})


def _asks(clause: Token) -> bool:
    """Whether a word of asking opens a clause, which takes for granted what it asks about: "why he fled"."""
    left = clause.doc[clause.left_edge.i]
    return left.tag_ in {"WRB", "WP", "WDT", "WP$"} and left.head in {clause, *clause.children}


def _is_untrue(word: Token, rules: ModalityRules) -> bool:
    """Whether a predicate denies what it is said of: "it is not true that", "such reports are baseless"."""
    verb = word if word.pos_ in {"AUX", "VERB"} else word.head
    if verb.lemma_ != "be" and not (word.pos_ == "ADJ" and word.lower_ in rules.untrue | rules.borne_out):
        return False
    said = {c.lower_ for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}}
    if word.pos_ == "ADJ":
        said.add(word.lower_)
    negated = any(c.dep_ == "neg" for v in (verb, word) for c in v.children)
    return (bool(said & rules.untrue) and not negated) or (bool(said & rules.borne_out) and negated)


def _raises(lemma: str, node: Token, rules: ModalityRules) -> bool:
    """Whether an infinitive below this verb is a deed: "managed to", "is believed to", "was found to have"."""
    perfect = any(c.dep_ == "aux" and c.lower_ == "have" for c in node.children)
    kinds = ("implicative", "probable", "possible", "reported")
    return perfect or (any(lemma in rules.verbs[kind] for kind in kinds) and lemma not in rules.verbs["intent"])


def adverbial(node: Token, rules: ModalityRules, state: ScopeState) -> bool:
    """A clause of condition or aim beside the verb; nothing above it holds it."""
    marks = {c.lower_ for c in node.children if c.dep_ in {"mark", "advmod", "prep"}}
    if marks & rules.conditional_marks:
        state.unsettled = True
    elif has_to(node) and not any(c.lower_ in {"only", "never"} for c in node.children):
        state.intended = True
    return False


def below_noun(node: Token, parent: Token, rules: ModalityRules, state: ScopeState) -> None:
    """A clause or infinitive on a noun: "the suggestion that he was pushed", "an attempt to cross"."""
    if not has_to(node):
        # "reports that he went back are untrue"
        if parent.dep_ in {"nsubj", "nsubjpass"} and node.dep_ in {"acl", "ccomp"} and _is_untrue(parent.head, rules):
            state.hedges.append("denied")
        # "rejected the suggestion that he was pushed"
        if parent.dep_ in {"dobj", "nsubjpass"} and parent.head.lemma_.lower() in rules.verbs["denied"]:
            state.hedges.append("denied")
        # "no evidence that", "the possibility that": what the noun leaves open.
        if has_no(parent, rules) or parent.lemma_.lower() in rules.hedge_nouns["possible"]:
            state.unsettled = True
        elif parent.lemma_.lower() in rules.hedge_nouns["probable"]:
            state.hedges.append("probable")
        return
    singled_out = {"last", "latest", "only", "next"}
    ranked = any(
        c.dep_ in {"amod", "advmod"} and (c.ent_type_ == "ORDINAL" or c.lower_ in singled_out) for c in parent.children
    )
    if ranked and parent.lemma_.lower() not in rules.intent_nouns:
        return
    state.intended = True


def argument(node: Token, parent: Token, rules: ModalityRules, state: ScopeState) -> bool:
    """A noun that is an argument of a verb: a definite one is presupposed, an indefinite one stands in its scope."""
    lemma = parent.lemma_.lower()
    if node.dep_ in {"dobj", "attr", "nsubjpass"}:
        if lemma in rules.verbs["denied"]:
            state.hedges.append("denied")
        if lemma in rules.verbs["possible"]:
            state.hedges.append("possible")
        if lemma in rules.verbs["negative"] or lemma in rules.verbs["intent"] - rules.verbs["implicative"]:
            state.intended = True
    return not is_definite(node) and not (
        node.dep_ in {"nsubj", "nsubjpass"} and lemma not in rules.verbs["implicative"]
    )


def within_noun(node: Token, parent: Token, rules: ModalityRules, state: ScopeState) -> bool:
    """A noun within another noun: "the possibility of a defection", "without permission"."""
    governor = parent.head if parent.pos_ == "ADP" else parent
    lemma = governor.lemma_.lower()
    if parent.lower_ == "without":
        state.negated = True
    if governor.pos_ == "NOUN" and lemma in rules.hedge_nouns["possible"]:
        state.hedges.append("possible")
        state.unsettled = True
    elif governor.pos_ == "NOUN" and lemma in rules.hedge_nouns["probable"]:
        state.hedges.append("probable")
    return not is_definite(node)


def is_definite(noun: Token) -> bool:
    """Whether a noun phrase takes what it names for granted."""
    pointing = {"the", "this", "that", "these", "those"}
    return noun.pos_ in {"PROPN", "PRON"} or any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in pointing) for c in noun.children
    )
