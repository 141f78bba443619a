"""Who crossed, by what other sentences say: gender by pronouns, rank and type by predicates, a name withheld."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.around import Around
from kg.extract.cluster import Cluster
from kg.extract.document import Sentence
from kg.extract.lexicon import Lexicon
from kg.extract.modality import subject_of
from kg.facts.model import Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["PersonWords"]

_TAKEN_FOR = frozenset({"presume", "believe", "think", "suspect", "say", "know", "assume"})


class PersonWords(Around):
    """Reads what is said of the person who crossed."""

    def person(self, sentence: Sentence) -> None:
        """Gender by pronouns, rank and arms in what is said of the crosser: "believed to be a staff sergeant"."""
        lexicon = self.geography.lexicon
        for token in sentence.span:
            gender = self.rules.gender_pronouns.get(token.lower_)
            if gender is not None:
                if token.lower_ in {"he", "she", "him", "her", "his"} and self._is_other(sentence, token):
                    continue
                cluster = self.crosser(sentence, token)
                if cluster is None or cluster.person is None or cluster.count not in {None, 1}:
                    continue
                if any(
                    c.predicate == "cx:gender" and self.builder.mentions[c.subject].chain == cluster.person.chain
                    for c in self.builder.claims.values()
                ):
                    continue
                modality = self.modality(sentence, token.head)
                value = Value(kind="concept", value=f"gender:{gender}")
                self.saying.claim(
                    cluster.person,
                    "cx:gender",
                    value,
                    token.doc,
                    [token.i],
                    modality,
                    negated=False,
                    certainty="reported" if modality.attribution else "asserted",
                )
            elif token.dep_ in {"nsubj", "nsubjpass", "dobj"} and token.pos_ in {"NOUN", "PROPN"}:
                self._named_by_type(sentence, token)
            elif token.dep_ in {"attr", "oprd", "acomp"} or (token.dep_ == "pobj" and token.head.lower_ == "as"):
                self._predicated(sentence, token, lexicon)

    def presumed(self, sentence: Sentence) -> None:
        """Nationality in an aside: "one person, presumed to be from the North"."""
        sides = self.geography.border.sides
        for token in sentence.span:
            if token.dep_ != "acl" or token.lemma_.lower() not in _TAKEN_FOR:
                continue
            cluster = self.crosser(sentence, token.head)
            being = next((c for c in token.children if c.dep_ == "xcomp" and c.lemma_ == "be"), None)
            if cluster is None or cluster.person is None or being is None:
                continue
            spot = next(
                (s for s in self.geography.spots(sentence) if s.side and s.start > being.i and s.start - being.i < 4),
                None,
            )
            if spot is None:
                continue
            place = sides.home.place if spot.side == "home" else sides.destination.place
            modality = self.modality(sentence, being)
            words = range(token.i, spot.end)
            value = Value(kind="concept", value=place)
            self.saying.claim(cluster.person, "cx:nationality", value, token.doc, words, modality, negated=False)

    def _named_by_type(self, sentence: Sentence, noun: Token) -> None:
        """Rank and type in a phrase that takes up who crossed: "the sergeant"."""
        told = any(
            f.actor is not None and f.actor.head == noun and not f.anaphor
            for c in self.clusters.clusters
            for f in c.frames
        )
        actor = None if told else self.people.read(sentence, noun)
        if actor is None or actor.rank is None or actor.plural:
            return
        cluster = self.crosser(sentence, noun)
        if cluster is not None and cluster.person is not None and (cluster.count or 1) == 1:
            value = Value(kind="concept", value=actor.rank)
            modality = self.modality(sentence, noun)
            self.saying.claim(cluster.person, "cx:rank", value, noun.doc, range(*actor.words), modality, negated=False)

    def _is_other(self, sentence: Sentence, pronoun: Token) -> bool:
        """Whether a pronoun has its person in its own sentence: the subject of a verb of saying, an official."""
        for token in sentence.span:
            if token.i >= pronoun.i or token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ == "PRON":
                continue
            actor = self.people.read(sentence, token)
            if actor is not None and not actor.plural:
                return self.crosser(sentence, token) is None
        return False

    def _predicated(self, sentence: Sentence, noun: Token, lexicon: Lexicon) -> None:
        verb = noun.head if noun.dep_ in {"attr", "oprd", "acomp"} else noun.head.head
        subject = subject_of(verb)
        if subject is None and verb.dep_ in {"xcomp", "acl", "advcl"}:
            subject = subject_of(verb.head) or verb.head.head
        if subject is not None and subject.lemma_.lower() == "rank":
            # "His rank is believed to be sergeant": what is said of the rank is said of whose it is.
            subject = next((c for c in subject.children if c.dep_ == "poss"), subject)
        cluster = self.crosser(sentence, subject) if subject is not None else None
        if cluster is None or cluster.person is None:
            return
        actor = self.people.read(sentence, noun)
        if actor is None or not (actor.kinds or actor.rank):
            return
        modality = self.modality(sentence, noun)
        words = [t.i for t in noun.subtree if abs(t.i - noun.i) < 8]
        if verb.head.lemma_ in {"believe", "presume", "think", "know", "suspect"}:
            words += [verb.head.i]
        if actor.rank is not None:
            value = Value(kind="concept", value=actor.rank)
            self.saying.claim(cluster.person, "cx:rank", value, noun.doc, words, modality)
            return
        for kind in actor.kinds:
            value = Value(kind="concept", value=kind)
            self.saying.claim(cluster.person, "cx:actorType", value, noun.doc, words, modality)

    def withheld(self, sentence: Sentence) -> None:
        """Add that a name is withheld, where a sentence says so of who crossed."""
        text = sentence.span.text.lower()
        hit = next((phrase for phrase in self.rules.withheld if phrase in text), None)
        if hit is None or not any(word in text for word in self.rules.withheld_subjects):
            return
        match = re.search(re.escape(hit), text)
        if match is None:
            return
        base = sentence.span.start_char
        span = sentence.span.doc.char_span(base + match.start(), base + match.end(), alignment_mode="expand")
        if span is None:
            return
        cluster = self._whose_name(sentence, span[0])
        if cluster is None or cluster.person is None:
            return
        start = span[0].i
        while start > sentence.span.start and sentence.span.doc[start - 1].lower_ in {
            "whose",
            "identity",
            "name",
            "names",
        }:
            start -= 1
        end = next(
            (i for i in range(span.end, min(span.end + 6, sentence.span.end)) if sentence.span.doc[i].is_punct),
            min(span.end + 3, sentence.span.end),
        )
        verb = next((t for t in sentence.span.doc[start:end] if t.pos_ == "VERB"), span.root)
        modality = self.modality(sentence, verb)
        value = Value(kind="concept", value="namestatus:withheld")
        self.saying.claim(
            cluster.person, "cx:nameStatus", value, sentence.span.doc, range(start, end), modality, negated=False
        )

    def _whose_name(self, sentence: Sentence, token: Token) -> Cluster | None:
        """The incident whose crosser's name is withheld; an anonymous official is nobody's crosser."""
        doc = token.doc
        whose = next(
            (t for t in doc[max(token.i - 2, 0) : token.i + 6] if t.lower_ in {"whose", "his", "her", "their", "who"}),
            None,
        )
        if whose is not None and whose.lower_ in {"whose", "who"}:
            clause = next((a for a in whose.ancestors if a.dep_ == "relcl"), None)
            return self.crosser(sentence, clause.head) if clause is not None else None
        for noun in reversed([t for t in sentence.span if t.i <= token.i + 4]):
            if noun.pos_ in {"NOUN", "PRON"} and noun.dep_ in {"nsubj", "nsubjpass", "poss", "dobj", "pobj"}:
                cluster = self.crosser(sentence, noun)
                if cluster is not None:
                    return cluster
        return None
