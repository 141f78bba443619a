"""The frames that tell one incident, and a scene that may be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.extract.frames import Frame
from kg.extract.participants import Participant
from kg.facts.model import Mention, TimeExpression

__all__ = ["Cluster", "TellableScene"]


@dataclass
class Cluster:
    """The frames of one incident, in the order in which they were read; the first one founds it.

    `alias` is the id of a Person mention that names who crossed in another sentence ("the soldier, surnamed Oh").
    `journey` is true where a way through other countries was told up to it.
    """

    frames: list[Frame]
    direction: str | None
    times: list[TimeExpression] = field(default_factory=list)
    mention: Mention | None = None
    person: Mention | None = None
    alias: str | None = None
    journey: bool = False

    @property
    def founder(self) -> Frame:
        """The frame that founds the incident."""
        return self.frames[0]

    @property
    def actors(self) -> list[Participant]:
        """All phrases for who crossed."""
        return [frame.actor for frame in self.frames if frame.actor is not None]

    @property
    def name(self) -> str | None:
        """The named person who crossed."""
        return next((actor.name for actor in self.actors if actor.name is not None), self.alias)

    @property
    def count(self) -> int | None:
        """The stated number of persons."""
        return next((a.count for a in self.actors if a.count is not None and not a.pronoun), None)

    @property
    def kinds(self) -> set[str]:
        """Actor types that any phrase gives."""
        return {kind for actor in self.actors for kind in actor.kinds} | {
            "actor:soldier" for a in self.actors if a.rank
        }


class TellableScene(Protocol):
    """What a scene gives: its frames, the one that founds the incident, and which way it goes."""

    @property
    def frames(self) -> Sequence[Frame]:
        """The frames of its clauses, in the order of the text."""

    @property
    def founder(self) -> Frame:
        """The frame that founds the incident."""

    @property
    def direction(self) -> str | None:
        """The concept of its way."""

    @property
    def journey(self) -> bool:
        """Whether it goes through other countries."""
