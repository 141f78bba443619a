"""Writes claims as the words mean them: certainty, negation, tense and speaker from the clause; evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.attribution import attribution_mention
from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence, offsets
from kg.extract.modality import Modality, assess
from kg.facts.model import Certainty, Claim, Mention, Value

if TYPE_CHECKING:
    from kg.extract.frames import Frame
    from kg.extract.parsed import Doc, Token

__all__ = ["Saying", "clause_words"]

_LONGEST = 25


class Saying:
    """Adds claims to a record.

    Args:
        builder: The record in the making.
    """

    def __init__(self, builder: FactsBuilder) -> None:
        self.builder = builder

    def claim(
        self,
        subject: Mention,
        predicate: str,
        value: Value,
        doc: Doc,
        words: Iterable[int],
        modality: Modality,
        *,
        raw: str | None = None,
        negated: bool | None = None,
        certainty: Certainty | None = None,
    ) -> Claim:
        """Add one claim.

        Args:
            subject: What it is said of.
            predicate: A property of the ontology.
            value: What is said.
            doc: The parse of the block.
            words: The token indices of the evidence; the quote runs from the first to the last.
            modality: How the clause is meant.
            raw: The value's own words.
            negated: Overrides the modality's negation.
            certainty: Overrides the modality's certainty.
        """
        start, end = self.span(doc, words)
        return self.builder.claim(
            subject,
            predicate,
            value,
            self.builder.document.evidence(start, end),
            raw=raw,
            certainty=modality.certainty if certainty is None else certainty,
            specificity="specific",  # the subject is one certain incident or person, however general the speaker
            negated=modality.negated if negated is None else negated,
            tense=modality.tense,
            attribution=attribution_mention(self.builder, modality.attribution),
        )

    def of_frame(self, subject: Mention, frame: Frame, predicate: str, value: Value, words: Iterable[int]) -> None:
        """Add a claim that a frame makes, meant as its clause is meant.

        Args:
            subject: What it is said of.
            frame: The clause.
            predicate: A property of the ontology.
            value: What is said.
            words: The token indices of the evidence; the trigger is left out where it stands too far from the rest.
        """
        chosen = sorted(set(words))
        if chosen[-1] - chosen[0] >= _LONGEST:
            chosen = [i for i in chosen if i != frame.head.i] or chosen[:1]
        if chosen[-1] - chosen[0] >= _LONGEST:
            chosen = chosen[:1]
        self.claim(subject, predicate, value, frame.head.doc, chosen, frame.modality)

    def span(self, doc: Doc, words: Iterable[int]) -> tuple[int, int]:
        """The offsets from the first to the last of some tokens, without punctuation at the ends."""
        chosen = sorted(set(words))
        while len(chosen) > 1 and doc[chosen[-1]].is_punct and doc[chosen[-1]].text not in {")", "]"}:
            chosen.pop()
        while len(chosen) > 1 and doc[chosen[0]].is_punct and doc[chosen[0]].text not in {"(", "["}:
            chosen.pop(0)
        last = chosen[-1]
        texts = [token.text for token in doc[chosen[0] : last + 1]]
        if texts.count("(") > texts.count(")") and last + 1 < len(doc) and doc[last + 1].text == ")":
            last += 1
        return offsets(doc[chosen[0] : last + 1])

    def assess(self, sentence: Sentence, head: Token) -> Modality:
        """How a clause is meant."""
        return assess(sentence, head)


def clause_words(head: Token, *, subject: bool = True, clauses: bool = False) -> list[int]:
    """The token indices of a clause around its verb: auxiliaries, objects, prepositions; no other clauses.

    Args:
        head: The verb.
        subject: Whether its subject belongs to it.
        clauses: Whether clauses that hang on it do.
    """
    skipped = set() if clauses else {"advcl", "ccomp", "relcl", "parataxis", "conj", "cc", "punct"}
    if not subject:
        skipped |= {"nsubj", "nsubjpass"}
    words = [head.i]
    actor = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < head.i), None)
    for child in head.children:
        if child.dep_ in skipped or child.is_space:
            continue
        if actor is not None and child.i < actor.i:
            continue  # what stands before the subject only sets the scene
        inner = [t.i for t in child.subtree if not (t.dep_ == "relcl" or any(a.dep_ == "relcl" for a in _up(t, child)))]
        words += inner
    words.sort()
    while words[-1] - words[0] >= _LONGEST and len(words) > 1:
        words.pop() if words[-1] != head.i else words.pop(0)
    return words


def _up(token: Token, top: Token) -> list[Token]:
    found: list[Token] = []
    node = token
    while node.i != top.i and node.head != node:
        node = node.head
        found.append(node)
    return found
