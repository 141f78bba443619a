"""How a clause is meant: certainty, specificity, negation, tense and speaker, read off the dependency parse.

From the head of the clause the path to the root of the sentence is walked; each edge says whether what governs still
holds what is below in its scope (Karttunen 1971 on implicative and factive verbs; Saurí and Pustejovsky 2009).
A relative or temporal clause is presupposed: a "may" above it does not reach it. A complement is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.attribution import find_attribution, reporting
from kg.extract.document import Sentence
from kg.extract.specificity import NOMINAL, ModalityRules, is_general, is_generic, modality_rules, subject_of, tense_of
from kg.facts.model import Attribution, Certainty, Specificity, Tense

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Modality", "assess", "is_asked", "is_generic", "subject_of", "weakest"]

_WEAKER: tuple[Certainty, ...] = ("asserted", "reported", "probable", "possible", "denied")
_KNOWN = "modality"
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


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
    return max(certainties, key=_WEAKER.index, default="asserted")


@dataclass
class _State:
    hedges: list[Certainty] = field(default_factory=list)
    negated: bool = False
    intended: bool = False
    unsettled: bool = False
    future: bool = False


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
    state = _State()
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


def _walk(head: Token, rules: ModalityRules, state: _State) -> None:
    node, scope, negatable, own = head, True, True, True
    while True:
        if scope:
            _own(node, rules, state, negatable=negatable, auxiliaries=own)
        if node.head == node:
            return
        parent, dep = node.head, node.dep_
        negatable, own = True, True
        if not scope:
            node = parent
            continue
        if dep in {"ccomp", "xcomp", "csubj", "acomp", "pcomp"} and parent.pos_ not in NOMINAL:
            scope = _complement(node, parent, rules, state)
            own = dep != "ccomp" or parent.lemma_.lower() not in reporting().verbs
        elif dep == "advcl":
            scope = _adverbial(node, rules, state)
        elif dep == "acl" or (dep == "ccomp" and parent.pos_ == "NOUN"):
            _adnominal(node, parent, rules, state)
            scope = _has_to(node) and parent.pos_ == "NOUN" and not _definite(parent)
        elif dep == "relcl":
            scope = False
        elif dep == "conj":
            cc = {c.lower_ for c in parent.children if c.dep_ == "cc"}
            own_subject = any(c.dep_ in _SUBJECT for c in node.children)
            negatable = bool(cc & {"or", "nor"}) and not own_subject
            own = not own_subject
        elif node.pos_ in NOMINAL and parent.pos_ not in NOMINAL:
            scope = _argument(node, parent, rules, state)
        elif dep == "pobj" or parent.pos_ in NOMINAL:
            scope = _within_noun(node, parent, rules, state)
        node = parent


def _own(node: Token, rules: ModalityRules, state: _State, *, negatable: bool, auxiliaries: bool) -> None:
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
            _hedge(word, rules.adverbs, state)
            if child.dep_ == "amod" or node.pos_ in NOMINAL:
                if word in rules.adjectives["unreal"]:
                    state.intended = True
                _hedge(word, rules.adjectives, state)
        if negatable and (child.dep_ == "neg" or (child.dep_ in {"advmod", "preconj"} and lemma in rules.negations)):
            state.negated = True
        if negatable and child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "det", "advmod"} and _no(child, rules):
            state.negated = True
        if child.dep_ == "mark" and word in rules.open_marks:
            state.unsettled = True
        if child.dep_ == "mark" and word in rules.conditional_marks:
            state.unsettled = True
        # "it is likely that", "is set to": the adjective is a sister of the clause it hedges, or its governor.
        if child.dep_ == "acomp" and node.lemma_ == "be":
            _hedge(word, rules.predicates, state)
    if node.pos_ == "ADJ":
        _hedge(node.lower_, rules.predicates, state)
        if node.lower_ in rules.predicates["future"] and any(_has_to(c) for c in node.children if c.dep_ == "xcomp"):
            state.future = True
        if node.lower_ in rules.predicates["negative"]:
            state.negated = True


def _may_come(head: Token) -> bool:
    """Whether "may", "might" or "could" leaves open what is still to come, and not what has been ("may have") or is."""
    if head.tag_ != "VB" or head.lemma_ in {"be", "have"}:
        return False
    auxiliaries = {c.lower_ for c in head.children if c.dep_ in {"aux", "auxpass"}}
    return bool(auxiliaries & {"may", "might", "could"}) and not auxiliaries & {"have", "be"}


def _said_in_the_past(node: Token) -> bool:
    parent = node.head
    return node.dep_ == "ccomp" and parent.tag_ in {"VBD", "VBN"} and parent.lemma_.lower() in reporting().verbs


def _no(token: Token, rules: ModalityRules) -> bool:
    return token.lower_ in {"none", "nobody", "nothing"} or any(
        c.dep_ == "det" and c.lower_ in rules.negative_determiners for c in (token, *token.children)
    )


def _hedge(
    word: str, table: Mapping[str, frozenset[str]], state: _State, *, only: tuple[Certainty, ...] = _WEAKER[1:]
) -> None:
    for certainty in only:
        if word in table.get(certainty, ()):
            state.hedges.append(certainty)


def _complement(node: Token, parent: Token, rules: ModalityRules, state: _State) -> bool:
    """A clause or infinitive below a verb or adjective; returns whether the parent's own modality holds it too."""
    lemma, infinitive = parent.lemma_.lower(), _has_to(node)
    if _is_untrue(parent, rules):
        state.hedges.append("denied")
        return False
    denied = any(c.dep_ == "neg" for c in parent.children)
    finite = node.dep_ in {"ccomp", "csubj"} and not infinitive
    passive = any(c.dep_ == "auxpass" for c in parent.children) or parent.tag_ == "VBN"
    if parent.lower_ == "without" or (parent.lower_ in {"of", "than"} and parent.head.lower_ in {"instead", "rather"}):
        state.negated = True
        return True
    if lemma in rules.verbs["denied"]:
        state.hedges.append("denied")
        return False
    if finite or infinitive or node.dep_ in {"acomp", "xcomp"}:
        _hedge(lemma, rules.verbs, state, only=("probable", "possible"))
    if infinitive and node.dep_ == "xcomp" and parent.pos_ == "ADJ" and lemma in rules.predicates["coming"]:
        state.future = True
    if infinitive and passive and lemma in rules.verbs["reported"]:
        state.hedges.append("reported")
    if finite and any(c.lower_ in rules.open_marks for c in node.children):
        state.unsettled = True
    if finite and lemma in reporting().verbs:
        # What a speaker did not say or could not confirm is open, not negated.
        if denied or any(c.lower_ in {"could", "can"} and denied for c in parent.children):
            state.unsettled = True
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


