"""Crossings that no rule reads: sentences that very likely tell one, with who crosses in them.

`kg.extract.telling` weighs a sentence; here it becomes a scene of one clause, which goes through the same refusals,
dates and comparisons as the others. One that only takes up somebody ("the man", "he") founds an incident where the
article has told none; else it belongs to what was told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.clusters import Clusters
from kg.extract.document import Sentence
from kg.extract.likely_deeds import crossing_of, may_cross
from kg.extract.scene_words import Sign
from kg.extract.scenes import Scene, SceneReader, Step, prose
from kg.extract.telling import Features, telling_model

if TYPE_CHECKING:
    from kg.extract.participants import Participant
    from kg.extract.scene_rules import Kind, Way

__all__ = ["find_likely_scenes"]

#: From which probability on a sentence founds an incident: docs/extraction-quality.md says what a lower one costs.
_LIKELY = 0.7
#: The same in an article in which neither the home side nor a line of the border is named.
_LIKELIER = 0.8
#: How many sentences back "he" is looked for.
_BACK = 4
_WAYS: dict[str, Way] = {"over": "over", "journey": "over", "post": "post", "back": "back"}
#: Evidence of another matter: a stranger to this border, a lawful journey, somebody who is no longer what he was.
_AMISS = frozenset({"outsider", "lawful", "former"})


def find_likely_scenes(reader: SceneReader, clusters: Clusters, told: Sequence[Scene]) -> list[Scene]:
    """The scenes of sentences that likely tell a crossing and that no clause or scene has told.

    Args:
        reader: It has read the article's scenes.
        clusters: The incidents that clauses tell.
        told: The scenes that tell one.
    """
    model = telling_model()
    features = Features(reader.builder, reader.founding, reader.persons, reader.signs)
    covered = {frame.sentence.index for cluster in clusters.clusters for frame in cluster.frames}
    covered |= {step.sentence.index for scene in told for step in scene.steps}
    known = bool(clusters.clusters or told)
    from_post = reader.founding.directions.concept("post-abroad", "destination")
    posted = any(cluster.direction == from_post for cluster in clusters.clusters)
    enough = _LIKELY if reader.founding.at_home else _LIKELIER
    found: list[Scene] = []
    for place, sentence in enumerate(prose(reader.builder.document)):
        if sentence.index in covered or reader.founding.refusals.told_tale(sentence):
            continue
        seen = features.of(sentence, place)
        if model.tells.probability(seen) < enough:
            continue
        scene = _scene_of(reader, sentence, model.way(seen), known=bool(known or found))
        if scene is not None and not _told(scene, clusters, posted=posted):
            found.append(scene)
    return found


def _scene_of(reader: SceneReader, sentence: Sentence, way: str, *, known: bool) -> Scene | None:
    """The scene of a sentence, or None where it says of nobody what he did, or of one told of before."""
    told = crossing_of(sentence, reader.persons.of(sentence))
    if told is None or (known and _taken_up(told[0])):
        return None
    actor, head = told
    about = _person_before(reader, sentence) if actor.pronoun else actor
    if about is None:
        return None
    told_in = sentence if about is actor else reader.builder.document.sentence_of(about.head)
    step = Step(sentence, (Sign("motion", head, head.i), *reader.signs.signs(sentence)), actor)
    kinds = step.kinds | reader.persons.described(told_in, about)
    kinds |= reader.persons.standing(about, kinds)
    if kinds & _AMISS or ("bare" in kinds and "origin" not in kinds):
        return None
    journey: set[Kind] = {"away"} if way == "journey" else set()
    return Scene(about, [step], (kinds - {"away"}) | journey, way=_WAYS[way], last=sentence.index)


def _told(scene: Scene, clusters: Clusters, *, posted: bool) -> bool:
    """Whether a scene only tells again: of one named in an incident, or of "a diplomat" where one has left a post."""
    name = scene.actor.name if scene.actor is not None else None
    if name is None:
        return posted and scene.way == "post"
    return clusters.names[name] in {clusters.names[c.name] for c in clusters.clusters if c.name is not None}


def _taken_up(actor: Participant) -> bool:
    return (actor.definite or actor.pronoun) and not actor.another and actor.name is None


def _person_before(reader: SceneReader, sentence: Sentence) -> Participant | None:
    """The last person who may cross that is described in the sentences before: whom "he" takes up."""
    near = [s for s in prose(reader.builder.document) if sentence.index - _BACK <= s.index < sentence.index]
    for other in reversed(near):
        for person in reader.persons.of(other):
            if not person.pronoun and may_cross(person):
                return person
    return None
