"""Which motions go over this border: what each class of trigger must have beside it, by whom and over what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.directions import handed_back
from kg.extract.document import Document
from kg.extract.further_cases import FurtherCases, fronted
from kg.extract.geography import Geography
from kg.extract.likelihood import is_weak, told_soldier
from kg.extract.participants import Participant
from kg.extract.posts import Posts
from kg.extract.scene_rules import scene_rules
from kg.extract.taken import Taken

if TYPE_CHECKING:
    from kg.extract.frames import Frame

__all__ = ["Motions", "vanished_into", "went_back"]

_ACROSS = frozenset({"over", "across", "through"})


@dataclass(frozen=True)
class _Motion:
    """A clause and what each class of trigger asks of it.

    Attributes:
        taken_up: The actor stands for somebody told of before.
        told: An incident was told of before.
        home: The actor is of the home side, or comes from it.
        lines: A line of this border is crossed.
        aside: It leads to another country.
        reached: It leads into the destination, or back home.
        sided: It names one of the two sides as source or target.
        placed: It stands at a place of the destination.
    """

    frame: Frame
    actor: Participant
    taken_up: bool
    told: bool
    home: bool
    targets: set[str]
    sources: set[str]
    lines: bool
    aside: bool
    reached: bool
    sided: bool
    placed: bool


class Motions:
    """Tells motions over this border from others.

    Args:
        document: The article.
        geography: The border's geography.
        further: Tells one more case of what the article tells of.
        posts: Tells who left a post abroad.
    """

    def __init__(self, document: Document, geography: Geography, further: FurtherCases, posts: Posts) -> None:
        self.document = document
        self.geography = geography
        self.further = further
        self.posts = posts
        self.taken = Taken(geography)
        self.rules: CrossingRules = crossing_rules()

    def goes(self, frame: Frame, actor: Participant, *, told: bool) -> bool:
        """Whether a clause tells that somebody goes over this border, or was met or taken after he did.

        Args:
            frame: The clause.
            actor: Who moves in it.
            told: Whether an incident was told of before.
        """
        motion = self._motion(frame, actor, told)
        match frame.trigger:
            case "surrender":
                soldierly = motion.home or told_soldier(actor)
                return soldierly and (motion.placed or motion.lines or motion.reached or fronted(frame))
            case "hidden":
                return self.further.lay_hidden(frame, actor, home=motion.home, told=told)
            case "vanish":
                over = bool(frame.lines) and (motion.home or motion.taken_up)
                return self.posts.left(frame) or over or vanished_into(frame)
            case "defect":
                if actor.side in {"other", "destination"} and not motion.sided and not motion.lines:
                    return False
                ours = motion.home or motion.sided or motion.lines or motion.taken_up
                return ours and (not motion.aside or "destination" in motion.targets)
            case "cross":
                return self._crosses(motion)
            case "leave":
                return self._leaves(motion)
            case "move":
                return self._moves(motion)
            case "found" | "custody" if self.further.in_a_list(frame) and self.further.one_more(
                frame, actor, told=False
            ):
                return True
            case "found":
                return self._is_found(motion)
            case "custody":
                at = motion.lines or _watery(frame) or motion.placed or fronted(frame)
                return motion.home and not actor.pronoun and (at or self.taken.came_to(frame, actor))
            case "return":
                if (
                    frame.lemma not in self.rules.verbs["return"]
                ):  # "handed over": at a line, on a day, to the other side
                    over = "home" in motion.targets and bool(frame.lines) and frame.time is not None
                    return over and not actor.definite
                return "home" in motion.targets or (motion.home and bool(frame.lines)) or handed_back(frame)
            case "shoot":
                return self.taken.shot(frame, actor) and not actor.definite
            case _:
                return False

    def _motion(self, frame: Frame, actor: Participant, told: bool) -> _Motion:
        home = actor.side == "home" or (actor.side is None and "home" in frame.sides("source"))
        targets, sources = frame.sides("target", "through"), frame.sides("source")
        came = actor.side != "destination" or "home" in sources or frame.backward
        return _Motion(
            frame=frame,
            actor=actor,
            taken_up=told and actor.definite,
            told=told,
            home=home,
            targets=targets,
            sources=sources,
            lines=self._lines(frame, home),
            aside=any(spot.kind in {"third", "other"} for spot in frame.role("target", "line")),
            reached=("destination" in targets and came) or (home and "home" in targets and frame.backward),
            sided=bool(targets & {"home", "destination"}) or "home" in sources or "destination" in sources,
            placed="destination" in frame.sides("place"),
        )

    def _crosses(self, motion: _Motion) -> bool:
        frame, actor = motion.frame, motion.actor
        return (
            motion.lines
            or motion.reached
            or "home" in motion.targets
            or ("home" in motion.sources and not motion.aside)
            or (motion.taken_up and motion.placed)
            or self.further.one_more(frame, actor, told=motion.told)
            or (told_soldier(actor) and fronted(frame))
        )

    def _leaves(self, motion: _Motion) -> bool:
        frame = motion.frame
        from_home = "home" in motion.sources
        if self.posts.left(frame) and not frame.nominal and not (motion.targets - {"destination"}):
            return True
        if frame.nominal:
            return motion.lines or motion.reached or from_home or (motion.home and not motion.aside)
        if frame.lemma == "leave" and not motion.reached:
            gone = from_home and frame.time is not None and not motion.aside
            return gone and bool(motion.actor.nouns & self.rules.crossers)
        return (
            motion.reached
            or (from_home and not motion.aside and bool(motion.home or frame.time))
            or (motion.lines and motion.actor.side in {"home", None})
        )

    def _moves(self, motion: _Motion) -> bool:
        frame, actor, children = motion.frame, motion.actor, motion.frame.head.children
        crossed = any(s.kind == "line" for s in frame.role("line", "through"))
        if frame.nominal:
            return (motion.lines and crossed) or motion.reached
        if self.further.one_more(frame, actor, told=motion.told) or self._over_barrier(frame, actor):
            return True
        if self.posts.left(frame) and self.posts.gone(frame):
            return True
        if self.further.over_the_line(frame, actor, told=motion.told) or self.further.over_river(frame, actor):
            return True
        onward = any(c.lower_ in self.rules.onward for c in children if c.dep_ in {"advmod", "prt", "prep"})
        goes_on = motion.lines or (onward and motion.placed) or _over(frame) or fronted(frame)
        if frame.opposite or (motion.taken_up and goes_on):
            return True
        weak = is_weak(frame)
        if "home" in motion.targets and "destination" in (motion.sources | {actor.side}):
            return True
        if "home" in frame.sides("target") and actor.side == "other" and not weak:
            return True
        if "home" in motion.sources and not motion.aside and _out_of(frame):
            return True
        if self.further.came_by(frame, actor) or went_back(frame, told=motion.told) or handed_back(frame):
            return True
        if self._slips_back(motion):
            return True
        if fronted(frame) and any(c.lower_ in _ACROSS for c in children):
            return True
        if weak:
            return motion.reached or (crossed and motion.lines)
        across = any(c.lower_ == "across" and c.dep_ in {"advmod", "prep", "prt"} for c in children)
        return (
            motion.reached
            or (crossed and motion.lines)
            or (motion.taken_up and across)
            or (motion.home and motion.placed and frame.lemma in self.rules.surfacing)
        )

    def _slips_back(self, motion: _Motion) -> bool:
        """Whether certain persons go back into the home side by themselves: "slipped back into the North".

        No guest does so: the verb says how he went, or the article is on crossings and says of whom he is one.
        """
        frame, actor = motion.frame, motion.actor
        if not frame.backward or "home" not in frame.sides("target") or actor.side == "destination":
            return False
        if actor.pronoun or actor.name is not None or (actor.plural and actor.count is None) or actor.approximate:
            return False
        if any(t.lower_ in scene_rules().lawful for t in frame.sentence.span):
            return False
        one_of = actor.count is not None and actor.head.pos_ == "NUM" and motion.told and not frame.modality.negated
        return not is_weak(frame) or bool(actor.nouns & self.rules.crossers) or (one_of and actor.definite)

    def _is_found(self, motion: _Motion) -> bool:
        frame, actor = motion.frame, motion.actor
        if self.further.met_at_sea(frame, actor, told=motion.told):
            return True
        if frame.lemma in self.rules.guided:
            return self.further.lay_hidden(frame, actor, home=motion.home, told=motion.told)
        if motion.taken_up and self.taken.by_destination(frame):
            return True
        if actor.side == "destination" and not actor.plural and _watery_words(frame, self.rules.sea_nouns):
            return "home" in frame.sides("place", "target")  # "found in the North's waters"
        elsewhere = any(s.kind in {"third", "other"} and not s.adjective for s in self.geography.spots(frame.sentence))
        return motion.home and (motion.placed or motion.lines or _watery(frame) or (frame.vessel and not elsewhere))

    def _over_barrier(self, frame: Frame, actor: Participant) -> bool:
        """Whether one of the home side goes over what lies on the way: "walked in over the mudflats"."""
        if actor.side != "home" or frame.nominal or actor.pronoun:
            return False
        return any(
            child.dep_ == "pobj"
            and child.head.lower_ in {"across", "over", "through", "under"}
            and child.lemma_.lower() in self.rules.barriers
            and child.i in frame.words
            for child in frame.head.subtree
        )

    def _lines(self, frame: Frame, home: bool) -> bool:
        """Whether a line of this border is crossed: a named one, or a bare "border" that must be this one."""
        for spot in frame.role("line", "through", "target", "place"):
            if spot.kind == "water" and spot in frame.role("line", "through"):
                return True
            if spot.kind == "line" and (spot.concept is not None or home or self._both_sides(frame)):
                return True
        return False

    def _both_sides(self, frame: Frame) -> bool:
        if not self._sided(frame):
            return False
        if not self._abroad(frame):
            return True
        kinds = {spot.kind for spot in self.geography.spots(frame.sentence)}
        return (bool(kinds & {"home"}) and not kinds & {"third", "other"}) or (
            frame.actor is not None and frame.actor.definite
        )

    def _sided(self, frame: Frame) -> bool:
        """Whether a side of this border is named near a bare "border": in the sentence or one of the two before it."""
        index = frame.sentence.index
        near = [s for s in self.document.sentences if index - 2 <= s.index <= index]
        return any(spot.side is not None or spot.kind == "home" for s in near for spot in self.geography.spots(s))

    def _abroad(self, frame: Frame) -> bool:
        """Whether the sentence or the one before it speaks of another country."""
        index = frame.sentence.index
        near = [s for s in self.document.sentences if index - 1 <= s.index <= index]
        return any(spot.kind in {"third", "other"} for sentence in near for spot in self.geography.spots(sentence))


def went_back(frame: Frame, *, told: bool) -> bool:
    """Whether one told of as having come goes back to the home side, on a day of its own."""
    return told and frame.backward and frame.time is not None and "home" in frame.sides("target")


def vanished_into(frame: Frame) -> bool:
    """Whether somebody who is not of the home side is gone into it: "disappeared into the North"."""
    actor = frame.actor
    if actor is None or actor.pronoun or actor.side == "home" or "home" in frame.sides("source"):
        return False
    return any(a.role == "target" and a.spot.side == "home" for a in frame.arguments)


def _over(frame: Frame) -> bool:
    """Whether somebody told of "came over": the adverb, with no object."""
    return any(c.lower_ in {"over", "across"} and not list(c.children) for c in frame.head.children)


def _out_of(frame: Frame) -> bool:
    """ "came out of the North": left for good, not come from there as a visitor does."""
    return any(c.lower_ == "out" for c in frame.head.children)


def _watery(frame: Frame) -> bool:
    """Whether a clause stands at, on or over a water of this border."""
    return any(s.kind == "water" for s in frame.role("place", "line", "through", "target"))


def _watery_words(frame: Frame, nouns: frozenset[str]) -> bool:
    """Whether a clause names a water, an island or a sea, of whatever name."""
    return any(frame.head.doc[i].lower_ in nouns for i in frame.words)
