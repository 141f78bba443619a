"""Who a scene may be about: the persons of a sentence that can be crossers, and what is said of where they belong."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.attribution import reporting
from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import crossing_rules
from kg.extract.document import Sentence, offsets
from kg.extract.geography import Geography
from kg.extract.modality import assess
from kg.extract.participants import Participant, Participants
from kg.extract.posts import Posts
from kg.extract.scene_rules import Kind, scene_rules
from kg.extract.scene_words import NOUNS, POINTED, PRONOUNS, word_before

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["ScenePersons"]

#: How many tokens of a description are read behind a person: "counsellor at the embassy of the North in Laos".
_DESCRIBED = 14
#: How far behind a noun the name may stand that it is given.
_REACH = 9
#: A given name of two syllables as Korean is written: "Yong-ho".
_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{1,6}")
_POSSESSIVE = "their"
_CALLED = frozenset({"know", "name", "call", "surname", "surnamed", "identify", "nickname", "dub"})


class ScenePersons:
    """Reads the persons of sentences.

    Args:
        builder: Holds the named persons.
        geography: The border's geography.
        people: Reads noun phrases.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography, people: Participants) -> None:
        self.builder = builder
        self.geography = geography
        self.people = people
        self.posts = Posts(builder, geography)
        self.rules = scene_rules()
        self.words = crossing_rules()
        self._known: dict[int, list[Participant]] = {}

    def of(self, sentence: Sentence) -> list[Participant]:
        """Who of a sentence may be a crosser, in the order of the text: no kind, no official, no mere speaker.

        Args:
            sentence: The sentence.
        """
        known = self._known.get(sentence.index)
        if known is None:
            known = self._known[sentence.index] = self._find(sentence)
        return known

    def _find(self, sentence: Sentence) -> list[Participant]:
        found: list[Participant] = []
        # A place that the parser takes for a person is none.
        placed = {i for s in self.geography.spots(sentence) if not s.adjective for i in range(s.start, s.end)}
        for token in sentence.span:
            if token.i in placed or not self._may_be_person(token):
                continue
            misread = token.dep_ in {"compound", "dep"} and token.head.pos_ == "VERB" and token.head.i == token.i + 1
            if (token.dep_ in {"compound", "amod", "nmod"} and not misread) or (
                token.dep_ == "poss" and token.pos_ == "PRON"
            ):
                continue
            person = self.people.read(sentence, token)
            if person is None or person.generic or person.counted or any(p.head is person.head for p in found):
                continue
            if person.pronoun and token.dep_ == "pobj" and token.head.head.pos_ == "NUM":
                # "the two of them": so many as the number says, told before
                person.count, person.pronoun = self.people.counts.number(token.head.head), False
            if token.pos_ == "NUM" and person.head is token and not self._counts_persons(token):
                continue
            if person.approximate and person.plural:
                continue
            unnumbered = person.plural and person.count is None and not (person.definite or person.name)
            if unnumbered and not person.nouns & self.words.group_nouns:
                continue
            if self.is_abroad(sentence, token):
                continue
            if token.dep_ == "appos" and person.name is None:
                person.name = self._named_above(token)
            if (
                token.dep_ == "pobj"
                and token.head.lower_ in {"of", "from"}
                and self._is_group(sentence, token.head.head)
            ):
                continue
            if self._speaks(token) or self._is_helper(sentence, token, person):
                continue
            whole = next((p for p in found if token.dep_ == "appos" and token.head is p.head), None)
            if whole is None and token.dep_ == "appos" and self.is_abroad(sentence, token.head):
                # "the envoy in Lima, Ri Il-su": the name that the parse gives to the place is that of the envoy
                whole = next((p for p in found if p.head in token.head.ancestors), None)
            if whole is None and person.name is not None and found and found[-1].name is None:
                whole = found[-1] if self._names(found[-1].head, token) else None
            if whole is not None:
                _join(whole, person)
                continue
            found.append(person)
        return found

    def described(self, sentence: Sentence, person: Participant) -> set[Kind]:
        """What the words of a person say of where he belongs: origin, post, abroad, soldier, outsider."""
        kinds: set[Kind] = set()
        if person.side == "home":
            kinds.add("origin")
        elif person.side in {"other", "destination"}:
            kinds.add("outsider")
        if "actor:soldier" in person.kinds or person.rank is not None:
            kinds.add("soldier")
        if person.nouns & {"defector", "escapee", "redefector"}:
            kinds.add("origin")
        doc, start = person.head.doc, person.words[0]
        end = min(self._end_of_description(person), sentence.span.end)
        if self.people.side_of_body(start, end, person.head) == "home":
            kinds.add("origin")
        posted = bool(person.nouns & self.words.post_persons) or "actor:diplomat" in person.kinds
        text = " ".join(doc[i].lower_ for i in range(start, end))
        posted = posted or any(doc[i].lemma_.lower() in self.words.post_persons for i in range(start, end))
        at_post = any(post in text for post in self.geography.border.posts)
        for spot in self.geography.spots(sentence):
            if not start <= spot.start < end:
                continue
            before = word_before(doc, spot.start)
            if spot.side == "home" and (spot.adjective or before in {"of", "from", "in", "at", "near", "off", "for"}):
                kinds.add("origin")
            if spot.kind in {"third", "other"} and not spot.adjective and before in {"in", "to", "at"}:
                kinds.add("abroad")
            if spot.kind == "other" and spot.adjective and spot.end <= person.head.i + 1:
                kinds.add("outsider")
        sent = posted or any(doc[i].lower_ in self.rules.sent for i in range(start, end))
        if sent and any(self.is_abroad(sentence, doc[i]) for i in range(person.head.i + 1, end)):
            kinds.add("abroad")
        if any(doc[i].lower_ in self.rules.former for i in range(start, end)):
            kinds.add("former")
        words = [_POSSESSIVE if t.tag_ == "PRP$" else t.lower_ for t in sentence.span]
        owned = {f"{one} {other}" for one, other in pairwise(words) if one == _POSSESSIVE}
        at_post = at_post or any(f"{_POSSESSIVE} {post}" in owned for post in self.geography.border.posts)
        if posted and (at_post or "abroad" in kinds):
            kinds.add("post")
            if "outsider" not in kinds and self.posts.of_home:
                kinds.add("origin")
        return kinds

    def predicated(self, sentence: Sentence) -> set[Kind]:
        """What a sentence says that somebody told of is: "He is a private in the army of the North"."""
        kinds: set[Kind] = set()
        for verb in sentence.span:
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb.lemma_ == "be" else None
            said = next((c for c in verb.children if c.dep_ in {"attr", "acomp"}), None)
            if subject is None or said is None or not assess(sentence, verb).real:
                continue
            pointed = subject.lower_ in PRONOUNS or any(c.lower_ in POINTED for c in subject.children)
            below = {t.i for t in said.subtree}
            if pointed and any(s.side == "home" and s.start in below for s in self.geography.spots(sentence)):
                kinds.add("origin")
        return kinds

    def standing(self, person: Participant, told: Set[Kind]) -> set[Kind]:
        """What a name tells: it is not of the border's people; it is all that is said, or the phrase takes somebody up.

        Args:
            person: Who a scene is about.
            told: What else is told of him; where that is his origin, no name makes him a stranger.
        """
        known = self.builder.mentions[person.name].quote if person.name is not None else None
        if known is None and person.head.pos_ == "PROPN" and person.head.ent_type_ == "PERSON":
            known = person.head.text
        if known is None:
            return {"bare"} if person.definite else set()
        words = known.split()
        foreign = not {words[0], words[-1]} & set(self.geography.border.names.surnames)
        foreign = foreign and not (len(words) == 2 and _SYLLABLES.fullmatch(words[1]))
        said = person.head.pos_ == "NOUN" or person.kinds or person.rank or person.nouns & self.words.person_nouns
        kinds: set[Kind] = {"outsider"} if foreign and "origin" not in told else set()
        return kinds if said else kinds | {"bare"}

    def is_abroad(self, sentence: Sentence, token: Token) -> bool:
        """Whether a place that no gazetteer need know is one of neither side: "in Dar es Salaam"."""
        known = any(
            s.start <= token.i < s.end and (s.side is not None or s.kind in {"line", "water"})
            for s in self.geography.spots(sentence)
        )
        return (
            token.ent_type_ in {"GPE", "LOC"}
            and token.dep_ == "pobj"
            and token.head.lower_ in {"in", "to", "at"}
            and not known
        )

    def _may_be_person(self, token: Token) -> bool:
        """Whether a token is of a word class that a phrase for a person can have for its head."""
        if token.pos_ == "ADJ":
            # "The 20-year-old", "a corporal leaves": a rank that is an adjective elsewhere.
            aged = token.lower_ == "old" and token.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj", "appos"}
            return aged or self.people.lexicon.concept("rank", token.lower_) is not None
        return token.pos_ in NOUNS or token.pos_ == "NUM" or token.lower_ in PRONOUNS

    def _speaks(self, token: Token) -> bool:
        """Whether somebody is only the one who says something."""
        verb = token.head
        return token.dep_ == "nsubj" and verb.lemma_.lower() in reporting().verbs and verb.dep_ != "conj"

    def _is_helper(self, sentence: Sentence, token: Token, person: Participant) -> bool:
        """Whether somebody is one of those who met or held a crosser: of the other side, or the agent of a passive."""
        if token.dep_ == "pobj" and token.head.dep_ == "agent":
            return True
        if person.side == "destination":
            return not any(s.side == "home" and not s.adjective for s in self.geography.spots(sentence))
        official = "actor:official" in person.kinds and not person.nouns & self.words.post_persons
        return "actor:leader" in person.kinds or (official and person.side != "home" and person.rank is None)

    def _is_group(self, sentence: Sentence, noun: Token) -> bool:
        """Whether a noun is persons already, whom what is below it only divides: "ten people of two families"."""
        return noun.pos_ in NOUNS and self.people.read(sentence, noun) is not None

    def _names(self, noun: Token, name: Token) -> bool:
        """Whether a name is given to the noun before it: "a cook known only as Mr Ha", "a private surnamed Oh"."""
        between = noun.doc[noun.i + 1 : name.i]
        if len(between) > _REACH or any(t.pos_ == "PUNCT" and t.text not in {",", "-"} for t in between):
            return False
        return any(t.lemma_.lower() in _CALLED for t in between)

    def _named_above(self, described: Token) -> str | None:
        """The named person whom an apposition describes, though it hangs on another word: "that of Ri, a secretary"."""
        start, end = offsets([t for t in described.head.subtree if t.i <= described.i])
        found = [m for m in self.builder.mentions.values() if m.cls == "Person" and start <= m.start < end and m.name]
        return found[0].id if len(found) == 1 else None

    def _counts_persons(self, token: Token) -> bool:
        return token.dep_ in {"nsubj", "nsubjpass"} and not any(
            c.dep_ == "prep" and c.lower_ == "of" for c in token.children
        )

    def _end_of_description(self, person: Participant) -> int:
        """One past the words behind a person that describe him: up to a finite verb or the end of the clause."""
        doc, first = person.head.doc, person.head.i + 1
        for i in range(first, min(first + _DESCRIBED, len(doc))):
            token = doc[i]
            finite = token.tag_ in {"VBD", "VBZ", "VBP", "MD"} or token.lower_ in {
                "who",
                "which",
                "that",
                "whose",
                "when",
            }
            if finite or token.text in {";", ":", "."} or token.sent is not person.head.sent:
                return i
        return min(first + _DESCRIBED, len(doc))


def _join(whole: Participant, part: Participant) -> None:
    """What an apposition adds to whom it describes: "Oh, then a railway clerk"."""
    whole.kinds = tuple(sorted({*whole.kinds, *part.kinds}))
    whole.side = whole.side or part.side
    whole.rank = whole.rank or part.rank
    whole.nouns = whole.nouns | part.nouns
    whole.name = whole.name or part.name
