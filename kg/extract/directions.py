"""Which way a clause goes over the border: by where it leads, where from, and of which side who moves is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.border import BorderRules
from kg.extract.posts import Posts

if TYPE_CHECKING:
    from kg.extract.frames import Frame

__all__ = ["Directions", "handed_back"]


class Directions:
    """Reads the directions of clauses.

    Args:
        border: Names the directions.
        posts: Tells who left a post abroad.
    """

    def __init__(self, border: BorderRules, posts: Posts) -> None:
        self.border = border
        self.posts = posts

    def of(self, frame: Frame) -> str | None:
        """The concept of the way that a frame tells, or None."""
        actor = frame.actor
        if frame.trigger == "shoot":
            return None
        targets, sources = frame.sides("target", "through", "place"), frame.sides("source")
        going = frame.sides("target")
        if self.posts.left(frame):
            return self.concept("post-abroad", "destination")
        if handed_back(frame):
            return self.concept("home", "destination")
        if "home" in going and "destination" not in going:
            return self.concept("destination", "home")
        if frame.backward and actor is not None and ("home" in targets or self._goes_back(frame)):
            return self.concept("destination", "home")
        if self._goes_out(frame):
            return self.concept("destination", "home")
        if "destination" in targets or "home" in sources:
            return self.concept("home", "destination")
        if "destination" in sources:
            return self.concept("destination", "home")
        if actor is not None and actor.side == "home" and not frame.backward:
            return self.concept("home", "destination")
        return None

    def opposite(self, direction: str | None) -> str | None:
        """The direction the other way over the border."""
        ends = {d.direction: (d.origin, d.target) for d in self.border.directions}
        if direction not in ends:
            return None
        origin, target = ends[direction]
        return next((d for d, pair in ends.items() if pair == (target, origin)), None)

    def concept(self, origin: str, target: str) -> str | None:
        """The direction from one side to another: `home`, `destination` or `post-abroad`."""
        return next((d.direction for d in self.border.directions if (d.origin, d.target) == (origin, target)), None)

    def _goes_back(self, frame: Frame) -> bool:
        """Whether one of the home side, who had come, goes over a line or a fence again."""
        sent = any(c.dep_ == "auxpass" for c in frame.head.children) and bool(frame.lines)
        known = {"home", None} if sent else {"home"}
        home = frame.actor is not None and frame.actor.side in known and not frame.actor.pronoun
        return home and not frame.sides("source", "target") and frame.trigger in {"cross", "move"}

    def _goes_out(self, frame: Frame) -> bool:
        """Whether one of the destination's side goes by himself, not back, and so into the home side."""
        actor = frame.actor
        if actor is None or actor.side != "destination" or frame.trigger != "move" or frame.backward:
            return False
        return "home" not in frame.sides("source") and not any(c.dep_ == "auxpass" for c in frame.head.children)


def handed_back(frame: Frame) -> bool:
    """Whether persons of the destination's side are given back over a line: "were returned through the village"."""
    if frame.actor is None or frame.actor.side != "destination" or not frame.backward or frame.time is None:
        return False
    passive = any(c.dep_ == "auxpass" for c in frame.head.children)
    return passive and bool(frame.lines) and "home" not in frame.sides("target")
