"""The operation that brought who crossed to safety: its kind, how long, who helped and who was told of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.around import Around
from kg.extract.document import Sentence
from kg.extract.saying import clause_words
from kg.extract.times import duration_of
from kg.facts.model import Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Operations"]


class Operations(Around):
    """Reads operations, help and notices."""

    def notified(self, sentence: Sentence, verb: Token) -> None:
        """Add the organisation that was told of an incident."""
        if verb.lemma_.lower() not in self.rules.notify_verbs:
            return
        target = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        organization = self.organization(target) if target is not None else None
        cluster = self.here(sentence, verb)
        modality = self.modality(sentence, verb)
        if organization is None or cluster is None or cluster.mention is None:
            return
        value = Value(kind="mention", value=organization.id)
        self.saying.claim(cluster.mention, "cx:notified", value, verb.doc, clause_words(verb, subject=False), modality)

    def assistance(self, sentence: Sentence, token: Token) -> None:
        """The body that helped: "with assistance from X", "X helped him"."""
        if token.lemma_.lower() in self.rules.assist_nouns and token.pos_ == "NOUN":
            source = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in {"from", "of", "by"}), None)
            target = next((c for c in source.children if c.dep_ == "pobj"), None) if source is not None else None
            cluster = self.here(sentence, token)
            with_help = token.dep_ == "pobj" and token.head.lower_ == "with"
            words = [t.i for t in token.subtree] + ([token.head.i] if with_help else [])
            if not with_help:
                return
        else:
            target = next((c for c in token.children if c.dep_ == "nsubj"), None)
            undergoer = self.undergoer(token)
            cluster = self.crosser(sentence, undergoer) if undergoer is not None else None
            words = clause_words(token)
            if token.pos_ not in {"VERB"}:
                return
        organization = self.organization(target) if target is not None else None
        modality = self.modality(sentence, token)
        if organization is None or cluster is None or cluster.mention is None or not modality.real:
            return
        value = Value(kind="mention", value=organization.id)
        self.saying.claim(cluster.mention, "cx:assistedBy", value, token.doc, words[:25], modality)

    def operation(self, sentence: Sentence) -> None:
        """Add the kind of an operation."""
        named = self.rules.operation_nouns
        nouns = [t for t in sentence.span if t.lemma_.lower() in named and t.pos_ in {"NOUN", "PROPN"}]
        for operation in self.rules.operations if nouns else ():
            for head, start, end in self._operation_spans(sentence, nouns, operation.words):
                cluster = self.here(sentence, head)
                modality = self.modality(sentence, head)
                if cluster is None or cluster.mention is None or modality.negated:
                    continue
                value = Value(kind="concept", value=operation.concept)
                self.saying.claim(cluster.mention, "cx:operation", value, head.doc, range(start, end), modality)
                break

    def _operation_spans(
        self, sentence: Sentence, nouns: list[Token], words: tuple[str, ...]
    ) -> Iterator[tuple[Token, int, int]]:
        """The noun, and the tokens that tell its kind: "a guidance operation", "an operation to assist him"."""
        doc = sentence.span.doc
        for noun in nouns:
            left = doc[max(noun.i - 3, sentence.span.start) : noun.i + 1].text.lower()
            if any(w.endswith(noun.lower_) and w in left for w in words):
                yield noun, max(noun.i - 1, sentence.span.start), noun.i + 1
            purposes = [c for c in noun.head.children if c.i > noun.i] if noun.dep_ == "dobj" else []
            for child in (*noun.children, *purposes):
                if child.dep_ in {"acl", "relcl", "xcomp", "advcl"} and child.lemma_.lower() in words:
                    inner = [t.i for t in child.subtree]
                    yield noun, noun.i, min(max(inner) + 1, noun.i + 12)
                    return
            help_noun = any(
                t.lemma_.lower() in self.rules.assist_nouns and t.lemma_.lower() in words
                for t in doc[noun.i + 1 : min(noun.i + 4, sentence.span.end)]
            )
            if help_noun:
                yield noun, noun.i, min(noun.i + 3, sentence.span.end)

    def duration(self, sentence: Sentence, noun: Token) -> None:
        """Add how long an operation took."""
        left = noun.left_edge.i
        after = [
            t.i for c in noun.children if c.dep_ in {"acl", "relcl", "prep"} for t in c.subtree if t.i - noun.i < 6
        ]
        verb_after = [t.i for t in noun.head.subtree if noun.dep_ == "nsubj" and noun.i < t.i < noun.i + 7]
        words = sorted({*range(left, noun.i + 1), *after, *verb_after})
        span = noun.doc[words[0] : words[-1] + 1]
        duration = duration_of(span)
        cluster = self.here(sentence, noun)
        if duration is None or cluster is None or cluster.mention is None:
            return
        value = Value(kind="duration", value=duration)
        modality = self.modality(sentence, noun)
        self.saying.claim(cluster.mention, "cx:operationDuration", value, noun.doc, words, modality)