def _adverbial(node: Token, rules: ModalityRules, state: _State) -> bool:
    marks = {c.lower_ for c in node.children if c.dep_ in {"mark", "advmod", "prep"}}
    if marks & rules.conditional_marks:
        state.unsettled = True
    elif _has_to(node) and not any(c.lower_ in {"only", "never"} for c in node.children):
        state.intended = True
    return False


def _adnominal(node: Token, parent: Token, rules: ModalityRules, state: _State) -> None:
    if not _has_to(node):
        # "reports that he went back are untrue"
        if parent.dep_ in {"nsubj", "nsubjpass"} and node.dep_ in {"acl", "ccomp"} and _is_untrue(parent.head, rules):
            state.hedges.append("denied")
        # "no evidence that", "the possibility that": what the noun leaves open.
        if _no(parent, rules) or parent.lemma_.lower() in rules.hedge_nouns["possible"]:
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


def _argument(node: Token, parent: Token, rules: ModalityRules, state: _State) -> bool:
    """A noun that is an argument of a verb: a definite one is presupposed, an indefinite one stands in its scope."""
    lemma = parent.lemma_.lower()
    if node.dep_ in {"dobj", "attr", "nsubjpass"}:
        if lemma in rules.verbs["denied"]:
            state.hedges.append("denied")
        if lemma in rules.verbs["possible"]:
            state.hedges.append("possible")
        if lemma in rules.verbs["negative"] or lemma in rules.verbs["intent"] - rules.verbs["implicative"]:
            state.intended = True
    return not _definite(node) and not (node.dep_ in {"nsubj", "nsubjpass"} and lemma not in rules.verbs["implicative"])


def _within_noun(node: Token, parent: Token, rules: ModalityRules, state: _State) -> bool:
    governor = parent.head if parent.pos_ == "ADP" else parent
    lemma = governor.lemma_.lower()
    if parent.lower_ == "without":
        state.negated = True
    if governor.pos_ == "NOUN" and lemma in rules.hedge_nouns["possible"]:
        state.hedges.append("possible")
        state.unsettled = True
    elif governor.pos_ == "NOUN" and lemma in rules.hedge_nouns["probable"]:
        state.hedges.append("probable")
    return not _definite(node)


def _definite(noun: Token) -> bool:
    pointing = {"the", "this", "that", "these", "those"}
    return noun.pos_ in {"PROPN", "PRON"} or any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in pointing) for c in noun.children
    )


def _has_to(verb: Token) -> bool:
    return verb.tag_ in {"VB", "VBN", "VBG", "VBP"} and any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)
