"""How likely a sentence tells a crossing that took place, by weights learned from annotated texts.

Rules read the ways of telling that their writer thought of; news has more. What is sure to come again in other words
is weighed here: the words of a sentence beside names, the signs that the rules of scenes find in it, who is in it, how
its verbs are meant, its dates and places by the side that they are of. A logistic regression over these features
(`kg.training.regression`) was fitted on gold sets of the project; `rules/telling.json` has its weights, and says on
which. No name of a person or a place is a feature, so that nothing is learned about one case.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from kg.errors import UsageError
from kg.extract.builder import FactsBuilder
from kg.extract.document import Sentence
from kg.extract.founding import Founding
from kg.extract.modality import assess
from kg.extract.rules import RULES_DIR
from kg.extract.scene_persons import ScenePersons
from kg.extract.scene_signs import SignReader

if TYPE_CHECKING:
    from kg.extract.parsed import Token
    from kg.extract.participants import Participant

__all__ = ["WEIGHTS", "Features", "Regression", "TellingModel", "telling_model"]

#: Where the weights are.
WEIGHTS = RULES_DIR / "telling.json"
#: Word classes that stand for one case: names, numbers, marks.
_UNSAID = frozenset({"PROPN", "PUNCT", "SPACE", "NUM", "SYM", "X"})
_VERBAL = frozenset({"VBD", "VBN", "VBZ", "VBP", "MD", "VBG"})
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
_QUOTES = frozenset({'"', "\u201c", "\u201d"})
#: How many sentences are the beginning of an article.
_EARLY = 3
#: From how many persons on a number is a figure, not one case.
_MANY = 20


class Regression(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic regression over features that a sentence has or not: what each adds to the log-odds."""

    bias: float
    weights: dict[str, float]

    def probability(self, features: frozenset[str]) -> float:
        """The probability for some features; those that it does not know add nothing.

        Args:
            features: Their names.
        """
        odds = self.bias + math.fsum(self.weights.get(feature, 0.0) for feature in features)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, odds))))


class TellingModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of weights.

    Attributes:
        made_by: The command that fits them.
        texts: On how many texts of which gold sets.
        tells: Whether a sentence tells a crossing.
        ways: Of one that does, which way it goes: each against the rest.
    """

    made_by: str
    texts: dict[str, int]
    tells: Regression
    ways: dict[str, Regression]

    def way(self, features: frozenset[str]) -> str:
        """The most probable way of a crossing.

        Args:
            features: Of the sentence that tells it.
        """
        return max(sorted(self.ways), key=lambda way: self.ways[way].probability(features))


@cache
def telling_model() -> TellingModel:
    """The weights, read once a process.

    Raises:
        UsageError: The file is missing or is none.
    """
    try:
        return msgspec.json.decode(WEIGHTS.read_bytes(), type=TellingModel)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{WEIGHTS}: the weights cannot be read ({error}); install Crossings again") from error


class Features:
    """Reads the features of an article's sentences.

    Args:
        builder: Holds the document and its times.
        founding: Knows the article as a whole.
        persons: Reads who may cross.
        signs: Reads the evidence of scenes.
    """

    def __init__(self, builder: FactsBuilder, founding: Founding, persons: ScenePersons, signs: SignReader) -> None:
        self.builder = builder
        self.founding = founding
        self.persons = persons
        self.signs = signs

    def of(self, sentence: Sentence, place: int) -> frozenset[str]:
        """The features of a sentence.

        Args:
            sentence: The sentence.
            place: How many sentences of prose stand before it in the article.
        """
        found = {feature for token in sentence.span for feature in _of_token(token)}
        found.update(_of_meaning(sentence))
        found.update(f"sign:{sign.kind}" for sign in self.signs.signs(sentence))
        people = self.persons.of(sentence)
        found.update(feature for person in people for feature in self._of_person(sentence, person))
        if not people:
            found.add("nobody")
        for spot in self.founding.geography.spots(sentence):
            found.add(f"spot:{spot.kind}:{spot.side}:{'adjective' if spot.adjective else 'noun'}")
        for time in self.builder.times.values():
            if sentence.start <= time.start < sentence.end:
                found.add("time")
                if time.day is not None or time.weekday is not None:
                    found.add("day")
        if self.founding.at_home:
            found.add("article:home")
        if self.founding.on_topic:
            found.add("article:topic")
        if place < _EARLY:
            found.add("early" if place else "first")
        if sentence.block.kind == "bullet":
            found.add("bullet")
        return frozenset(found)

    def _of_person(self, sentence: Sentence, person: Participant) -> Iterator[str]:
        yield "pronoun" if person.pronoun else "definite" if person.definite else "indefinite"
        if person.side is not None:
            yield f"person:{person.side}"
        if person.name is not None:
            yield "person:named"
        if person.rank is not None or "actor:soldier" in person.kinds:
            yield "person:soldier"
        if person.count is not None and person.count > 1:
            yield "person:many" if person.count > _MANY else "person:few"
        for kind in self.persons.described(sentence, person):
            yield f"described:{kind}"


def _of_token(token: Token) -> Iterator[str]:
    if token.pos_ not in _UNSAID and (token.is_alpha or "-" in token.text):
        yield f"word:{token.lemma_.lower()}"
    if token.tag_ in _VERBAL:
        yield f"tag:{token.tag_}"
    if token.ent_type_:
        yield f"name:{token.ent_type_}"
    if token.lower_ in _FIRST_PERSON:
        yield "first person"
    if token.text in _QUOTES:
        yield "quotation"
    if token.text == "?":
        yield "question"


def _of_meaning(sentence: Sentence) -> Iterator[str]:
    for token in sentence.span:
        if token.pos_ == "VERB":
            meant = assess(sentence, token)
            yield "verb:real" if meant.real else "verb:unreal"
            if meant.negated:
                yield "verb:negated"
            if meant.specificity == "general":
                yield "verb:general"
