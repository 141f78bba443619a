"""The frames and incidents of texts of the tests, read by the parts that read them, without their claims."""

from __future__ import annotations

from kg.extract.builder import FactsBuilder
from kg.extract.clusters import Clusters
from kg.extract.dating import Dating
from kg.extract.founding import Founding
from kg.extract.frames import Frame, find_frames
from kg.extract.geography import Geography
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.participants import Participants
from kg.extract.times import find_times
from tests.support.documents import document

__all__ = ["Clauses"]


class Clauses:
    """The clauses of some paragraphs, dated, and the incidents that they tell.

    Args:
        paragraphs: The text.
        published: The article's date.
    """

    def __init__(self, *paragraphs: str, published: str | None = "2023-11-21") -> None:
        self.builder, lexicon = FactsBuilder(document(*paragraphs, published=published)), Lexicon.load()
        find_times(self.builder)
        find_names(self.builder, lexicon)
        self.geography = Geography(lexicon)
        self.people = Participants(self.builder, self.geography)
        self.founding = Founding(self.builder, self.geography)
        self.frames = find_frames(self.builder, self.geography, self.people)
        self.dating = Dating(self.builder)
        self.dating.assign(self.frames)
        self.clusters = Clusters(self.dating, self.founding, self.people)
        self.clusters.add(self.frames)

    def frame(self, word: str) -> Frame:
        """The frame with a word for its trigger."""
        return next(frame for frame in self.frames if frame.head.text == word)

    @property
    def told(self) -> list[list[str]]:
        """The triggers of each incident, the focal one first."""
        return [[frame.head.text for frame in cluster.frames] for cluster in self.clusters.clusters]
