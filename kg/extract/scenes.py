"""Scenes: runs of sentences about one crosser or group that together tell a crossing.

A clause rule founds an incident where one clause has who crosses, a motion and the border. A scene has them spread: who
he is in one sentence, over what in another, who took him in in a third. Its signs (`kg.extract.scene_signs`) are
collected as long as the sentences speak of the same person or group; a new specific one, or the end of a list's item,
ends it.
Which of them tell a crossing says `kg.extract.scene_ways`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.attribution import reporting
from kg.extract.builder import FactsBuilder
from kg.extract.clusters import Clusters
from kg.extract.document import Document, Sentence
from kg.extract.founding import Founding
from kg.extract.participants import Participant, Participants
from kg.extract.scene_doers import SceneDoers, goes_along
from kg.extract.scene_persons import ScenePersons
from kg.extract.scene_rules import Kind, Way
from kg.extract.scene_signs import SignReader
from kg.extract.scene_words import Sign
from kg.extract.times import tokens_of
from kg.facts.model import TimeExpression

__all__ = ["STANDING", "Scene", "SceneReader", "Step", "date_of_sentence", "prose"]

#: Blocks whose parses do not hold.
_SILENT = frozenset({"headline", "heading", "caption"})
#: How many sentences after their boat those in it may be told of.
_CREW = 2
#: A scene without a sign in so many sentences is over.
_PAUSE = 8
_PLACES = frozenset({"there", "arrive", "over", "away", "north"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Signs that only say how a scene stands, not what was done in it.
STANDING = frozenset(
    {"origin", "outsider", "vessel", "lawful", "soldier", "abroad", "post", "homeward", "former", "elsewhere"}
)


@dataclass(eq=False)
class Step:
    """One clause of a scene: its head, who it is of, and what it is evidence of."""

    sentence: Sentence
    signs: tuple[Sign, ...]
    actor: Participant | None

    @property
    def kinds(self) -> set[Kind]:
        """The kinds of evidence."""
        return {sign.kind for sign in self.signs}


@dataclass(eq=False)
class Scene:
    """A run of sentences about one crosser or group.

    Attributes:
        actor: The phrase that brings in who it is about; None for those in a boat of whom no more is said.
        steps: Its clauses, in the order of the text.
        kinds: All its evidence.
        way: Which way it goes, once it is enough.
    """

    actor: Participant | None
    steps: list[Step] = field(default_factory=list)
    kinds: set[Kind] = field(default_factory=set)
    way: Way | None = None
    last: int = 0
    chain: str | None = None
    dated: set[int] = field(default_factory=set)
    label: set[Kind] = field(default_factory=set)

    @property
    def told(self) -> list[Step]:
        """The steps that tell what was done."""
        return [step for step in self.steps if step.kinds - STANDING]


class SceneReader:
    """Reads the scenes of an article.

    Args:
        builder: Holds the document, its times and its named persons.
        people: Reads noun phrases.
        founding: Knows the article, and what is no crossing.
        clusters: The incidents that clauses tell; they know which names are of one person.
    """

    def __init__(self, builder: FactsBuilder, people: Participants, founding: Founding, clusters: Clusters) -> None:
        self.builder = builder
        self.people = people
        self.founding = founding
        self.clusters = clusters
        self.persons = ScenePersons(builder, founding.geography, people)
        self.signs = SignReader(builder, founding.geography, self.persons)
        self.doers = SceneDoers(people)
        self.scenes: list[Scene] = []
        self.current: Scene | None = None
        #: Of an item of a list its block, and what its label says: "18 January, off Sokcho."
        self.label: tuple[str, set[Kind]] = ("", set())

    def read(self) -> list[Scene]:
        """All scenes, in the order in which they begin, whether they tell a crossing or not."""
        block = None
        for sentence in self.builder.document.sentences:
            if sentence.block.kind in _SILENT:
                self.current = None
                continue
            if sentence.block.id != block and sentence.block.kind == "bullet":
                self.current = None
            block = sentence.block.id
            self._sentence(sentence)
        return self.scenes

    def _sentence(self, sentence: Sentence) -> None:
        if self.founding.refusals.told_tale(sentence):
            return
        signs = self.signs.signs(sentence)
        if sentence.block.kind == "bullet" and not any(t.tag_ in _FINITE for t in sentence.span):
            dated: set[Kind] = {"dated"} if date_of_sentence(self.builder, sentence) is not None else set()
            self.label = (sentence.block.id, {sign.kind for sign in signs} | dated)
            return
        if not signs:
            self._describe(sentence)
            return
        if self.current is None and all(sign.kind in STANDING or sign.kind in _PLACES for sign in signs):
            return  # places alone tell nothing of nobody
        persons = self.persons.of(sentence)
        clauses: dict[int, list[Sign]] = {}
        for sign in signs:
            clauses.setdefault(sign.head.i, []).append(sign)
        for found in clauses.values():
            main = min(found, key=lambda s: (s.kind in STANDING, s.kind in _PLACES, s.at))
            possible, actor = self.doers.of(sentence, main, persons)
            if possible:
                self._step(Step(sentence, tuple(found), actor))

    def _describe(self, sentence: Sentence) -> None:
        """What a sentence that tells nothing else says of who a scene is about: "He is a private of their army"."""
        here = self.current
        if here is None or sentence.index - here.last > _PAUSE or "origin" in here.kinds:
            return
        if not any(spot.side == "home" for spot in self.founding.geography.spots(sentence)):
            return
        here.kinds |= self.persons.predicated(sentence)
        for person in self.persons.of(sentence):
            told_of = person.definite or (not person.pronoun and person.head.dep_ in {"attr", "appos"})
            if told_of and person.name is None and self._can_be(person, here):
                here.kinds |= self.persons.described(sentence, person)

    def _step(self, step: Step) -> None:
        scene = self._scene_of(step)
        if scene is None:
            return
        if not scene.steps and self.label[0] == step.sentence.block.id:
            scene.label = self.label[1]
        scene.steps.append(step)
        scene.last = step.sentence.index
        scene.kinds |= step.kinds
        if step.actor is not None and not step.actor.pronoun:
            scene.kinds |= self.persons.described(step.sentence, step.actor)
        self.current = scene

    def _scene_of(self, step: Step) -> Scene | None:
        actor, here = step.actor, self.current
        if here is not None and step.sentence.index - here.last > _PAUSE:
            here = self.current = None
        if actor is None:
            return self._unmanned(step, here)
        if actor.pronoun:
            if actor.plural and here is not None and not _several(here):
                # "They": the group told of last, before one person who may be meant as well
                here = next((s for s in reversed(self.scenes) if _several(s) and self._near(s, step.sentence)), here)
            return here if here is not None and self._agrees(actor, here) else self._before(step, actor)
        return self._scene_for(actor, step.sentence)

    def _scene_for(self, actor: Participant, sentence: Sentence) -> Scene:
        """The scene of a person who is named or described, a new one where he was not told of before."""
        chain = self.clusters.names.get(actor.name) if actor.name is not None else None
        if chain is not None:
            known = next((s for s in reversed(self.scenes) if s.chain == chain), None)
            return known or self._same_name(actor) or self._new(actor, chain)
        if actor.definite and not actor.another:
            for scene in reversed(self.scenes):
                if sentence.index - scene.last <= _PAUSE and self._can_be(actor, scene):
                    return scene
        here = self.current
        if here is not None and here.actor is not None and here.actor.head is actor.head:
            return here
        if here is not None and here.actor is None and sentence.index - here.last <= _CREW:
            here.actor = actor  # "hailed a raft. On it were two brothers": those of whom only the boat was told
            return here
        return self._new(actor, None)

    def _unmanned(self, step: Step, here: Scene | None) -> Scene | None:
        """The scene of a boat of whose crew nothing is said yet: a new one unless it was told of before."""
        boat = next((sign.head.doc[sign.at] for sign in step.signs if sign.kind == "vessel"), None)
        if boat is None or not {"found", "reception"} & step.kinds:
            return (
                here if boat is None or any(c.lower_ in {"the", "his", "her", "their"} for c in boat.children) else None
            )
        if any(c.lower_ in {"the", "his", "her", "their"} for c in boat.children):
            return here
        self.scenes.append(Scene(None))
        return self.scenes[-1]

    def _new(self, actor: Participant, chain: str | None) -> Scene:
        self.scenes.append(Scene(actor, chain=chain))
        return self.scenes[-1]

    def _before(self, step: Step, actor: Participant) -> Scene | None:
        """The scene of the person whom a pronoun takes up in its sentence or the one before it."""
        index = step.sentence.index
        near = [
            s
            for s in self.builder.document.sentences
            if index - 1 <= s.index <= index and s.block.id == step.sentence.block.id
        ]
        for sentence in reversed(near):
            for person in reversed(self.persons.of(sentence)):
                if (
                    person.pronoun
                    or goes_along(person)
                    or person.plural != actor.plural
                    or (sentence.index == index and person.words[0] > actor.head.i)
                ):
                    continue
                made = self._scene_for(person, sentence)
                made.kinds |= self.persons.described(sentence, person)
                return made
        return None

    def _same_name(self, actor: Participant) -> Scene | None:
        """The scene of a person of whom only one name is said again: "Ostrander"."""
        if actor.name is None:
            return None
        words = self.builder.mentions[actor.name].quote.split()
        if len(words) != 1:
            return None
        named = (s for s in self.scenes if s.actor is not None and s.actor.name is not None)
        return next(
            (s for s in named if words[0] in self.builder.mentions[str(s.actor and s.actor.name)].quote.split()), None
        )

    def _agrees(self, pronoun: Participant, scene: Scene) -> bool:
        if scene.actor is None:
            return True
        return pronoun.plural or not _several(scene)

    def _near(self, scene: Scene, sentence: Sentence) -> bool:
        """Whether a scene is not over at a sentence."""
        return sentence.index - scene.last <= _PAUSE

    def _can_be(self, actor: Participant, scene: Scene) -> bool:
        """Whether "the corporal", "the four" can be who a scene is about."""
        other = scene.actor
        if other is None:
            return True
        if actor.plural != (other.plural or (other.count or 1) > 1):
            return False
        if actor.count is not None and other.count is not None and actor.count != other.count:
            return False
        mine = set(actor.kinds) | ({"actor:soldier"} if actor.rank else set())
        theirs = set(other.kinds) | ({"actor:soldier"} if other.rank else set())
        if actor.rank is not None and other.rank is not None and actor.rank != other.rank:
            return False
        return not (mine and theirs and mine.isdisjoint(theirs))


def _several(scene: Scene) -> bool:
    """Whether a scene is about more than one person, as far as is known."""
    return scene.actor is not None and (scene.actor.plural or (scene.actor.count or 1) > 1)


def prose(document: Document) -> Iterator[Sentence]:
    """The sentences of an article whose parses hold: no headlines and no captions.

    Args:
        document: The article.
    """
    return (sentence for sentence in document.sentences if sentence.block.kind not in _SILENT)


def date_of_sentence(builder: FactsBuilder, sentence: Sentence) -> TimeExpression | None:
    """The first date of a sentence that no verb of saying has.

    Args:
        builder: Holds the times.
        sentence: The sentence.
    """
    for time in builder.times.values():
        if not (sentence.start <= time.start and time.end <= sentence.end) or time.modifier in {"since", "until"}:
            continue
        span = tokens_of(builder.document, time)
        if span is None or (time.anchor is None and time.edtf is None):
            continue
        above = next((a for a in span.root.ancestors if a.pos_ == "VERB"), None)
        if above is None or above.lemma_.lower() not in reporting().verbs:
            return time
    return None
