"""Of whom or what a remark is said: its subject, the incident that is spoken of around it, or who says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.around import Around
from kg.extract.attribution import is_quoted
from kg.extract.cluster import Cluster
from kg.extract.document import Sentence, offsets
from kg.extract.modality import Modality
from kg.extract.remark_clauses import raised
from kg.extract.remark_rules import OTHER, remark_rules
from kg.extract.specificity import is_general, subject_of
from kg.facts.model import EntityClass, Mention

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Token

__all__ = ["Bearers"]

#: How many paragraphs without an incident still speak of the one told before them.
_REACH = 6
#: How many where the clause has a body for its subject.
_SOON = 2
#: How many sentences before a word for a count its figure may stand.
_BACK = 3
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})


class Bearers(Around):
    """Finds who bears the remarks of a clause."""

    def of(self, sentence: Sentence, head: Token, words: list[int], modality: Modality, topic: str) -> list[Mention]:
        """Who bears a remark; nobody where neither its words nor what is told around it say so.

        Args:
            sentence: The sentence of the remark.
            head: Its verb or noun.
            words: Its token indices.
            modality: How it is meant.
            topic: What it is about.
        """
        subjects = list(self._subjects(sentence, head, words, modality))
        figure = self._figure(sentence, head) if not subjects else None
        around = self._around(sentence, head, subjects, topic, modality) if figure is None else None
        if around is not None and around.mention is not None:
            subjects.append(around.mention)
        if not subjects:
            subjects += [m for m in (figure, self._speaker(modality)) if m is not None]
        return self._borne(subjects, topic)

    def _around(
        self, sentence: Sentence, head: Token, subjects: list[Mention], topic: str, modality: Modality
    ) -> Cluster | None:
        """The incident that is spoken of around a clause that names no crosser, if the clause is said of it.

        What bodies are to do about it, say of it or leave undone, and what nobody in particular does: "no shots were
        fired". Not what a kind of people does, nor a custom.
        """
        voice = modality.attribution
        spoken = (voice.start, voice.end) if voice is not None else (0, 0)
        others = [m for m in subjects if not (m.cls == "Person" and spoken[0] <= m.start < spoken[1])]
        if any(m.cls != "Organization" for m in others):
            return None  # but who says "I" or "we" may speak of the incident
        shared = topic in {f"topic:{name}" for name in remark_rules().shared_topics}
        if subjects and not shared:
            return self._told_near(sentence, head, _SOON)
        if subjects:
            return self.here(sentence, head)
        subject = subject_of(head) if head.pos_ in {"VERB", "AUX"} else None
        actor = self.people.read(sentence, subject) if subject is not None else None
        if actor is not None and (actor.generic or actor.counted or (actor.plural and not actor.definite)):
            return None
        if topic != OTHER:
            return self.here(sentence, head)
        # "No shots were fired" is of this time, "no shots are fired" of every time.
        custom = is_general(head) and modality.tense != "future" and not (modality.negated and modality.tense == "past")
        return None if custom else self._told_near(sentence, head, _REACH)

    def _told_near(self, sentence: Sentence, head: Token, blocks: int) -> Cluster | None:
        """The incident told last before a clause in its paragraph, or in one of so many before it."""
        ids = [block.id for block in self.builder.document.blocks if block.start <= sentence.start]
        near = ids[-1 - blocks :]
        told = [
            ((f.sentence.index, f.head.i), cluster)
            for cluster in self.clusters.clusters
            for f in cluster.frames
            if f.sentence.block.id in near
        ]
        if not told:
            alone = len(self.clusters.clusters) == 1 and blocks > 1
            return self.clusters.focal if alone else None
        before = [(place, cluster) for place, cluster in told if place <= (sentence.index, head.i)]
        return max(before or told, key=lambda item: item[0])[1]

    def _figure(self, sentence: Sentence, head: Token) -> Mention | None:
        """The figure that a noun for a count or a change takes up: "the rise may be due to", the last one before."""
        subject = subject_of(head) if head.pos_ in {"VERB", "AUX"} else head
        if subject is None:
            return None
        own = self.builder.mention_within("Statistic", *offsets(subject.doc[subject.left_edge.i : subject.i + 1]))
        if own is not None or subject.lemma_.lower() not in remark_rules().figure_nouns:
            return own
        earlier = [s.start for s in self.builder.document.sentences if s.index >= sentence.index - _BACK]
        figures = [m for m in self.builder.mentions.values() if m.cls == "Statistic"]
        before = [m for m in figures if min(earlier) <= m.start < sentence.end]
        return max(before, key=lambda m: m.start, default=None)

    def _speaker(self, modality: Modality) -> Mention | None:
        """The body that a remark is given to, which bears it where nobody else does: "the ministry expects a rise"."""
        spoken = modality.attribution
        return self.builder.mention_within("Organization", spoken.start, spoken.end) if spoken is not None else None

    def _borne(self, subjects: list[Mention], topic: str) -> list[Mention]:
        """Who bears the remark: what an unnamed crosser does is said of the incident, what he wishes of him too."""
        if topic in {f"topic:{name}" for name in remark_rules().personal_topics}:
            told = {m.chain for m in subjects if m.cls == "Incident"}
            alone = (c for c in self.clusters.clusters if c.mention is not None and c.mention.chain in told)
            persons = [c.person for c in alone if c.person is not None and (c.count or 1) == 1]
            return subjects + [p for p in persons if p.chain not in {m.chain for m in subjects}]
        incident = any(m.cls == "Incident" for m in subjects)
        return [m for m in subjects if m.cls != "Person" or m.name is not None or not incident]

    def _subjects(self, sentence: Sentence, head: Token, words: list[int], modality: Modality) -> Iterator[Mention]:
        """Of whom or what a clause speaks: its subject first, then the incident that it takes up."""
        found: dict[str, Mention] = {}
        above = raised(head)
        subject = above or (_doer(head) if head.pos_ in {"VERB", "AUX"} else None)
        if subject is not None:
            for mention in self._entities(sentence, subject, own=above is not None or subject.head == head):
                found.setdefault(mention.chain, mention)
        if subject is not None and subject.lower_ in {"it", "there"}:
            # "It was not clear why he fled": of whom the clause below speaks.
            below = (c for c in head.subtree if c.dep_ in {"ccomp", "csubj", "acl"} and c.pos_ in {"VERB", "AUX"})
            words = [*words, *(c.i for clause in below for c in clause.children)]
        for position in words:
            token = head.doc[position]
            if token.lower_ in _FIRST_PERSON:
                for mention in self._voice(token, modality):
                    found.setdefault(mention.chain, mention)
            if token == subject or token.pos_ not in {"NOUN", "PROPN", "PRON"}:
                continue
            incident = self._incident(sentence, token)
            if incident is not None:
                found.setdefault(incident.chain, incident)
        yield from found.values()

    def _voice(self, pronoun: Token, modality: Modality) -> Iterator[Mention]:
        """Who says "I" or "we" in quoted words: the crosser, the person or for "we" the body that they are given to."""
        spoken = modality.attribution
        block = next((b for b, doc in self.builder.document.parses if doc is pronoun.doc), None)
        if spoken is None or block is None or not is_quoted(pronoun):
            return
        span = pronoun.doc.char_span(spoken.start - block.start, spoken.end - block.start, alignment_mode="expand")
        if span is None:
            return
        speaker = span.root
        incident = self._incident(self.builder.document.sentence_of(speaker), speaker)
        person = self._person(speaker)
        body = self.organization(speaker) if pronoun.lower_ not in {"i", "me", "my"} else None
        yield from (m for m in (incident, person, body if incident is None else None) if m is not None)

    def _all_of_them(self, sentence: Sentence, subject: Token) -> Cluster | None:
        """The incident of the group that "all five", "both" or "the pair" stand for, as many as are told of."""
        words = {c.lower_ for c in subject.children if c.dep_ in {"det", "predet", "amod", "poss"}} | {subject.lower_}
        if not words & remark_rules().all_of_them:
            return None
        actor = self.people.read(sentence, subject)
        number = actor.count if actor is not None else self.people.counts.number(subject)
        here = self._told_near(sentence, subject, _REACH)
        if here is None or (here.count or 1) == 1:
            return None
        return here if number is None or number == here.count else None

    def _entities(self, sentence: Sentence, subject: Token, *, own: bool) -> Iterator[Mention]:
        """The entities that a subject stands for; a body only where it is the clause's own."""
        incident = self._incident(sentence, subject)
        if incident is not None:
            yield incident
        neuter = subject.lower_ == "it" and incident is None
        organization = self._last_named(subject, "Organization") if neuter else self.organization(subject)
        if organization is not None and own:
            yield organization
        person = self._person(subject)
        if person is not None:
            yield person
        cluster = self.crosser(sentence, subject)
        if cluster is not None and cluster.person is not None and person is None:
            yield cluster.person
        route = self.builder.mention_within("Route", *offsets(subject.doc[subject.left_edge.i : _right(subject) + 1]))
        if route is not None:
            yield route

    def _of_another(self, sentence: Sentence, noun: Token) -> bool:
        """Whether "he" takes up a named person of this sentence or the one before, who did not cross."""
        if noun.lower_ not in {"he", "she", "him", "her", "his"}:
            return False
        named = self._last_named(noun, "Person")
        if named is None or any(c.person is not None and c.person.chain == named.chain for c in self.clusters.clusters):
            return False
        earlier = [s.start for s in self.builder.document.sentences if s.index >= sentence.index - 1]
        return named.start >= min(earlier)

    def _person(self, noun: Token) -> Mention | None:
        """The person that a noun names itself or by its apposition: "the new president, Ms Roe, vowed"."""
        if noun.pos_ == "PRON":
            return self._last_named(noun, "Person") if noun.lower_ in {"he", "she"} else None
        named = (noun, *(c for c in noun.children if c.dep_ == "appos"))
        found = (self.builder.mention_within("Person", *offsets(token)) for token in named)
        return next((mention for mention in found if mention is not None), None)

    def _last_named(self, pronoun: Token, cls: EntityClass) -> Mention | None:
        """The named person or body that a pronoun takes up: the last one before it in its block."""
        at = offsets(pronoun)[0]
        start = offsets(pronoun.doc[0])[0]
        before = [m for m in self.builder.mentions.values() if m.cls == cls and start <= m.start < at and m.name]
        return max(before, key=lambda m: (self._is_subject(pronoun.doc, m), m.start), default=None)

    def _is_subject(self, doc: Doc, mention: Mention) -> bool:
        base = offsets(doc[0])[0]
        span = doc.char_span(mention.start - base, mention.end - base, alignment_mode="expand")
        return span is not None and span.root.dep_ in {"nsubj", "nsubjpass"}

    def _incident(self, sentence: Sentence, noun: Token) -> Mention | None:
        """The incident that a noun stands for: by who crossed, or by a word for the event."""
        cluster = None if self._of_another(sentence, noun) else self.crosser(sentence, noun)
        cluster = cluster or self._all_of_them(sentence, noun)
        if cluster is None and noun.lemma_.lower() in remark_rules().event_nouns and noun.tag_ in {"NN", "NNP"}:
            pointing = any(c.dep_ == "poss" or c.lower_ in {"the", "this", "that", "his", "her"} for c in noun.children)
            cluster = self.here(sentence, noun) if pointing else None
        return cluster.mention if cluster is not None else None


def _doer(verb: Token) -> Token | None:
    """Who does or undergoes a verb, also below an adjective: "he was due to be recalled"."""
    found = subject_of(verb)
    above = verb.head
    return subject_of(above.head) if found is None and verb.dep_ == "xcomp" and above.dep_ == "acomp" else found


def _right(noun: Token) -> int:
    """The last word of a noun's prepositions: "new fences along the river"."""
    inner = [t.i for c in noun.children if c.dep_ == "prep" for t in c.subtree]
    return max([noun.i, *inner])
