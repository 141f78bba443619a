"""Which scenes tell a crossing, and which way: enough signs close together, and no clause that has told it already.

How much is enough is the table `enough` of the pack `scenes.yaml`. A scene that a clause rule has told adds nothing
here: the readers of slots go through its sentences anyway. Who was handed back had come before: his scene is two.
"""

from __future__ import annotations

from collections.abc import Set

from kg.extract.builder import FactsBuilder
from kg.extract.clusters import Clusters
from kg.extract.founding import Founding
from kg.extract.likely_scenes import find_likely_scenes
from kg.extract.participants import Participants
from kg.extract.scene_rules import Kind, Way, scene_rules
from kg.extract.scenes import STANDING, Scene, SceneReader, Step, date_of_sentence
from kg.extract.times import time_of

__all__ = ["find_scenes"]

#: Over how many sentences the signs that found an incident may stand.
_WINDOW = 7


def find_scenes(builder: FactsBuilder, people: Participants, founding: Founding, clusters: Clusters) -> list[Scene]:
    """The scenes of an article that tell a crossing which no clause rule has told, in the order of the text.

    Args:
        builder: Holds the document, its times and its named persons.
        people: Reads noun phrases.
        founding: Knows the article, and what is no crossing.
        clusters: The incidents that clauses tell.
    """
    reader = SceneReader(builder, people, founding, clusters)
    if not founding.at_home:
        return find_likely_scenes(reader, clusters, ())
    told = bool(clusters.clusters)
    parts = [part for scene in reader.read() for part in _parts(scene)]
    over = founding.directions.concept("home", "destination")
    body = next((s.block.start for s in builder.document.sentences if s.block.kind == "paragraph"), 0)
    scenes = [
        scene for scene in parts if scene.told and not _sums_up(scene, body) and not _covered(scene, clusters, over)
    ]
    for scene in scenes:
        if founding.on_topic:
            scene.kinds.add("topic")
        scene.dated = {id(step) for step in scene.told if _dated(builder, founding, step)}
        if scene.actor is not None:
            scene.kinds |= reader.persons.standing(scene.actor, scene.kinds)
    # One case that is told of makes the others of an article cases as well, those before it too.
    rounds: tuple[set[Kind], set[Kind]] = ({"told"} if told else set(), {"told"})
    for told_kinds in rounds:
        if told_kinds and not told and all(scene.way in {None, "north"} for scene in scenes):
            break
        for scene in scenes:
            scene.way = scene.way or _way(scene, told_kinds)
    posted = any(c.direction == founding.directions.concept("post-abroad", "destination") for c in clusters.clusters)
    # "The diplomat who vanished": told again, or before, by the clause that says he left.
    found = [
        scene
        for scene in scenes
        if scene.way is not None and not (scene.way == "post" and posted and scene.chain is None)
    ]
    found += find_likely_scenes(reader, clusters, found)
    return sorted(found, key=lambda scene: (scene.steps[0].sentence.index, scene.steps[0].signs[0].at))


def _way(scene: Scene, told: Set[Kind]) -> Way | None:
    """The way of a scene by what stands close together in it; the steps that are too far away fall out of it."""
    standing = scene.label | {kind for kind in scene.kinds if kind in STANDING | {"topic", "bare"}} | told
    for first in scene.steps:
        near = [step for step in scene.steps if 0 <= step.sentence.index - first.sentence.index <= _WINDOW]
        kinds = standing | {kind for step in near for kind in step.kinds}
        if any(id(step) in scene.dated for step in near):
            kinds.add("dated")
        way = scene_rules().way(kinds)
        if way is not None:
            scene.steps, scene.kinds = near, kinds
            return way
    return None


def _parts(scene: Scene) -> list[Scene]:
    """A scene, or of one who was handed back his coming and his return."""
    returns = [step for step in scene.steps if {"returned", "homeward"} <= step.kinds]
    if not returns:
        return [scene]
    standing = {kind for kind in scene.kinds if kind in STANDING} - {"homeward"}
    last = max(step.sentence.index for step in returns)
    came = [step for step in scene.steps if step not in returns and step.sentence.index <= last]
    rest = [step for step in scene.steps if step in returns or step.sentence.index > last]
    return [
        Scene(
            scene.actor,
            steps,
            standing | {kind for step in steps for kind in step.kinds},
            chain=scene.chain,
            label=scene.label,
        )
        for steps in (came, rest)
        if steps
    ]


def _dated(builder: FactsBuilder, founding: Founding, step: Step) -> bool:
    """Whether a clause has a date, or its sentence has one that no verb of saying has, or the item of its list."""
    if founding.further.lists(step.sentence):
        return True
    if any(time_of(builder, step.sentence, sign.head) is not None for sign in step.signs):
        return True
    return date_of_sentence(builder, step.sentence) is not None


def _sums_up(scene: Scene, body: int) -> bool:
    """Whether a scene stands in the points above an article's body, which only repeat what it tells, and names no side.

    Args:
        scene: The scene.
        body: Where the first paragraph begins.
    """
    above = all(step.sentence.block.kind == "bullet" and step.sentence.block.start < body for step in scene.told)
    return above and not scene.kinds & {"origin", "arrive", "north"}


def _covered(scene: Scene, clusters: Clusters, over: str | None) -> bool:
    """Whether a clause of a scene is one that founded an incident, or took one up that the scene does not bring in."""
    heads = {(sign.head.doc, sign.head.i) for step in scene.steps for sign in step.signs}
    introduced = scene.actor is not None and not scene.actor.definite
    told = {step.sentence.index for step in scene.told}
    for cluster in clusters.clusters:
        if {"post", "absent"} <= scene.kinds and cluster.direction == over:
            continue  # "he surfaced in the capital": the end of what began at a post
        if cluster.direction is None and cluster.founder.trigger != "shoot":
            continue  # a clause that does not say which way: the scene may
        same = cluster.founder.actor is not None and not cluster.founder.actor.definite
        if (
            same
            and cluster.founder.sentence.index in told
            and not any("homeward" in step.kinds for step in scene.steps)
        ):
            return True
        for frame in cluster.frames:
            if (frame.head.doc, frame.head.i) not in heads:
                continue
            taken_up = frame.actor is None or frame.actor.pronoun or (frame.actor.definite and frame.actor.name is None)
            if not (introduced and taken_up):
                return True
    return False
