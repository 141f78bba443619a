"""Which frames tell of one incident: the focal one of the article, and those in its background."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.antecedents import Antecedents
from kg.extract.arrivals import Arrivals
from kg.extract.biographies import Biographies
from kg.extract.bound_clauses import BoundClauses
from kg.extract.carriers import Carriers
from kg.extract.cluster import Cluster, TellableScene
from kg.extract.cluster_ways import ClusterWays
from kg.extract.dating import Dating
from kg.extract.founding import Founding
from kg.extract.frame_dates import counts_from_incident
from kg.extract.frames import Frame
from kg.extract.journeys import Journeys
from kg.extract.likeness import Likeness
from kg.extract.participants import Participant, Participants

__all__ = ["Clusters"]


class Clusters:
    """Puts frames into clusters, one after the other in the order of the text.

    Args:
        dating: Compares dates.
        founding: Tells whether a frame is of an incident, and its direction.
        people: Reads noun phrases.
    """

    def __init__(self, dating: Dating, founding: Founding, people: Participants) -> None:
        self.dating = dating
        self.founding = founding
        self.people = people
        builder = people.builder
        self.names = {mention.id: mention.chain for mention in builder.mentions.values() if mention.cls == "Person"}
        self.likeness = Likeness(dating, self.names)
        self.arrivals = Arrivals(founding, self.likeness)
        self.ways = ClusterWays(founding)
        self.antecedents = Antecedents(founding.geography, people, ())
        self.clusters: list[Cluster] = []
        self._frames: Sequence[Frame] = ()
        self.bound_clauses = BoundClauses(founding, people, ())
        self._told: list[tuple[Frame, Cluster]] = []
        self.carriers = Carriers(builder.document, founding.geography, people)
        self.journeys = Journeys(builder, founding.geography)
        self.biographies = Biographies(founding, people)
        self._scenes: dict[int, TellableScene] = {}
        self._scene_clusters: dict[int, Cluster] = {}

    @property
    def focal(self) -> Cluster | None:
        """The incident that the article is about: the one told first."""
        return self.clusters[0] if self.clusters else None

    def add(self, frames: Sequence[Frame], scenes: Sequence[TellableScene] = ()) -> None:
        """Read all frames: paragraphs first, then bullets and captions, which repeat what the body says.

        Args:
            frames: The frames of the article in the order of the text, those of scenes among them.
            scenes: The incidents that no clause founds alone.
        """
        self._frames = frames
        self.bound_clauses = BoundClauses(self.founding, self.people, frames)
        self.antecedents = Antecedents(self.founding.geography, self.people, frames)
        self._scenes = {id(frame): scene for scene in scenes for frame in scene.frames}
        ordered = sorted(frames, key=lambda f: f.sentence.block.kind != "paragraph")
        for frame in ordered:
            self._tell(frame)
        if self.clusters:
            # "The soldier who came over on Sunday" may stand before the clause that founds the incident.
            told = {id(frame) for frame, _ in self._told}
            for frame in ordered:
                if id(frame) not in told and (frame.anaphor or (frame.actor is not None and frame.actor.definite)):
                    self._tell(frame)

    def _tell(self, frame: Frame) -> None:
        cluster = self._place(frame)
        if cluster is None:
            return
        if frame not in cluster.frames:
            cluster.frames.append(frame)
        if frame.time is not None:
            cluster.times.append(frame.time)
        self._told.append((frame, cluster))

    def at(self, frame_or_sentence: tuple[int, int, str]) -> Cluster | None:
        """The incident that a pronoun or definite noun at a place takes up.

        Args:
            frame_or_sentence: Sentence index, token index, and block id.
        """
        sentence, token, block = frame_or_sentence
        before = [
            (f.sentence.index, f.head.i, cluster)
            for f, cluster in self._told
            if f.sentence.block.id == block and (f.sentence.index, f.head.i) <= (sentence, token)
        ]
        return max(before, key=lambda item: item[:2])[2] if before else self.focal

    def of(self, frame: Frame) -> Cluster | None:
        """The cluster of a frame that was placed."""
        return next((cluster for known, cluster in self._told if known is frame), None)

    def _place(self, frame: Frame) -> Cluster | None:
        scene = self._scenes.get(id(frame))
        if scene is not None:
            return self._of_scene(scene)
        actor = frame.actor
        if not frame.modality.real or frame.modality.specificity == "general":
            return None
        if frame.trigger == "vanish" and actor is not None and actor.name is None and self._left_a_post():
            return None  # "the diplomat who vanished": told again, or before, by the clause that says he left
        if self.journeys.ends(frame):
            return self._arrival(frame)
        if frame.anaphor and frame.nominal:
            return self._taken_up(frame)
        if frame.carried and frame.lines and self.focal is not None:
            here = self.at((frame.sentence.index, frame.head.i, frame.sentence.block.id))
            known = here is not None and not all(counts_from_incident(t) for t in here.times)
            return (
                here
                if here is not None and not (known and self.likeness.relation(frame, here) == "different")
                else None
            )
        if frame.carried and actor is None and (frame.lines or frame.trigger == "found"):
            actor = frame.actor = self.antecedents.aboard(frame) or self.carriers.later(frame.sentence, frame.carrier)
        told = self.biographies.told_of(frame)
        if told is not None:
            return self._in_passing(frame, told)
        if actor is None or frame.trigger == "anaphor":
            return None
        arrived = self.arrivals.end(frame, actor, self.clusters)
        if arrived is not None:
            return arrived
        bound = self._bound(frame)
        if bound is not None:
            return bound
        if actor.pronoun and self.focal is None:
            actor = self.antecedents.before(frame, actor)
        part = actor.name is None and actor.head.doc[actor.words[0]].like_num  # "nine of the hotel's cooks"
        if actor.side is None and (part or not actor.definite) and frame.sides("target", "place"):
            actor.side = self.antecedents.side_of_job(frame, actor)
            actor.definite = actor.definite and actor.side is None
        if not self.founding.fits(frame, self.focal is not None):
            return None
        if actor.definite and actor.side is None and actor.name is None:
            actor.side = self.antecedents.side_before(frame, actor)
        direction = self.founding.directions.of(frame)
        if frame.opposite:
            here = self.at((frame.sentence.index, frame.head.i, frame.sentence.block.id))
            direction = self.ways.reverse(here, self.focal) or direction
        if actor.definite and (actor.name is None or actor.pronoun) and not actor.another:
            same = self._recent(frame, direction if self.founding.explicit(frame) else None)
            if same is not None:
                return same
            if self._returned(frame):
                return None
            return self._found(frame, direction) if self.founding.stands_alone(frame) else None
        for cluster in self._candidates(frame):
            if self.likeness.same(frame, cluster, direction, self.focal):
                return cluster
        if frame.sentence.block.kind != "paragraph" and self.focal is not None and not (actor.another or frame.time):
            return None
        return self._found(frame, direction) if self.founding.stands_alone(frame) else None

    def _bound(self, frame: Frame) -> Cluster | None:
        """The incident that several clauses about the same persons tell together."""
        told = [f.sentence.index for f, _ in self._told]
        here = [f.sentence.index for f, _ in self._told if f.sentence.index >= frame.sentence.index]
        bound = None if here else self.bound_clauses.bound(frame, max(told, default=-1))
        if bound is None:
            return None
        direction = next((d for d in map(self.founding.directions.of, reversed(bound)) if d is not None), None)
        cluster = self._found(bound[0], direction)
        if cluster.direction is None:
            cluster.direction = direction
        for lead in bound[:-1]:
            if lead.time is not None:
                cluster.times.append(lead.time)
            self._told.append((lead, cluster))
        return cluster

    def _of_scene(self, scene: TellableScene) -> Cluster:
        """The incident of a scene: one told before that is the same, else one that its founding frame founds."""
        known = self._scene_clusters.get(id(scene))
        if known is None:
            founder = scene.founder
            dated = [frame for frame in scene.frames if frame.time is not None]
            known = next(
                (
                    c
                    for c in self.clusters
                    if (
                        self.likeness.same(founder, c, scene.direction, self.focal)
                        and all(self.likeness.relation(frame, c) != "different" for frame in dated)
                    )
                    or (scene.direction == c.direction and founder.actor and self.likeness.with_child(founder.actor, c))
                ),
                None,
            )
            if known is None:
                known = Cluster([founder], scene.direction, journey=scene.journey)
                self.clusters.append(known)
            self._scene_clusters[id(scene)] = known
        return known

    def _arrival(self, frame: Frame) -> Cluster | None:
        """The incident of a journey that was told up to its arrival."""
        frame.actor = self.journeys.traveller(frame)
        if frame.actor is None:
            return None
        direction = self.founding.directions.of(frame)
        same = next((c for c in self.clusters if self.likeness.relation(frame, c) == "same"), None)
        arrival = same or self._found(frame, direction)
        arrival.journey = True
        return arrival

    def _in_passing(self, frame: Frame, person: Participant) -> Cluster:
        """The incident that a clause with a pronoun tells of somebody: his, where it was told, or a new one."""
        frame.actor = person
        direction = self.founding.directions.of(frame)
        same = next((c for c in self._candidates(frame) if self.likeness.of_person(frame, person, c, direction)), None)
        return same or self._found(frame, direction)

    def _found(self, frame: Frame, direction: str | None) -> Cluster:
        made = Cluster([frame], self.ways.of_new(frame, direction, self.clusters))
        self.clusters.insert(0 if self._told_of_one_known(frame) else len(self.clusters), made)
        return made

    def _told_of_one_known(self, frame: Frame) -> bool:
        """Whether the article's first incident only says who this one's person is: "a man who fled has gone back"."""
        first = self.focal
        if first is None or len(self.clusters) != 1 or frame.actor is None or first.founder.actor is None:
            return False
        clause = first.founder.head
        told = any(t.dep_ == "relcl" for t in (clause, *clause.ancestors) if t.sent.start == frame.head.sent.start)
        return told and first.founder.actor.head == frame.actor.head and frame.head.dep_ == "ROOT"

    def _returned(self, frame: Frame) -> bool:
        """Whether "the man stepped over to officials of his side" is the return that was told as the outcome."""
        return "home" in frame.sides("target") and any(
            f.trigger == "return" and f.actor is not None and f.actor.side == "home"
            for c in self.clusters
            for f in c.frames
        )

    def _left_a_post(self) -> bool:
        return any(
            f.trigger in {"defect", "leave"} and f.modality.real and self.founding.posts.left(f) for f in self._frames
        )

    def _candidates(self, frame: Frame) -> list[Cluster]:
        background = self.clusters[1:]
        if frame.actor is not None and frame.actor.another:
            return [c for c in background if frame.time is not None]
        return self.clusters[:1] + background

    def _recent(self, frame: Frame, direction: str | None) -> Cluster | None:
        """The incident whose person "he" or "the soldier" is: the last one of the paragraph, else the focal one."""
        actor = frame.actor
        if actor is None:
            return None
        here = self.at((frame.sentence.index, frame.head.i, frame.sentence.block.id))
        for cluster in (here, self.focal, *self._of_same_person()):
            if cluster is None or (direction and cluster.direction and direction != cluster.direction):
                continue
            if self.likeness.relation(frame, cluster) == "different" and not (
                actor.pronoun and self.likeness.near(frame, cluster)
            ):
                if not (frame.sides("source") == {"home"} and self.likeness.near(frame, cluster)):
                    continue
                frame.time = None  # "the group had set out from Hamhung on Thursday": not the day of the crossing
            if _of_many(frame) if actor.pronoun else self.likeness.contradicts(actor, cluster):
                continue
            return cluster
        return None

    def _of_same_person(self) -> list[Cluster]:
        """Further incidents of the focal one's person, told in the same sentence: "a man who fled has gone back"."""
        first = self.focal.founder.actor if self.focal is not None else None
        return [
            c
            for c in self.clusters[1:]
            if first is not None and c.founder.actor is not None and c.founder.actor.head == first.head
        ]

    def _taken_up(self, frame: Frame) -> Cluster | None:
        """The incident that "the defection", "this crossing" takes up, or one that the phrase itself founds."""
        actor = frame.actor
        if actor is not None and not actor.generic and not actor.definite:
            for cluster in self.clusters:
                if self.likeness.same(frame, cluster, None, self.focal):
                    return cluster
            if frame.time is not None and self.founding.fits(frame, self.focal is not None):
                return self._found(frame, self.founding.directions.of(frame))
            return None
        if actor is not None and actor.name is not None:
            for cluster in self.clusters:
                if cluster.name is not None and self.names.get(cluster.name) == self.names.get(actor.name):
                    return cluster
            if frame.time is not None and self.founding.fits(frame, self.focal is not None):
                return self._found(frame, self.founding.directions.of(frame))
            return None
        if frame.time is not None:
            for cluster in self.clusters:
                if self.likeness.relation(frame, cluster) == "same":
                    return cluster
        focal = self.focal
        return focal if focal is not None and self.likeness.relation(frame, focal) != "different" else None


def _of_many(frame: Frame) -> bool:
    """Whether "they" stands for the many that the sentence speaks of before, and not for one person of an incident."""
    pronoun = frame.actor.head if frame.actor is not None else None
    if pronoun is None or pronoun.lower_ not in {"they", "them"}:
        return False
    before = (t for t in frame.sentence.span if t.i < pronoun.i and t.dep_ in {"nsubj", "nsubjpass"})
    return any(t.tag_ in {"NNS", "NNPS"} or t.lower_ in {"majority", "most", "many"} for t in before)
