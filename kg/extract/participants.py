"""The persons of a clause: who a noun phrase stands for, how many, of which side, whether told before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.document import Sentence, offsets
from kg.extract.geography import Geography
from kg.extract.head_counts import HeadCounts, is_figure, is_numbered
from kg.extract.modality import is_generic

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["Participant", "Participants", "phrase"]

_LABELS = "actor labels"
_PHRASES = "phrases"
_PRONOUNS = {
    "he": "male",
    "him": "male",
    "himself": "male",
    "his": "male",
    "she": "female",
    "her": "female",
    "herself": "female",
    "hers": "female",
    "they": "",
    "them": "",
    "themselves": "",
    "their": "",
    "who": "",
    "it": "",
}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


@dataclass
class Participant:
    """Who a noun phrase stands for.

    Attributes:
        head: The noun, pronoun or name.
        words: The token indices of the phrase that names or describes him.
        side: `home` or `destination` where the words say of which side; `other` for another country's.
        definite: One told of before: "the soldier", "he".
        pronoun: The phrase is a pronoun.
        another: The words set him apart from one told of before ("another soldier").
        count: How many persons; None where the words do not say.
        name: The id of the Person mention, for a named one.
        kinds: The concepts of actor types that the words are labels of.
        rank: The concept of a rank.
        generic: A kind of persons, not certain ones.
        approximate: The number is only about right.
        counted: A figure of a statistic, as far as the noun tells.
    """

    head: Token
    words: tuple[int, int]
    side: str | None = None
    definite: bool = False
    pronoun: bool = False
    another: bool = False
    count: int | None = None
    plural: bool = False
    name: str | None = None
    kinds: tuple[str, ...] = ()
    rank: str | None = None
    generic: bool = False
    counted: bool = False
    approximate: bool = False
    nouns: frozenset[str] = frozenset()


class Participants:
    """Reads noun phrases.

    Args:
        builder: Holds the named persons.
        geography: Tells the side of demonyms and places.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography) -> None:
        self.builder = builder
        self.geography = geography
        self.lexicon = geography.lexicon
        self.rules: CrossingRules = crossing_rules()
        self.counts = HeadCounts(builder)

    def read(self, sentence: Sentence, head: Token) -> Participant | None:
        """The person or persons of a noun phrase, or None where it does not stand for persons.

        Args:
            sentence: The sentence of the phrase.
            head: The head of the noun phrase.
        """
        whole, head = head, self._person_in(head)
        part = whole is not head and (whole.pos_ == "NUM" or whole.like_num)
        lower = head.lower_
        if lower in {"someone", "somebody"}:
            return Participant(head, (head.i, head.i + 1), count=1, nouns=frozenset({"person"}))
        if head.pos_ == "PRON" and lower in _PRONOUNS:
            if lower in {"it", "who"}:
                return None
            plural = lower in {"they", "them", "themselves", "their"}
            return Participant(head, (head.i, head.i + 1), definite=True, pronoun=True, plural=plural)
        name = self._name(head)
        labels = self._labels(sentence, head)
        person = name is not None or labels or self._is_person_noun(sentence, head)
        if not person or (lower in self.rules.body_nouns and not is_numbered(head) and name is None):
            return None
        start, end = phrase(head)
        while start < head.i and self.builder.time_within(*offsets(head.doc[start])) is not None:
            start += 1  # "on 8 May 2018 a man", parsed as one phrase
        if labels and name is None and self._is_misread(sentence, head, start):
            end = head.i
        side = self._side(sentence, head) or self._side_of_group(sentence, head)
        determiners = {c.lower_ for c in head.children if c.dep_ in {"det", "amod", "nummod", "poss"}}
        plural = head.tag_ in {"NNS", "NNPS"} or lower in self.rules.group_nouns or lower == "people"
        count = self.counts.number(whole) if part else self.counts.of(head, plural)
        kinds = tuple(sorted({c for c in labels if c.startswith("actor:")}))
        rank = next((c for c in sorted(labels) if c.startswith("rank:")), None)
        owned = any(c.dep_ == "poss" for c in head.children)
        return Participant(
            head=head,
            words=(min(start, whole.i), end),
            side=side,
            definite=name is not None or bool(determiners & _DEFINITE) or owned,
            another=bool(determiners & self.rules.another) and "the" not in determiners,
            count=count,
            plural=plural,
            name=name,
            kinds=kinds,
            rank=rank,
            generic=name is None and is_generic(head) and head.pos_ != "NUM",
            counted=is_figure(head),
            approximate=any(t.lower_ in self.rules.about for t in head.doc[max(start - 1, head.sent.start) : head.i]),
            nouns=frozenset(
                {head.lemma_.lower()} | {c.lower_ for c in head.children if c.dep_ in {"amod", "compound"}}
            ),
        )

    def _is_misread(self, sentence: Sentence, head: Token, start: int) -> bool:
        """Whether a phrase's label ends before its head, the verb: "heard the corporal shout", parsed as one phrase."""
        ends = {match.span.end for match in self.lexicon.match(head.doc[start : head.i + 1], ("actor", "rank"))}
        return head.i in ends and head.i + 1 not in ends and not self._is_person_noun(sentence, head)

    def _person_in(self, head: Token) -> Token:
        """The person that a phrase is about: "four of them", "a group of soldiers"."""
        if (
            head.lemma_.lower() in {"group", "pair", "trio", "number", "couple", "total", "one", "crew"}
            or head.pos_ == "NUM"
        ):
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ == "of":
                    inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                    if inner is not None and (inner.lemma_.lower() in self.rules.person_nouns or inner.tag_ == "NNPS"):
                        return inner
        return head

    def _name(self, head: Token) -> str | None:
        start, end = offsets(head)
        found = self.builder.mention_within("Person", start, end)
        if found is None and head.pos_ in {"NOUN", "PROPN"}:
            # "a missionary, John Roe, walked": the apposition names the subject.
            named = (c for c in head.children if c.dep_ == "appos" and c.i > head.i)
            found = next((m for m in (self.builder.mention_within("Person", *offsets(c)) for c in named) if m), None)
        return found.id if (found is not None and found.name is not None) or found is not None else None

    def _labels(self, sentence: Sentence, head: Token) -> set[str]:
        """The actor types and ranks whose labels stand in the noun phrase and end at its head."""
        known: dict[int, frozenset[str]] = head.doc.user_data.setdefault((_LABELS, self.lexicon.sha256), {})
        if head.i not in known:
            known[head.i] = frozenset(self._found_labels(head))
        return set(known[head.i])

    def _found_labels(self, head: Token) -> set[str]:
        start, _ = phrase(head)
        span = head.doc[start : head.i + 1]
        found: set[str] = set()
        for match in self.lexicon.match(span, ("actor", "rank")):
            if match.span.end == head.i + 1 or match.span.end == head.i:
                found |= {entry.curie for entry in match.entries}
        lemma = head.lemma_.lower()
        for scheme in ("rank", "actor"):
            if any(name.startswith(f"{scheme}:") for name in found):
                continue
            # A word that is an adjective as well has a label that says so: "private (rank)".
            concept = self.lexicon.concept(scheme, lemma) or self.lexicon.concept(scheme, f"{lemma} ({scheme})")
            if concept is not None:
                found.add(concept)
        return found

    def _is_person_noun(self, sentence: Sentence, head: Token) -> bool:
        lemma = head.lemma_.lower()
        if lemma == "hand":  # "a factory hand": a person only by what he works at, and one of them
            return head.tag_ == "NN" and any(c.dep_ == "compound" and c.i == head.i - 1 for c in head.children)
        if lemma in self.rules.person_nouns or head.lower_ in self.rules.person_nouns:
            return head.pos_ != "NUM" or head.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}
        if head.pos_ == "PROPN" and head.ent_type_ == "PERSON":
            return True
        if lemma.endswith("-year-old") or head.text.lower().endswith("-year-old") or lemma == "old":
            return True
        # "a North Korean", "two North Koreans": the demonym is the noun.
        spots = self.geography.spots(sentence)
        return any(s.adjective and s.end == head.i + 1 for s in spots) and head.pos_ in {"NOUN", "PROPN", "ADJ"}

    def _side(self, sentence: Sentence, head: Token) -> str | None:
        """The side of a person: by adjective, possessive, or "from the North"."""
        start, end = phrase(head)
        for spot in self.geography.spots(sentence):
            inside = start <= spot.start < end
            if not inside:
                continue
            if spot.start <= head.i and spot.kind in {"home", "destination", "other"}:
                return spot.kind
            before = head.doc[spot.start - 1].lower_ if spot.start else ""
            if before in {"the", "a"} and spot.start > 1:
                before = head.doc[spot.start - 2].lower_
            if before in {"from", "of"} and spot.kind in {"home", "destination", "other"}:
                return spot.kind
            if before == "from" and spot.kind == "place":
                return spot.side
        return self._side_written_small(head) or self.side_of_body(start, end, head)

    def _side_written_small(self, head: Token) -> str | None:
        """The side of "a northern captain": a one-word adjective of a side, written small."""
        sides = self.geography.border.sides
        for child in head.children:
            if child.dep_ == "amod" and child.text.islower():
                for side, adjectives in (
                    ("home", sides.home.adjectives),
                    ("destination", sides.destination.adjectives),
                ):
                    if child.lower_ in {a.lower() for a in adjectives}:
                        return side
        return None

    def side_of_body(self, start: int, end: int, head: Token) -> str | None:
        """The side of a soldier "of the People's Army": that of the body between two tokens of his phrase."""
        body = self.builder.mention_within("Organization", *offsets(head.doc[start:end]))
        entry = self.lexicon.get(body.concept) if body is not None and body.concept else None
        states = entry.values("ofState") if entry is not None else ()
        sides = self.geography.border.sides
        if sides.home.place in states:
            return "home"
        return "destination" if sides.destination.place in states else None

    def _side_of_group(self, sentence: Sentence, head: Token) -> str | None:
        """The side of "one of them", from the persons whom the sentence named before."""
        of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        them = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        if them is None or them.lower_ not in {"them", "these", "those"}:
            return None
        for token in reversed([t for t in sentence.span if t.i < head.i and t.tag_ in {"NNS", "NNPS"}]):
            side = self._side(sentence, token)
            if side is not None:
                return side
        return None


def phrase(head: Token) -> tuple[int, int]:
    """The token indices of the noun phrase of a head: what stands before it, and its short prepositional phrases."""
    known: dict[int, tuple[int, int]] = head.doc.user_data.setdefault(_PHRASES, {})
    if head.i not in known:
        known[head.i] = _phrase(head)
    return known[head.i]


def _phrase(head: Token) -> tuple[int, int]:
    if head.pos_ == "PRON":
        return head.i, head.i + 1
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.i < head.i and child.dep_ in {
            "det",
            "amod",
            "compound",
            "nummod",
            "poss",
            "nmod",
            "quantmod",
            "advmod",
            "predet",
        }:
            start = min(start, child.left_edge.i)
        elif child.i > head.i and child.dep_ == "prep" and child.lower_ in {"from", "of"}:
            last = child.right_edge.i + 1
            if last - child.i <= 5 and not any(t.dep_ in {"relcl", "acl", "punct"} for t in child.subtree):
                end = max(end, last)
    return start, end
