"""Signs of a crossing in one sentence: each kind of evidence and where it stands.

A scene is told in more ways than a parse can be trusted with, so most signs are read off the order of the words: a
preposition of a way and what is gone over behind it, a fixed turn of phrase, a place with the word before it. The parse
says whose deed they are (`kg.extract.scene_doers`), and, through `kg.extract.modality`, whether the words make it a
deed that was done: a sign in a clause that is hedged, planned, denied or asked is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.crossing_rules import crossing_rules
from kg.extract.document import Sentence
from kg.extract.geography import Geography, Spot
from kg.extract.modality import assess
from kg.extract.scene_persons import ScenePersons
from kg.extract.scene_places import ScenePlaces
from kg.extract.scene_rules import scene_rules
from kg.extract.scene_words import NOUNS, Sign, clause_of, plain_word

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["SignReader"]

#: How many tokens after a preposition of a way what is gone over may stand: "past a double row of rusty old wire".
_REACH = 9
#: Signs without which a verb such as "come" or "take" is no motion over a border.
_PLACING = frozenset({"over", "away", "arrive", "there", "north", "ashore", "shore"})


class SignReader:
    """Reads sentences.

    Args:
        builder: Holds the document.
        geography: The border's geography.
        persons: Reads the persons of sentences.
    """

    def __init__(self, builder: FactsBuilder, geography: Geography, persons: ScenePersons) -> None:
        self.geography = geography
        self.places = ScenePlaces(builder, geography, persons)
        self.rules = scene_rules()
        self.words = crossing_rules()
        self._known: dict[int, list[Sign]] = {}

    def signs(self, sentence: Sentence) -> list[Sign]:
        """All signs of a sentence that its words make real, in the order of the text."""
        known = self._known.get(sentence.index)
        if known is None:
            known = self._known[sentence.index] = self._read(sentence)
        return known

    def _read(self, sentence: Sentence) -> list[Sign]:
        found = {(s.kind, s.at): s for s in self._all(sentence)}
        placed = {s.head.i for s in found.values() if s.kind in _PLACING}
        real = [
            s
            for s in found.values()
            if (
                s.kind not in {"motion", "surfacing", "lurking"}
                or s.head.i in placed
                or self.words.lemma(s.head) not in self.words.weak
            )
            and self._real(sentence, s.head)
        ]
        return sorted(real, key=lambda s: s.at)

    def _all(self, sentence: Sentence) -> Iterator[Sign]:
        yield from self._phrases(sentence)
        barred: set[int] = set()
        for token in sentence.span:
            lemma = self.words.lemma(token)
            if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB") or token.lower_ in self.words.irregular:
                kinds = self.rules.by_verb.get(lemma, frozenset())
                if "exit" in kinds and self._from_a_thing(sentence, token):
                    continue
                if _unseen(token):
                    yield Sign("absent", token, token.i)
                    kinds = frozenset()
                for kind in kinds:
                    yield Sign(kind, token, token.i)
                if "motion" in kinds:
                    yield from self._ashore(token)
            elif token.pos_ in NOUNS and token.dep_ not in {"compound", "amod"}:
                for kind in self.rules.by_noun.get(lemma, ()):
                    yield Sign(kind, token, token.i)
            if lemma in self.rules.vessels and token.pos_ in NOUNS:
                yield Sign("vessel", clause_of(token), token.i)
            if token.lower_ in self.rules.lawful:
                yield Sign("lawful", sentence.span.root, token.i)
        for token in sentence.span:
            yield from self._over(sentence, token, barred)
        yield from self.places.of(sentence, barred)

    def _phrases(self, sentence: Sentence) -> Iterator[Sign]:
        words = tuple(map(plain_word, sentence.span))
        for at, word in enumerate(words):
            for kind, phrase in self.rules.by_first_word.get(word, ()):
                if words[at : at + len(phrase)] == phrase:
                    token = sentence.span[at]
                    yield Sign(kind, token if token.pos_ == "VERB" else clause_of(token), token.i)

    def _from_a_thing(self, sentence: Sentence, verb: Token) -> bool:
        """Whether somebody is gone from what is no place: "vanished from the guest list"."""
        from_ = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "from"), None)
        left = next((c for c in from_.children if c.dep_ == "pobj"), None) if from_ is not None else None
        if left is None or left.ent_type_ in {"GPE", "LOC", "FAC", "ORG"} or left.pos_ == "PRON":
            return False
        places = {*self.rules.left_places, *self.geography.border.posts, *self.rules.shores}
        spots = self.geography.spots(sentence)
        return not (left.lemma_.lower() in places or any(s.start <= left.i < s.end for s in spots))

    def _ashore(self, verb: Token) -> Iterator[Sign]:
        """ "Came over at daybreak", "swam ashore": the adverb leads to the other side, with nothing named behind it."""
        doc = verb.doc
        for i in range(verb.i + 1, min(verb.i + 4, verb.sent.end)):
            word = doc[i]
            if word.lower_ in self.rules.ashore:
                follows = doc[i + 1] if i + 1 < verb.sent.end else None
                if follows is None or follows.pos_ in {"ADP", "PUNCT", "CCONJ", "ADV", "SCONJ"} or follows.ent_type_:
                    yield Sign("ashore", verb, i)
                    yield Sign("motion", verb, verb.i)
                return
            if word.pos_ not in {"ADV", "PRON", "NOUN"}:
                return

    def _over(self, sentence: Sentence, token: Token, barred: set[int]) -> Iterator[Sign]:
        """What is gone over: "round the end of a fence", "scaled two rows of wire", "into the waters of the strait"."""
        lower = token.lower_
        lemma = self.words.lemma(token)
        verb = token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")
        path, surmounts = lower in self.rules.path and not verb, verb and lemma in self.rules.surmount
        if lower == "behind":
            yield from self._behind(sentence, token)
            return
        enters = lower in {"into", "to", "onto"}
        leaves = lower == "from" and token.pos_ == "ADP"
        if not (path or surmounts or enters or leaves):
            return
        head = token if surmounts else clause_of(token)
        if head.pos_ not in {"VERB", "AUX"} and self.words.lemma(head) not in self.rules.by_noun:
            return
        if (self.words.lemma(head) in self.rules.still and not surmounts) or token.i - head.i > _REACH + 3:
            return
        spots = [s for s in self.geography.spots(sentence) if not s.adjective]
        for follower in token.doc[token.i + 1 : min(token.i + 1 + _REACH, sentence.span.end)]:
            if follower.pos_ in {"VERB", "PRON"} or follower.text in {",", ";", ":", "."}:
                return
            if follower.pos_ == "ADP" and follower.lower_ not in {"of", "in", "at"}:
                return
            spot = next((s for s in spots if s.start <= follower.i < s.end), None)
            if spot is not None and spot.kind in {"line", "water"}:
                if (enters and spot.kind == "line") or (leaves and spot.concept is None):
                    return
                barred.add(spot.start)
                yield Sign("over", head, follower.i)
                yield Sign("motion", head, follower.i)
                return
            if spot is not None and spot.kind in {"other", "third"} and self._is_river(spot):
                yield Sign("away", head, follower.i)
                yield Sign("motion", head, follower.i)
                return
            if spot is not None and spot.side == "home" and (path or surmounts):
                return
            if leaves:
                continue
            known = self.rules.waters if enters else self.rules.barriers
            if follower.pos_ in NOUNS and (follower.lemma_.lower() in known or follower.lower_ in known):
                yield Sign("over", head, follower.i)
                yield Sign("motion", head, follower.i)
                return

    def _behind(self, sentence: Sentence, behind: Token) -> Iterator[Sign]:
        """ "By dawn he had the minefield behind him": what lies behind somebody has been gone over."""
        verb = clause_of(behind)
        moved = next((c for c in verb.children if c.dep_ in {"dobj", "nsubj"} and c.i > verb.i), None)
        moved = moved or next((c for c in verb.children if c.dep_ == "dobj"), None)
        if moved is None or self.words.lemma(verb) not in {"have", "leave", "put"}:
            return
        lines = [s for s in self.geography.spots(sentence) if s.kind in {"line", "water"}]
        over = moved.lemma_.lower() in self.rules.barriers or any(s.start <= moved.i < s.end for s in lines)
        if over and any(c.pos_ == "PRON" for c in behind.children):
            yield Sign("over", verb, moved.i)
            yield Sign("motion", verb, moved.i)

    def _real(self, sentence: Sentence, head: Token) -> bool:
        meant = assess(sentence, head)
        if meant.specificity == "general" and head.pos_ in NOUNS:
            return False
        if meant.certainty == "possible":
            return False
        return meant.real or (meant.negated and meant.tense == "past" and (self._gone(sentence) or _unseen(head)))

    def _gone(self, sentence: Sentence) -> bool:
        text = " ".join(map(plain_word, sentence.span))
        return any(words in text for words in self.rules.phrases.get("absent", ()))

    def _is_river(self, spot: Spot) -> bool:
        entry = self.geography.lexicon.get(spot.concept) if spot.concept is not None else None
        return entry is not None and entry.pref_label.endswith(" River")


def _unseen(verb: Token) -> bool:
    """Whether nobody saw somebody again: "was not seen by his colleagues again", "has not been heard of since"."""
    if verb.tag_ != "VBN" or verb.lemma_.lower() not in {"see", "hear"}:
        return False
    words = {c.lower_ for c in verb.children}
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive and bool(words & {"not", "n't", "never"}) and bool(words & {"again", "since", "thereafter"})
