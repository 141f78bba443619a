"""Which frames tell of one incident: the focal one of the article, and those in its background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.extract.bound_clauses import BoundClauses
from kg.extract.carriers import Carriers
from kg.extract.crossing_rules import CrossingRules, crossing_rules
from kg.extract.dating import Dating
from kg.extract.founding import Founding
from kg.extract.frames import Frame
from kg.extract.journeys import Journeys
from kg.extract.participants import Participant, Participants
from kg.facts.model import Mention, TimeExpression

__all__ = ["Cluster", "Clusters", "TellableScene"]

_NEAR_DAYS = 31
#: How many sentences after a departure its end may be told by a pronoun.
_NEAR_SENTENCES = 4
_ARRIVING = frozenset({"move", "leave", "found", "custody", "surrender", "cross"})


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
        self.sentences = builder.document.sentences
        self.names = {mention.id: mention.chain for mention in builder.mentions.values() if mention.cls == "Person"}
        self.rules: CrossingRules = crossing_rules()
        self.clusters: list[Cluster] = []
        self._frames: Sequence[Frame] = ()
        self.bound_clauses = BoundClauses(founding, people, ())
        self._told: list[tuple[Frame, Cluster]] = []
        self.carriers = Carriers(builder.document, founding.geography, people)
        self.journeys = Journeys(builder, founding.geography)
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
            known = here is not None and not all(self.dating.counts_from_incident(t) for t in here.times)
            return here if here is not None and not (known and self._relation(frame, here) == "different") else None
        if frame.carried and actor is None and (frame.lines or frame.trigger == "found"):
            actor = frame.actor = self._aboard(frame) or self.carriers.later(frame.sentence, frame.carrier)
        if actor is None or frame.trigger == "anaphor":
            return None
        arrived = self._arrived(frame, actor)
        if arrived is not None:
            return arrived
        bound = self._bound(frame)
        if bound is not None:
            return bound
        if actor.pronoun and self.focal is None:
            actor = self._antecedent(frame, actor)
        if not self.founding.fits(frame, self.focal is not None):
            return None
        if actor.definite and actor.side is None and actor.name is None:
            actor.side = self._side_before(frame, actor)
        direction = self.founding.direction(frame)
        if frame.opposite:
            direction = self._reverse(frame) or direction
        if actor.definite and (actor.name is None or actor.pronoun) and not actor.another:
            same = self._recent(frame, direction if self.founding.explicit(frame) else None)
            if same is not None:
                return same
            if self._returned(frame):
                return None
            return self._found(frame, direction) if self.founding.stands_alone(frame) else None
        for cluster in self._candidates(frame):
            if self._same(frame, cluster, direction):
                return cluster
        if frame.sentence.block.kind != "paragraph" and self.focal is not None and not (actor.another or frame.time):
            return None
        return self._found(frame, direction) if self.founding.stands_alone(frame) else None

    def _returned(self, frame: Frame) -> bool:
        """Whether "the man stepped over to officials of his side" is the return that was told as the outcome."""
        return "home" in frame.sides("target") and any(
            f.trigger == "return" and f.actor is not None and f.actor.side == "home"
            for c in self.clusters
            for f in c.frames
        )

    def _arrived(self, frame: Frame, actor: Participant) -> Cluster | None:
        """The incident told up to a departure whose end a clause tells: "left his post ... He reached Seoul in May"."""
        if frame.nominal or frame.backward or frame.modality.tense == "present":
            return None
        if frame.trigger not in _ARRIVING:
            return None
        if "destination" not in frame.sides("target", "place") and not self._arrived_there(frame):
            return None
        for cluster in reversed(self.clusters):
            gap = frame.sentence.index - cluster.frames[-1].sentence.index
            if not 0 <= gap <= _NEAR_SENTENCES or not self.founding.departs(cluster.founder):
                continue
            if gap == 0 and any(a.head == actor.head for a in cluster.actors):
                return cluster
            if not actor.pronoun and not actor.definite:
                continue
            if actor.name is not None and self.names.get(actor.name) != self.names.get(cluster.name or ""):
                continue
            if actor.name is None and not self._may_be(frame, actor, cluster):
                continue
            return cluster
        return None

    def _arrived_there(self, frame: Frame) -> bool:
        """Whether a dated arrival says where by the clause before it: "he lived in the South, having come in June"."""
        if frame.lemma not in {"arrive", "come"} or frame.time is None or frame.arguments:
            return False
        spots = [s for s in self.founding.geography.spots(frame.sentence) if not s.adjective]
        participle = frame.head.dep_ == "advcl" and frame.head.tag_ in {"VBG", "VBN"}
        return participle and {s.side for s in spots} == {"destination"}

    def _may_be(self, frame: Frame, actor: Participant, cluster: Cluster) -> bool:
        """Whether number lets a pronoun or "the man" stand for who departed; "they" may be one and his company."""
        several = (cluster.count or 1) > 1 or any(a.plural for a in cluster.actors)
        several = several or any(f.companions for f in cluster.frames)
        if actor.pronoun:
            return (actor.plural and several) or not actor.plural
        return not self._contradicts(actor, cluster) and bool(cluster.kinds & set(actor.kinds) or not actor.kinds)

    def _bound(self, frame: Frame) -> Cluster | None:
        """The incident that several clauses about the same persons tell together."""
        told = [f.sentence.index for f, _ in self._told]
        here = [f.sentence.index for f, _ in self._told if f.sentence.index >= frame.sentence.index]
        bound = None if here else self.bound_clauses.bound(frame, max(told, default=-1))
        if bound is None:
            return None
        direction = next((d for d in map(self.founding.direction, reversed(bound)) if d is not None), None)
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
                        self._same(founder, c, scene.direction)
                        and all(self._relation(frame, c) != "different" for frame in dated)
                    )
                    or (scene.direction == c.direction and founder.actor and self._with_child(founder.actor, c))
                ),
                None,
            )
            if known is None:
                known = Cluster([founder], scene.direction, journey=scene.journey)
                self.clusters.append(known)
            self._scene_clusters[id(scene)] = known
        return known

    def _left_a_post(self) -> bool:
        return any(
            f.trigger in {"defect", "leave"} and f.modality.real and self.founding.posts.left(f) for f in self._frames
        )

    def _arrival(self, frame: Frame) -> Cluster | None:
        """The incident of a journey that was told up to its arrival."""
        frame.actor = self.journeys.traveller(frame)
        if frame.actor is None:
            return None
        direction = self.founding.direction(frame)
        same = next((c for c in self.clusters if self._relation(frame, c) == "same"), None)
        arrival = same or self._found(frame, direction)
        arrival.journey = True
        return arrival

    def _antecedent(self, frame: Frame, actor: Participant) -> Participant:
        """The person of an earlier clause of the sentence that a pronoun takes up: "was held after he crossed"."""
        for token in reversed([t for t in frame.sentence.span if t.i < frame.head.i and t.pos_ in {"NOUN", "PROPN"}]):
            read = self.people.read(frame.sentence, token)
            if read is not None and read.side is not None and read.plural == actor.plural and not read.generic:
                frame.actor = read
                return read
        told = self._biography(frame)
        if told is not None:
            actor.name = told
        return actor

    def _aboard(self, frame: Frame) -> Participant | None:
        """Who was in a boat of the other side: "a North Korean boat with seven people aboard"."""
        spots = self.founding.geography.spots(frame.sentence)
        boats = [t for t in frame.sentence.span if t.lemma_.lower() in self.rules.carriers and t.pos_ == "NOUN"]
        home = any(s.side == "home" and s.adjective and 0 <= boat.i - s.end < 3 for s in spots for boat in boats)
        for token in frame.sentence.span if home else ():
            if token.pos_ not in {"NOUN", "NUM"} or token.dep_ not in {"pobj", "nsubj", "dobj"}:
                continue
            read = self.people.read(frame.sentence, token)
            if read is not None and read.count is not None and not read.definite and read.side != "destination":
                read.side = "home"
                return read
        return None

    def _biography(self, frame: Frame) -> str | None:
        """The named person whose flight a paragraph tells: "they escaped to Laos and reached the South in March"."""
        block = frame.sentence.block
        left = any(
            f.sentence.block.id == block.id and f.trigger in {"leave", "defect"} and f.modality.real
            for f in self._frames
        )
        named = [
            m for m in self.people.builder.mentions.values() if m.cls == "Person" and m.start < frame.sentence.start
        ]
        return max(named, key=lambda m: m.start).id if left and named and frame.time is not None else None

    def _side_before(self, frame: Frame, actor: Participant) -> str | None:
        """The side of "the soldier" whom an earlier sentence called a soldier of that side."""
        for sentence in reversed(self.sentences):
            if sentence.index >= frame.sentence.index or sentence.block.kind in {"headline", "heading"}:
                continue
            for token in sentence.span:
                if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod"}:
                    continue
                read = self.people.read(sentence, token)
                if read is None or read.side is None or read.generic or read.plural != actor.plural:
                    continue
                if (
                    actor.pronoun
                    or not actor.kinds
                    or set(actor.kinds) & set(read.kinds)
                    or (actor.rank and read.kinds)
                ):
                    return read.side
        return None

    def _found(self, frame: Frame, direction: str | None) -> Cluster:
        if direction is None or frame.backward:
            direction = self._and_back(frame) or direction
        if direction is None and self.focal is not None and frame.actor is not None and not frame.opposite:
            one_more = self.founding.further.one_more(frame, frame.actor, told=True)
            lay_hidden = frame.trigger == "hidden" or frame.lemma in self.rules.guided
            if one_more or lay_hidden or (frame.lines and not frame.backward):
                direction = self._usual_direction(self.focal)
                first = self.focal.founder.actor
                if first is not None and first.side == "destination" and self._met_there(frame):
                    direction = self.founding.concept("home", "destination")
        made = Cluster([frame], direction)
        self.clusters.insert(0 if self._told_of_one_known(frame) else len(self.clusters), made)
        return made

    def _met_there(self, frame: Frame) -> bool:
        """Whether a clause of one of no side stands at a place of the destination, and names no other."""
        actor = frame.actor
        if actor is None or actor.side is not None or actor.another:
            return False
        spots = self.founding.geography.spots(frame.sentence)
        return {s.side for s in spots if not s.adjective} == {"destination"}

    def _usual_direction(self, focal: Cluster) -> str | None:
        """The way that one more of the kind that was told goes: the same; where a return was told, the way there."""
        returns = focal.founder.backward or focal.founder.opposite
        return self.founding.opposite(focal.direction) if returns else focal.direction

    def _told_of_one_known(self, frame: Frame) -> bool:
        """Whether the article's first incident only says who this one's person is: "a man who fled has gone back"."""
        first = self.focal
        if first is None or len(self.clusters) != 1 or frame.actor is None or first.founder.actor is None:
            return False
        clause = first.founder.head
        told = any(t.dep_ == "relcl" for t in (clause, *clause.ancestors) if t.sent.start == frame.head.sent.start)
        return told and first.founder.actor.head == frame.actor.head and frame.head.dep_ == "ROOT"

    def _and_back(self, frame: Frame) -> str | None:
        """The way back, for one whom the sentence let go the other way: "who slipped over in May was sent back"."""
        for cluster in reversed(self.clusters):
            for other in cluster.frames:
                same = other.actor is not None and frame.actor is not None and other.actor.head == frame.actor.head
                if same and other.sentence.index == frame.sentence.index:
                    return self.founding.opposite(cluster.direction)
        return None

    def _candidates(self, frame: Frame) -> list[Cluster]:
        background = self.clusters[1:]
        if frame.actor is not None and frame.actor.another:
            return [c for c in background if frame.time is not None]
        return self.clusters[:1] + background

    def _same(self, frame: Frame, cluster: Cluster, direction: str | None) -> bool:
        actor = frame.actor
        if actor is None or (direction and cluster.direction and direction != cluster.direction):
            return False
        relation = self._relation(frame, cluster)
        if relation == "different":
            return False
        if actor.name is not None or cluster.name is not None:
            if actor.name is not None and cluster.name is not None:
                return self.names.get(actor.name) == self.names.get(cluster.name)
            return relation == "same" and not self._contradicts(actor, cluster)
        if self._contradicts(actor, cluster):
            return False
        if actor.another:
            return relation == "same"
        if relation == "unknown" and self._long_before(frame, cluster):
            return False
        # A date that cannot be compared, on an incident of the background: not known to be the same.
        return relation == "same" or cluster is self.focal

    def _long_before(self, frame: Frame, cluster: Cluster) -> bool:
        """Whether a clause brings in somebody of a day long before the article, and what is news is undated.

        "In May 2001 a sailor rowed across", far behind the clause that tells what is news, is another case.
        """
        if frame.time is None or cluster.times or frame.actor is None or frame.actor.definite:
            return False
        own, reference = self.dating.interval(frame.time), self.dating.reference
        if own is None or own.latest is None or reference is None or reference.earliest is None:
            return False
        apart = frame.sentence.block.id != cluster.founder.sentence.block.id
        return apart and (reference.earliest - own.latest).days > _NEAR_DAYS

    def _relation(self, frame: Frame, cluster: Cluster) -> str:
        if frame.time is None:
            return "unknown"
        if self.dating.counts_from_incident(frame.time) and frame.time not in cluster.times:
            return "different"  # "two weeks after a man crossed": another one than this
        found = [self.dating.compare(frame.time, time) for time in cluster.times]
        return "different" if "different" in found else "same" if "same" in found else "unknown"

    def _contradicts(self, actor: Participant, cluster: Cluster) -> bool:
        """Whether number or kind of person set them apart."""
        if actor.count is not None and cluster.count is not None and actor.count != cluster.count:
            return not self._with_child(actor, cluster)
        if actor.plural and actor.count is None and cluster.count == 1:
            return True
        mine = set(actor.kinds) | ({"actor:soldier"} if actor.rank else set())
        return bool(mine and cluster.kinds) and mine.isdisjoint(cluster.kinds)

    def _recent(self, frame: Frame, direction: str | None) -> Cluster | None:
        """The incident whose person "he" or "the soldier" is: the last one of the paragraph, else the focal one."""
        actor = frame.actor
        if actor is None:
            return None
        here = self.at((frame.sentence.index, frame.head.i, frame.sentence.block.id))
        for cluster in (here, self.focal, *self._of_same_person()):
            if cluster is None or (direction and cluster.direction and direction != cluster.direction):
                continue
            if self._relation(frame, cluster) == "different" and not (actor.pronoun and self._near(frame, cluster)):
                if not (frame.sides("source") == {"home"} and self._near(frame, cluster)):
                    continue
                frame.time = None  # "the group had set out from Hamhung on Thursday": not the day of the crossing
            if _of_many(frame) if actor.pronoun else self._contradicts(actor, cluster):
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

    def _near(self, frame: Frame, cluster: Cluster) -> bool:
        """Whether a date is within a month of an incident's: "he had crossed four days before"."""
        own = self.dating.interval(frame.time) if frame.time is not None else None
        for time in cluster.times:
            other = self.dating.interval(time)
            if own is None or other is None or own.earliest is None or other.earliest is None:
                continue
            if abs((own.earliest - other.earliest).days) <= _NEAR_DAYS:
                return True
        return False

    def _taken_up(self, frame: Frame) -> Cluster | None:
        """The incident that "the defection", "this crossing" takes up, or one that the phrase itself founds."""
        actor = frame.actor
        if actor is not None and not actor.generic and not actor.definite:
            for cluster in self.clusters:
                if self._same(frame, cluster, None):
                    return cluster
            if frame.time is not None and self.founding.fits(frame, self.focal is not None):
                return self._found(frame, self.founding.direction(frame))
            return None
        if actor is not None and actor.name is not None:
            for cluster in self.clusters:
                if cluster.name is not None and self.names.get(cluster.name) == self.names.get(actor.name):
                    return cluster
            if frame.time is not None and self.founding.fits(frame, self.focal is not None):
                return self._found(frame, self.founding.direction(frame))
            return None
        if frame.time is not None:
            for cluster in self.clusters:
                if self._relation(frame, cluster) == "same":
                    return cluster
        focal = self.focal
        return focal if focal is not None and self._relation(frame, focal) != "different" else None

    def _with_child(self, actor: Participant, cluster: Cluster) -> bool:
        """Whether "the three" are a couple and the child that the clause about them names: "hid their son"."""
        if not actor.definite or actor.count is None or cluster.count is None or actor.count < cluster.count:
            return False
        kin = {
            token.i
            for token in cluster.founder.sentence.span
            if token.lemma_.lower() in self.rules.kin and any(c.dep_ == "poss" for c in token.children)
        }
        return 0 < actor.count - cluster.count <= len(kin)

    def _reverse(self, frame: Frame) -> str | None:
        """The direction opposite to that of the incident told of before in the sentence."""
        here = self.at((frame.sentence.index, frame.head.i, frame.sentence.block.id))
        told = here.direction if here is not None and here.direction is not None else None
        if told is None and self.focal is not None:
            told = self.focal.direction
        return self.founding.opposite(told)


def _of_many(frame: Frame) -> bool:
    """Whether "they" stands for the many that the sentence speaks of before, and not for one person of an incident."""
    pronoun = frame.actor.head if frame.actor is not None else None
    if pronoun is None or pronoun.lower_ not in {"they", "them"}:
        return False
    before = (t for t in frame.sentence.span if t.i < pronoun.i and t.dep_ in {"nsubj", "nsubjpass"})
    return any(t.tag_ in {"NNS", "NNPS"} or t.lower_ in {"majority", "most", "many"} for t in before)
