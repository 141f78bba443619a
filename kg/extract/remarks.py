"""What a text says of its entities without making it a fact, where no other property holds it: remarks.

A clause that is hedged, denied, negated, future or given to a speaker, and that speaks of an incident, a person, an
organisation or a route, is a claim of the property `cx:remark` with a topic for its value: "the army may tighten its
watch" says of the army something possible about border security. The vocabulary keeps remarks out of the default graph
(`cx:admitted false`); the claim layer has the words, how they are meant, and who says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.around import Around
from kg.extract.attribution import reporting, spoken_by
from kg.extract.document import Sentence, offsets
from kg.extract.modality import Modality, weakest
from kg.extract.rules import Pack, general_pack
from kg.extract.saying import clause_words
from kg.extract.specificity import modality_rules, subject_of
from kg.facts.model import EntityClass, Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Token

__all__ = ["RemarkRules", "Remarks", "remark_rules"]

_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "acl", "parataxis", "xcomp", "pcomp", "csubj"})
_HANGING = frozenset({"acl", "advcl", "relcl", "xcomp", "pcomp"})
_CONTENT = frozenset({"dobj", "prep", "agent", "nsubjpass", "xcomp", "oprd", "attr", "acomp", "advcl"})
_OTHER = "topic:other"
#: A clause of two words ("Hong added") only says who speaks.
_FEWEST = 3


class RemarkRules(Pack, frozen=True, kw_only=True):
    """The pack `remarks.yaml`: lemmas and phrases in lower case."""

    hedge_nouns: frozenset[str]
    hedge_verbs: frozenset[str]
    naming_verbs: frozenset[str]
    shared_topics: frozenset[str]
    personal_topics: frozenset[str]
    event_nouns: frozenset[str]
    topics: dict[str, tuple[str, ...]]


@cache
def remark_rules() -> RemarkRules:
    """The pack, read once a process."""
    return general_pack("remarks", RemarkRules)


class Remarks(Around):
    """Reads the clauses of sentences for remarks; to be asked after all readers that know a property."""

    def read(self, sentence: Sentence) -> None:
        """Add the remarks of one sentence."""
        said: list[tuple[range, Modality]] = []
        for head in _heads(sentence):
            modality = self._meant(sentence, head)
            if _plain(modality):
                continue
            words = self._words(head)
            if len(words) < _FEWEST:
                continue
            if any(set(words) <= set(known) and _adds_nothing(head, modality, other) for known, other in said):
                continue
            hanging = head.dep_ in _HANGING and _raised(head) is None
            if hanging and modality.certainty == "reported" and not modality.negated:
                continue  # given to the speaker with the clause that it hangs on
            subjects = list(self._subjects(sentence, head, words))
            topic = _topic(head, words)
            if self._on_the_incident(sentence, head, subjects, topic):
                here = self.here(sentence, head)
                if here is not None and here.mention is not None:
                    subjects.append(here.mention)
            if not subjects and (modality.certainty != "reported" or modality.negated or modality.tense == "future"):
                speaker = self._speaker(modality)
                subjects += [speaker] if speaker is not None else []
            span = range(words[0], words[-1] + 1)
            for subject in self._borne(subjects, topic):
                if not self._known(subject, head, words, modality):
                    value = Value(kind="concept", value=topic)
                    self.saying.claim(subject, "cx:remark", value, head.doc, words, modality)
            if subjects:
                said.append((span, modality))

    def _meant(self, sentence: Sentence, head: Token) -> Modality:
        """How a remark is meant: as its clause is, and as a verb of saying or a word of doubt makes what it governs."""
        modality = self.modality(sentence, head)
        lemma, certainty = head.lemma_.lower(), modality.certainty
        naming = lemma in remark_rules().naming_verbs and any(c.dep_ == "oprd" for c in head.children)
        says = naming or lemma in reporting().verbs
        if head.pos_ in {"VERB", "AUX"} and says and modality.attribution is None:
            spoken = spoken_by(head)
            if spoken is not None:
                certainty = weakest([certainty, "denied" if lemma in modality_rules().verbs["denied"] else "reported"])
                return replace(modality, certainty=certainty, attribution=spoken)
        clauses = (c for c in head.children if c.dep_ in {"csubj", "csubjpass", "ccomp"})
        if any(m.lower_ in modality_rules().open_marks for clause in clauses for m in clause.children):
            certainty = weakest([certainty, "possible"])  # "whether he wishes to stay is not yet known"
        if lemma in remark_rules().hedge_nouns and head.pos_ == "NOUN":
            certainty = weakest([certainty, "possible"])
        if lemma in remark_rules().hedge_verbs and head.pos_ == "VERB":
            certainty = weakest([certainty, "possible"])
        return replace(modality, certainty=certainty)

    def _on_the_incident(self, sentence: Sentence, head: Token, subjects: list[Mention], topic: str) -> bool:
        """Whether a clause that names no crosser is said of the incident that is spoken of around it.

        What bodies are to do about it, and what nobody in particular does; not what a kind of people does.
        """
        if topic == _OTHER and not (not subjects and self._told_here(sentence)):
            return False
        if any(m.cls in {"Incident", "Route", "Statistic"} for m in subjects):
            return False
        if subjects:
            return all(m.cls == "Organization" for m in subjects) and topic in {
                f"topic:{name}" for name in remark_rules().shared_topics
            }
        subject = subject_of(head) if head.pos_ in {"VERB", "AUX"} else None
        actor = self.people.read(sentence, subject) if subject is not None else None
        return actor is None or not (actor.generic or actor.counted or actor.plural)

    def _told_here(self, sentence: Sentence) -> bool:
        """Whether the paragraph tells of an incident, so that what it leaves open or denies is said of that."""
        return any(f.sentence.block.id == sentence.block.id for c in self.clusters.clusters for f in c.frames)

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

    def _words(self, head: Token) -> list[int]:
        """The words of the remark: its clause, or the noun with what hangs on it."""
        if head.pos_ in {"VERB", "AUX"}:
            raised = _raised(head)
            return sorted({*clause_words(head), head.head.i}) if raised is not None else clause_words(head)
        words = [t.i for t in head.subtree if abs(t.i - head.i) < 15 and not t.is_space]
        return words or [head.i]

    def _subjects(self, sentence: Sentence, head: Token, words: list[int]) -> Iterator[Mention]:
        """Of whom or what a clause speaks: its subject first, then the incident that it takes up."""
        found: dict[str, Mention] = {}
        raised = _raised(head)
        subject = raised or (subject_of(head) if head.pos_ in {"VERB", "AUX"} else None)
        if subject is not None:
            for mention in self._entities(sentence, subject, own=raised is not None or subject.head == head):
                found.setdefault(mention.chain, mention)
        for position in words:
            token = head.doc[position]
            if token == subject or token.pos_ not in {"NOUN", "PROPN", "PRON"}:
                continue
            incident = self._incident(sentence, token)
            if incident is not None:
                found.setdefault(incident.chain, incident)
        yield from found.values()

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
        route = self.builder.mention_within("Route", *offsets(subject))
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
        if cluster is None and noun.lemma_.lower() in remark_rules().event_nouns and noun.tag_ in {"NN", "NNP"}:
            pointing = any(c.dep_ == "poss" or c.lower_ in {"the", "this", "that", "his", "her"} for c in noun.children)
            cluster = self.here(sentence, noun) if pointing else None
        return cluster.mention if cluster is not None else None

    def _known(self, subject: Mention, head: Token, words: list[int], modality: Modality) -> bool:
        """Whether a claim of another property already says this of the entity, meant in the same way."""
        at = offsets(head)[0]
        start, end = self.saying.span(head.doc, words)
        for claim in self.builder.claims.values():
            if self.builder.mentions[claim.subject].chain != subject.chain or claim.predicate == "cx:remark":
                continue
            alike = (claim.certainty, claim.negated, claim.tense) == (
                modality.certainty,
                modality.negated,
                modality.tense,
            )
            if alike and any(
                e.start <= at < e.end and e.start >= start - 60 and e.end <= end + 60 for e in claim.evidence
            ):
                return True
        return False


def _heads(sentence: Sentence) -> Iterator[Token]:
    """The heads of clauses from the top down, then nouns that make a remark by themselves."""
    reporting_verbs = reporting().verbs
    verbs = [t for t in sentence.span if t.pos_ in {"VERB", "AUX"} and t.dep_ in _CLAUSES]
    for verb in sorted(verbs, key=_depth):
        says = verb.lemma_.lower() in reporting_verbs and any(c.dep_ == "ccomp" for c in verb.children)
        # "is likely to deal": the infinitive is what is said.
        governs = verb.lemma_ == "be" and any(
            c.dep_ == "acomp" and any(g.dep_ == "xcomp" for g in c.children) for c in verb.children
        )
        # "Hong added": what is said stands elsewhere.
        aside = verb.lemma_.lower() in reporting_verbs and not any(c.dep_ in _CONTENT for c in verb.children)
        if not (says or governs or aside):
            yield verb
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN" and (
            (lemma in remark_rules().hedge_nouns and _governs(token))
            or (lemma in remark_rules().event_nouns and _hedged(token))
        ):
            yield token


def _raised(head: Token) -> Token | None:
    """Of whom a passive of saying or thinking tells what stands below it: "he is said to fish", "thought to be 30"."""
    verb, rules = head.head, modality_rules().verbs
    told = rules["reported"] | rules["probable"] | rules["possible"]
    if head.dep_ != "xcomp" or verb.tag_ != "VBN" or verb.lemma_.lower() not in told:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is not None and subject.tag_ not in {"WP", "WDT"}:
        return subject
    return verb.head if verb.dep_ in {"acl", "relcl"} else None


def _hedged(noun: Token) -> bool:
    adjectives = modality_rules().adjectives
    words = adjectives["reported"] | adjectives["probable"] | adjectives["possible"]
    return any(c.dep_ == "amod" and c.lower_ in words for c in noun.children)


def _governs(noun: Token) -> bool:
    return any(c.dep_ in {"prep", "acl", "ccomp"} and c.lower_ not in {"in", "at", "on"} for c in noun.children)


def _depth(token: Token) -> tuple[int, int]:
    steps, node = 0, token
    while node.head != node:
        steps, node = steps + 1, node.head
    return steps, token.i


def _plain(modality: Modality) -> bool:
    return modality.certainty == "asserted" and not modality.negated and modality.tense != "future"


def _adds_nothing(head: Token, modality: Modality, known: Modality) -> bool:
    """Whether a clause within a remark is meant as that is, or only says on what its verb works."""
    hanging = head.dep_ in _HANGING and modality.negated == known.negated
    return hanging or _alike(modality, known)


def _alike(one: Modality, other: Modality) -> bool:
    return (one.certainty, one.negated, one.tense) == (other.certainty, other.negated, other.tense)


def _topic(head: Token, words: list[int]) -> str:
    own = (
        {t.i for c in head.children if c.dep_ in {"nsubj", "nsubjpass"} for t in c.subtree} if len(words) > 3 else set()
    )
    # Who does it is no topic: "a soldier may defect" is not about soldiers.
    tokens = [head.doc[i] for i in words if i not in own] or [head]
    lemmas = {t.lemma_.lower() for t in tokens} | {t.lower_ for t in tokens}
    text = " ".join(t.lower_ for t in tokens)
    for topic, singles, phrases in _topic_words():
        if not singles.isdisjoint(lemmas) or any(phrase in text for phrase in phrases):
            return topic
    return _OTHER


@cache
def _topic_words() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    return tuple(
        (f"topic:{name}", frozenset(w for w in words if " " not in w), tuple(w for w in words if " " in w))
        for name, words in remark_rules().topics.items()
    )
