"""Crossings that no rule reads: sentences that very likely tell one, with who crosses in them.

`kg.extract.telling` weighs a sentence; here it becomes a scene of one clause, which goes through the same refusals,
dates and comparisons as the others. One that only takes up somebody ("the man", "he") founds an incident where the
article has told none; else it belongs to what was told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.actors import undergoer_of
from kg.extract.clusters import Clusters
from kg.extract.crossing_rules import crossing_rules
from kg.extract.document import Sentence
from kg.extract.modality import assess, subject_of
from kg.extract.scene_doers import goes_along
from kg.extract.scene_rules import scene_rules
from kg.extract.scene_words import PRONOUNS, Sign
from kg.extract.scenes import SILENT, Scene, SceneReader, Step
from kg.extract.telling import Features, telling_model

if TYPE_CHECKING:
    from kg.extract.parsed import Token
    from kg.extract.participants import Participant
    from kg.extract.scene_rules import Kind, Way

__all__ = ["find_likely_scenes"]

#: From which probability on a sentence founds an incident: see docs/evaluation.md for what each choice costs.
_LIKELY = 0.7
#: The same in an article in which neither the home side nor a line of the border is named.
_LIKELIER = 0.8
#: How many sentences back "he" is looked for.
_BACK = 4
_WAYS: dict[str, Way] = {"over": "over", "journey": "over", "post": "post", "back": "back"}
#: Evidence of another matter: a stranger to this border, a lawful journey, somebody who is no longer what he was.
_AMISS = frozenset({"outsider", "lawful", "former"})
_FOREIGN: set[Kind] = {"outsider"}
#: What follows a crossing and tells none by itself: "was questioned", "lives in the capital".
_UNDERGONE: tuple[Kind, ...] = ("reception", "settle")
_ACTING = frozenset({"VERB", "AUX"})


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
    for place, sentence in enumerate(_prose(reader)):
        if sentence.index in covered or reader.founding.refusals.told_tale(sentence):
            continue
        seen = features.of(sentence, place)
        if model.tells.probability(seen) < enough:
            continue
        scene = _scene_of(reader, sentence, model.way(seen), known=bool(known or found))
        if scene is not None and not _told(scene, clusters, posted=posted):
            found.append(scene)
    return found


def _prose(reader: SceneReader) -> Iterator[Sentence]:
    return (s for s in reader.builder.document.sentences if s.block.kind not in SILENT)


def _scene_of(reader: SceneReader, sentence: Sentence, way: str, *, known: bool) -> Scene | None:
    """The scene of a sentence, or None where it says of nobody what he did, or of one told of before."""
    actor = _crosser(reader, sentence)
    head = _deed(sentence, actor) if actor is not None else None
    if actor is None or head is None or (known and _taken_up(actor)):
        return None
    about = _person_before(reader, sentence) if actor.pronoun else actor
    if about is None:
        return None
    told_in = sentence if about is actor else reader.builder.document.sentence_of(about.head)
    step = Step(sentence, (Sign("motion", head, head.i), *reader.signs.signs(sentence)), actor)
    kinds = step.kinds | reader.persons.described(told_in, about)
    kinds |= reader.persons.standing(about) - (_FOREIGN if "origin" in kinds else set())
    if kinds & _AMISS or ("bare" in kinds and "origin" not in kinds):
        return None
    journey: set[Kind] = {"away"} if way == "journey" else set()
    return Scene(about, [step], (kinds - {"away"}) | journey, way=_WAYS[way], last=sentence.index)


def _told(scene: Scene, clusters: Clusters, *, posted: bool) -> bool:
    """Whether a scene only tells again: of one named in an incident, or of "a diplomat" where one has left a post."""
    name = scene.actor.name if scene.actor is not None else None
    if name is None:
        return posted and scene.way == "post"
    return clusters.names.get(name) in {clusters.names.get(str(cluster.name)) for cluster in clusters.clusters}


def _crosser(reader: SceneReader, sentence: Sentence) -> Participant | None:
    """Who of a sentence crosses: of those who may, the one that something is done by or to, before one only named."""
    people = [p for p in reader.persons.of(sentence) if p.side not in {"destination", "other"}]
    acting = [p for p in people if not goes_along(p) and _deed(sentence, p) is not None]
    described = [p for p in acting if not p.pronoun]
    home = [p for p in described if p.side == "home"]
    return next(iter([*home, *described, *acting]), None)


def _taken_up(actor: Participant) -> bool:
    return (actor.definite or actor.pronoun) and not actor.another and actor.name is None


def _deed(sentence: Sentence, actor: Participant) -> Token | None:
    """The verb of what somebody did or underwent; one of motion before another, one that was done before all."""
    rules = crossing_rules()
    moving = frozenset(lemma for lemmas in rules.verbs.values() for lemma in lemmas)
    verbs = [
        token
        for token in sentence.span
        if token.pos_ in _ACTING and token.dep_ not in {"aux", "auxpass"} and _done(sentence, token)
    ]
    undergone = {lemma for kind in _UNDERGONE for lemma in scene_rules().verbs.get(kind, ())} - moving
    verbs = [token for token in verbs if rules.lemma(token) not in undergone]
    met = rules.verbs["found"] | rules.verbs["custody"]
    # Whoever finds or holds somebody does not cross: of such verbs it is the one who is found.
    own = [
        t
        for t in verbs
        if undergoer_of(t) is actor.head or (subject_of(t) is actor.head and (rules.lemma(t) not in met or _passive(t)))
    ]
    own = own or [t for t in verbs if t.dep_ in {"relcl", "acl"} and t.head is actor.head]
    if not own:
        # A relative clause or apposition that the parse gives to another word: the next motion behind him is his.
        own = [t for t in verbs if t.i > actor.head.i and rules.lemma(t) in moving and subject_of(t) is None][:1]
    if not own:
        return None
    return next((t for t in own if rules.lemma(t) in moving), own[0])


def _passive(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _done(sentence: Sentence, verb: Token) -> bool:
    """Whether the words make a deed one that is over: as a fact, or as a report, but not of "she" who heard it."""
    meant = assess(sentence, verb)
    speaker = meant.attribution.text.lower() if meant.attribution is not None else ""
    told = meant.certainty == "asserted" or (meant.certainty == "reported" and speaker not in PRONOUNS)
    return meant.real and meant.tense == "past" and told


def _person_before(reader: SceneReader, sentence: Sentence) -> Participant | None:
    """The last person who may cross that is described in the sentences before: whom "he" takes up."""
    near = [s for s in _prose(reader) if sentence.index - _BACK <= s.index < sentence.index]
    for other in reversed(near):
        for person in reader.persons.of(other):
            if not person.pronoun and person.side not in {"destination", "other"} and not goes_along(person):
                return person
    return None
