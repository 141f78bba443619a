"""The sentences of annotated texts as examples: which of them tell a crossing, and which way it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluate.folder import AnnotatedText
from kg.evaluate.gold import GoldIncident
from kg.evaluate.judge import options
from kg.evaluate.spots import touches
from kg.extract.founding import Founding
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.nlp import load
from kg.extract.participants import Participants
from kg.extract.pipeline import begin
from kg.extract.scene_persons import ScenePersons
from kg.extract.scene_signs import SignReader
from kg.extract.scenes import prose
from kg.extract.telling import Features

__all__ = ["Example", "examples"]

#: The way of a crossing by its type in the gold; any other is one over the border.
_WAYS = {
    "itype:return": "back",
    "itype:departure-from-post": "post",
    "itype:arrival-via-third-country": "journey",
}


@dataclass(frozen=True)
class Example:
    """A sentence: its features, and the ways of the crossings that it tells, none where it tells none."""

    features: frozenset[str]
    ways: tuple[str, ...]


def examples(text: AnnotatedText, border: str = "korea") -> Iterator[Example]:
    """The sentences of one text that speaks of the border.

    Args:
        text: The text with its gold, of which incidents were annotated whole.
        border: The name of a shipped border, or the folder of another.
    """
    builder, at_home = begin(text.source, border, load())
    if not at_home:
        return
    geography = Geography(Lexicon.load(border))
    people = Participants(builder, geography)
    persons = ScenePersons(builder, geography, people)
    features = Features(builder, Founding(builder, geography), persons, SignReader(builder, geography, persons))
    incidents = [entity for entity in text.of("Incident") if isinstance(entity, GoldIncident)]
    for place, sentence in enumerate(prose(builder.document)):
        told = [i for i in incidents if touches(text.spots[i.key], [(sentence.start, sentence.end)])]
        yield Example(features.of(sentence, place), tuple(_way(incident) for incident in told))


def _way(incident: GoldIncident) -> str:
    return next((_WAYS[kind] for kind in options(incident.kind) if kind in _WAYS), "over")
