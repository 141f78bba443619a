"""Scenes as frames: what the readers of slots need of a scene that founds an incident.

Every clause of the scene becomes a frame, the best of them founds the incident, and one date is its date: that of being
met or of arriving before that of setting out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.extract.builder import FactsBuilder
from kg.extract.clusters import Clusters
from kg.extract.crossing_rules import crossing_rules
from kg.extract.dating import Dating
from kg.extract.founding import Founding
from kg.extract.frames import Frame, FrameReader
from kg.extract.participants import Participant, Participants
from kg.extract.scene_rules import Way
from kg.extract.scene_ways import find_scenes
from kg.extract.scenes import STANDING, Scene, Step, date_of_sentence

__all__ = ["ToldScene", "tell_scenes", "with_scenes"]

#: What a clause of a scene is to the readers of slots, by its evidence; the first that it has.
_TRIGGERS = (
    ("returned", "return"),
    ("exit", "leave"),
    ("absent", "leave"),
    ("found", "found"),
    ("reception", "custody"),
)
_ENDS: dict[Way, tuple[str, str]] = {
    "over": ("home", "destination"),
    "post": ("post-abroad", "destination"),
    "back": ("destination", "home"),
    "north": ("destination", "home"),
}
_ARRIVED = frozenset({"arrive", "there", "found", "reception", "over", "ashore", "returned"})
_LONGEST = 30


@dataclass(eq=False)
class ToldScene:
    """A scene that founds an incident, as frames."""

    scene: Scene
    direction: str | None
    frames: list[Frame] = field(default_factory=list)
    founder_at: int = 0

    @property
    def founder(self) -> Frame:
        """The frame that founds the incident."""
        return self.frames[self.founder_at]

    @property
    def journey(self) -> bool:
        """Whether it goes through other countries."""
        return self.scene.way == "over" and "away" in self.scene.kinds


def tell_scenes(
    builder: FactsBuilder,
    people: Participants,
    founding: Founding,
    clusters: Clusters,
    dating: Dating,
    frames: Sequence[Frame],
) -> list[ToldScene]:
    """The incidents that only scenes tell, in the order of the text.

    Args:
        builder: Holds the document, its times and its named persons.
        people: Reads noun phrases.
        founding: Knows the article, and what is no crossing.
        clusters: The incidents that clauses tell.
        dating: Dates frames.
        frames: The frames of the clauses; one that a scene takes up is its frame as well.
    """
    reader = FrameReader(builder, founding.geography, people)
    known = {(frame.head.doc, frame.head.i): frame for frame in frames}
    found: list[ToldScene] = []
    for scene in find_scenes(builder, people, founding, clusters):
        if scene.way is None:
            continue
        told = ToldScene(scene, founding.directions.concept(*_ENDS[scene.way]))
        steps = scene.told
        made: list[Frame] = []
        for step in steps:
            head = step.signs[0].head
            frame = known.get((head.doc, head.i))
            if frame is None:
                frame = reader.at(step.sentence, head, _trigger(step))
                made.append(frame)
            _fill(frame, step, scene)
            told.frames.append(frame)
        dating.assign(made)
        if not told.frames:
            continue
        told.founder_at = _founder(steps, told.frames)
        founder = told.founder
        if scene.way == "back":
            founder.trigger = "return"
        founder.vessel = founder.vessel or "vessel" in scene.kinds
        if founder.actor is None or founding.refusals.refused(
            founder, founder.actor, visits=not _by_stealth(scene, founder)
        ):
            continue
        _date(builder, told, steps)
        found.append(told)
    return found


def with_scenes(frames: Sequence[Frame], scenes: Sequence[ToldScene]) -> list[Frame]:
    """All frames, those of scenes among the others, in the order of the text."""
    known = {id(frame) for frame in frames}
    more = [frame for scene in scenes for frame in scene.frames if id(frame) not in known]
    return sorted([*frames, *more], key=lambda frame: (frame.sentence.index, frame.head.i))


def _trigger(step: Step) -> str:
    return next((trigger for kind, trigger in _TRIGGERS if kind in step.kinds), "move")


def _by_stealth(scene: Scene, founder: Frame) -> bool:
    """Whether somebody went north as no guest does: by swimming, in flight, or into custody."""
    return founder.lemma in crossing_rules().sea_verbs or bool(scene.kinds & {"reception", "exit"})


def _fill(frame: Frame, step: Step, scene: Scene) -> None:
    """Who a frame is of: as its clause says, else who the scene is about, where he stands near enough before."""
    actor, about = step.actor, scene.actor
    near = about is not None and about.head.doc is frame.head.doc and abs(about.head.i - frame.head.i) < _LONGEST
    if (actor is None or actor.pronoun) and near:
        actor = about
    if actor is not None and actor.pronoun and about is not None:
        actor.name = actor.name or about.name
    frame.actor = actor
    if "absent" in step.kinds:
        frame.modality = replace(frame.modality, negated=False)  # not to come back is what was done
    if actor is not None and actor.side is None and "origin" in scene.kinds and scene.way != "north":
        actor.side = "home"


def _founder(steps: Sequence[Step], frames: Sequence[Frame]) -> int:
    """The first clause that describes or names who it is of and says most: where he went, else what he did."""

    def rank(at: int) -> tuple[bool, bool, int]:
        actor: Participant | None = frames[at].actor
        described = actor is not None and (not actor.pronoun or actor.name is not None)
        return not described, not steps[at].kinds & {"over", "arrive", "exit", "absent", "settle", "there"}, at

    return min(range(len(frames)), key=rank)


def _date(builder: FactsBuilder, told: ToldScene, steps: Sequence[Step]) -> None:
    """Leave a scene one date: of its arrival or meeting before that of any other clause."""
    for step, frame in zip(steps, told.frames, strict=True):
        if "settle" in step.kinds and not step.kinds - STANDING - {"settle", "there", "motion", "effort"}:
            frame.time = None  # "he practises there today": where somebody is now
    dated = [at for at, frame in enumerate(told.frames) if frame.time is not None]
    if not dated:
        here = told.founder.sentence
        told.founder.time = date_of_sentence(builder, here)
        if told.founder.time is None and here.block.kind == "bullet":
            label = next(s for s in builder.document.sentences if s.block.id == here.block.id)
            told.founder.time = date_of_sentence(builder, label)
        return
    departed = told.scene.way == "post"
    best = min(dated, key=lambda at: (bool(steps[at].kinds & _ARRIVED) == departed, at))
    time, founder = told.frames[best].time, told.founder
    for at in dated:
        if at != best:
            told.frames[at].time = None
    if told.frames[best].head.doc is founder.head.doc and told.frames[best] is not founder:
        founder.time, told.frames[best].time = time, None
