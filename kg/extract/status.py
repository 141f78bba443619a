"""Whether a crossing was a defection: what was done, what is wished, what is asked and what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.attribution import spoken_by
from kg.extract.builder import FactsBuilder
from kg.extract.cluster import Cluster
from kg.extract.clusters import Clusters
from kg.extract.coreference import crosser_of
from kg.extract.crossing_rules import StatusRules, crossing_rules, slot_rules
from kg.extract.document import Sentence
from kg.extract.modality import Modality, is_asked, subject_of
from kg.extract.participants import Participants
from kg.extract.saying import Saying, clause_words
from kg.facts.model import Certainty, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["describe_status"]

_TEMPORAL = frozenset({"after", "before", "since", "when", "as", "while", "upon", "following"})
_SILENT = frozenset({"headline", "heading"})


def describe_status(builder: FactsBuilder, saying: Saying, clusters: Clusters, people: Participants) -> None:
    """Add the claims on the status of every incident.

    Args:
        builder: The record.
        saying: Writes the claims.
        clusters: The incidents.
        people: Reads noun phrases.
    """
    teller = _Teller(builder, saying, clusters, people)
    for cluster in clusters.clusters:
        teller.done(cluster)
    for sentence in builder.document.sentences:
        if sentence.block.kind in _SILENT:
            continue
        for token in sentence.span:
            teller.wished(sentence, token)
            teller.asked(sentence, token)
            teller.confirmed(sentence, token)
        teller.accident(sentence)


class _Teller:
    def __init__(self, builder: FactsBuilder, saying: Saying, clusters: Clusters, people: Participants) -> None:
        self.builder = builder
        self.saying = saying
        self.clusters = clusters
        self.people = people
        self.rules: StatusRules = slot_rules().status
        self.words = crossing_rules()

    def done(self, cluster: Cluster) -> None:
        """Confirmed: a frame says plainly that the person defected."""
        plain = [f for f in cluster.frames if f.trigger == "defect" and not (f.nominal and f.anaphor)]
        taken_up = [f for f in cluster.frames if f.trigger == "defect" and f not in plain]
        for frame in plain or taken_up[:1]:
            words = clause_words(frame.head) if not frame.nominal else [t.i for t in frame.head.lefts] + [frame.head.i]
            self._say(cluster, "status:confirmed", frame.head, words, frame.modality)

    def confirmed(self, sentence: Sentence, token: Token) -> None:
        """Confirmed by somebody: "the army confirmed the defection", "it was confirmed by the ministry"."""
        if token.lemma_.lower() not in self.rules.confirming or token.pos_ != "VERB":
            return
        told = next((c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        if told is None and token.dep_ == "conj":
            told = subject_of(token)
        if told is None or told.lemma_.lower() not in self.rules.defect_nouns or self._is_compound(told):
            return
        speaker, cluster = spoken_by(token), self.clusters.at((sentence.index, token.i, sentence.block.id))
        modality = self.saying.assess(sentence, token)
        if speaker is None or cluster is None or modality.negated or modality.unsettled or modality.tense == "future":
            return
        words = [i for i in clause_words(token) if abs(i - token.i) < 12]
        told_by = replace(modality, certainty="reported", attribution=speaker)
        self._say(cluster, "status:confirmed", token, words, told_by)

    def wished(self, sentence: Sentence, verb: Token) -> None:
        """Stated intent: "is seeking to defect", "expressed a desire to settle"."""
        noun = verb.pos_ == "NOUN" and verb.lemma_.lower() in self.rules.defect_nouns
        if verb.lemma_.lower() not in self.rules.settle_verbs and not noun:
            return
        governor = self._wish_above(verb)
        if governor is None or governor.i == verb.i:
            return
        bearer = self._bearer(governor)
        cluster = crosser_of(self.clusters, self.people, sentence, bearer) if bearer is not None else None
        if cluster is None or (bearer is not None and bearer.tag_ in {"NNS", "NNPS"} and cluster.count == 1):
            return
        modality = self.saying.assess(sentence, governor if governor.pos_ == "VERB" else governor.head)
        if modality.unsettled or self.saying.assess(sentence, verb).unsettled:
            return
        aims = [c for c in verb.children if c.dep_ in {"prep", "dobj", "prt", "advmod"} and c.lower_ not in _TEMPORAL]
        last = max([verb.i, *(t.i for c in aims for t in c.subtree if t.i - verb.i < 8)])
        first = min(governor.i, verb.i)
        if governor.pos_ == "NOUN" and governor.head.pos_ == "VERB" and 0 < first - governor.head.i < 5:
            first = governor.head.i
        words = range(first, last + 1)
        self._say(cluster, "status:stated-intent", verb, list(words), modality, keep_tense=True)

    def asked(self, sentence: Sentence, token: Token) -> None:
        """Under investigation, or not confirmed: a clause with "whether", or a suspicion."""
        lemma = token.lemma_.lower()
        defects = lemma in self.words.verbs["defect"] or lemma in self.rules.defect_nouns
        if not defects or self._is_compound(token):
            return
        governor = self._asking(token)
        cluster = self.clusters.at((sentence.index, token.i, sentence.block.id))
        if governor is None or cluster is None:
            return
        investigating = governor.lemma_.lower() in self.rules.investigate and not self._denied(governor)
        unknown = governor.lemma_.lower() in self.rules.confirm and self._denied(governor)
        unknown = unknown or (governor.dep_ == "acomp" and self._denied(governor.head))
        unclear = governor.lemma_.lower() in {"unclear", "unknown", "suspect", "suspected", "possible"}
        if not (investigating or unknown or unclear):
            return
        modality = self.saying.assess(sentence, governor)
        status = "status:unconfirmed" if unknown or unclear else "status:under-investigation"
        words = self._asked_words(governor, token)
        certainty: Certainty = "reported" if modality.attribution else "asserted"
        if governor.lemma_.lower() in {"suspect", "suspected", "possible"}:
            certainty = "possible"  # who suspects it does not say that it is open
        self._say(cluster, status, token, words, modality, certainty=certainty)

    def accident(self, sentence: Sentence) -> None:
        """Not a defection: strayed, drifted, wishes to go back."""
        text = sentence.span.text.lower()
        hit = next((phrase for phrase in self.rules.accident if phrase in text), None)
        if hit is None:
            return
        at = text.index(hit)
        base = sentence.span.start_char
        span = sentence.span.doc.char_span(base + at, base + at + len(hit), alignment_mode="expand")
        if span is None:
            return
        verb = span.root if span.root.pos_ in {"VERB", "AUX"} else span.root.head
        subject = subject_of(verb)
        cluster = crosser_of(self.clusters, self.people, sentence, subject) if subject is not None else None
        modality = self.saying.assess(sentence, verb)
        if cluster is None or modality.negated or (modality.unsettled and not modality.intended):
            return
        self._say(cluster, "status:not-a-defection", verb, list(range(span.start, span.end)), modality, keep_tense=True)

    def _wish_above(self, verb: Token) -> Token | None:
        node = verb
        for _ in range(4):
            if node.head == node or node.dep_ in {"relcl", "conj"}:
                return None
            node = node.head
            lemma = node.lemma_.lower()
            if lemma in self.rules.intent_nouns and node.pos_ == "NOUN":
                return node
            if node.pos_ == "VERB" and lemma in self.rules.intent_verbs and lemma not in {"say", "state", "declare"}:
                return node
            if node.pos_ == "VERB":
                return None
        return None

    def _bearer(self, governor: Token) -> Token | None:
        """Who wishes: the subject of the wish, or of the verb that expresses it."""
        if governor.pos_ == "NOUN":
            owner = next((c for c in governor.children if c.dep_ == "poss"), None)
            if owner is not None and owner.pos_ != "PRON":
                return owner
            verb = governor.head if governor.head.pos_ == "VERB" else governor.head.head
            return subject_of(verb)
        return subject_of(governor)

    def _is_compound(self, token: Token) -> bool:
        return token.dep_ in {"compound"} or token.tag_ == "NNS"

    def _asking(self, token: Token) -> Token | None:
        """What governs a question about a defection: the verb above "whether", or a verb of suspicion."""
        node = token
        asked = is_asked(token)
        for _ in range(7):
            asked = asked or any(c.lower_ in {"whether", "if"} and c.dep_ in {"mark", "advmod"} for c in node.children)
            if node.head == node:
                return None
            dep, node = node.dep_, node.head
            lemma = node.lemma_.lower()
            if lemma == "suspect" and dep in {"dobj", "ccomp", "attr"}:
                return node
            if asked and lemma in self.rules.investigate | self.rules.confirm | {"unclear", "unknown"}:
                return node
            if asked and node.lemma_ == "be":
                unclear = next((c for c in node.children if c.lower_ in {"unclear", "unknown", "clear", "known"}), None)
                if unclear is not None:
                    return unclear
            if node.head == node and is_asked(token):
                return next((t for t in token.sent if t.pos_ == "VERB" and t.lemma_ in self.rules.investigate), None)
            if dep == "dobj" and lemma in self.rules.investigate and node.pos_ == "VERB" and self._possible(token):
                return node
        return None

    def _possible(self, token: Token) -> bool:
        return any(c.lower_ in {"possible", "suspected", "apparent", "alleged"} for c in token.children)

    def _denied(self, governor: Token) -> bool:
        return any(c.dep_ == "neg" or c.lower_ in {"yet", "not"} for c in governor.children) or any(
            c.dep_ == "neg" for c in governor.head.children if governor.dep_ == "xcomp"
        )

    def _asked_words(self, governor: Token, token: Token) -> list[int]:
        first, last = sorted((governor.i, token.i))
        if last - first < 20:
            return list(range(first, last + 1))
        mark = next(
            (t.i for t in token.doc[max(first, token.i - 12) : token.i] if t.lower_ in {"whether", "if"}), token.i
        )
        return list(range(mark, token.i + 1))

    def _say(
        self,
        cluster: Cluster,
        concept: str,
        head: Token,
        words: list[int],
        modality: Modality,
        *,
        certainty: Certainty | None = None,
        keep_tense: bool = False,
    ) -> None:
        if cluster.mention is None:
            return
        self.saying.claim(
            cluster.mention,
            "cx:defectionStatus",
            Value(kind="concept", value=concept),
            head.doc,
            words,
            modality,
            certainty=certainty,
            negated=False if keep_tense or certainty else None,
        )
