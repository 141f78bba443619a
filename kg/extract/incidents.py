"""The incidents of an article: which there are, who crossed, and everything that is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.aftermath import describe_aftermath
from kg.extract.builder import FactsBuilder
from kg.extract.cluster import Cluster
from kg.extract.clusters import Clusters
from kg.extract.coreference import crosser_of
from kg.extract.crosser import describe_crosser
from kg.extract.dating import Dating
from kg.extract.document import offsets
from kg.extract.founding import Founding
from kg.extract.frames import Frame, find_frames
from kg.extract.geography import Geography
from kg.extract.kinds import describe_kind, describe_late_direction
from kg.extract.lexicon import Lexicon
from kg.extract.participants import Participants
from kg.extract.ranked_cases import read_ranked_cases
from kg.extract.returns import read_returns
from kg.extract.saying import Saying
from kg.extract.scene_frames import tell_scenes, with_scenes
from kg.extract.slots import describe_incident
from kg.extract.status import describe_status

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["find_incidents"]

_LONGEST = 30


def find_incidents(builder: FactsBuilder, lexicon: Lexicon) -> Clusters | None:
    """Add the incidents of an article with their claims; gives them for what is to be read of them later.

    Args:
        builder: Holds the document; `find_times` and `find_names` must have run before.
        lexicon: The words of the border.
    """
    geography = Geography(lexicon)
    people = Participants(builder, geography)
    founding = Founding(builder, geography)
    # Where neither the home side nor a line is named, only what is very likely by its whole sentence is a crossing.
    frames = find_frames(builder, geography, people) if founding.at_home else []
    dating = Dating(builder)
    dating.assign(frames)
    read_ranked_cases(frames, people)
    read_returns(frames, people, dating)
    clusters = Clusters(dating, founding, people)
    clusters.add(frames)
    scenes = tell_scenes(builder, people, founding, clusters, dating, frames)
    if scenes:
        clusters = Clusters(dating, founding, people)
        clusters.add(with_scenes(frames, scenes), scenes)
    if not clusters.clusters:
        return clusters
    _name_crossers(builder, clusters, people)
    for cluster in clusters.clusters:
        _mention(builder, cluster)
    saying = Saying(builder)
    for cluster in clusters.clusters:
        describe_incident(builder, lexicon, saying, cluster, clusters, dating)
        describe_crosser(builder, lexicon, saying, cluster)
    describe_aftermath(builder, geography, people, saying, clusters)
    for cluster in clusters.clusters:
        describe_late_direction(builder, lexicon, saying, cluster)
        describe_kind(builder, lexicon, saying, cluster, clusters)
    describe_status(builder, saying, clusters, people)
    return clusters


def _name_crossers(builder: FactsBuilder, clusters: Clusters, people: Participants) -> None:
    """Give an incident the name that another sentence gives to who crossed: "the soldier, surnamed Oh"."""
    for mention in [m for m in builder.mentions.values() if m.cls == "Person" and m.chain == m.id]:
        if any(clusters.names.get(cluster.name or "") == mention.chain for cluster in clusters.clusters):
            continue
        for block, doc in builder.document.parses:
            if not block.start <= mention.start < block.end:
                continue
            span = doc.char_span(mention.start - block.start, mention.end - block.start, alignment_mode="expand")
            described = _described(span.root) if span is not None else None
            if described is None:
                continue
            sentence = builder.document.sentence_of(described)
            read = people.read(sentence, described)
            cluster = crosser_of(clusters, people, sentence, described)
            if read is not None and read.definite and read.name in {None, mention.id} and cluster is not None:
                cluster.alias = cluster.alias or (mention.id if cluster.name is None else None)


def _described(name: Token) -> Token | None:
    """The noun that a name is given to: its apposition, or what is "known as", "identified as", "surnamed" it."""
    if name.dep_ == "appos":
        return name.head
    node = name
    for _ in range(5):
        if node.head == node:
            return None
        node = node.head
        if node.lemma_.lower() in {"identify", "name", "know", "surname", "surnamed", "call"} and node.dep_ in {
            "acl",
            "advcl",
            "amod",
        }:
            return (
                node.head if node.head.pos_ == "NOUN" else next((c for c in node.children if c.dep_ == "nsubj"), None)
            )
    return None


def _mention(builder: FactsBuilder, cluster: Cluster) -> None:
    """The founding words of an incident, and of who crossed."""
    start, end = founding_words(cluster.founder)
    cluster.mention = builder.mention("Incident", start, end)
    for frame in cluster.frames[1:]:
        if frame.nominal or (frame.actor is not None and not frame.actor.pronoun):
            again = founding_words(frame)
            if again != (start, end) and not (again[0] < end and start < again[1]):
                builder.mention("Incident", *again, chain=cluster.mention.id)
    if cluster.name is not None:
        cluster.person = builder.mentions[cluster.name]
    for actor in cluster.actors:
        if actor.pronoun or actor.name is not None:
            continue
        doc = actor.head.doc
        span = offsets(doc[actor.words[0] : actor.words[1]])
        chain = cluster.person.chain if cluster.person is not None else None
        made = builder.mention("Person", *span, chain=chain, count=actor.count or 1)
        cluster.person = cluster.person or made


def founding_words(frame: Frame) -> tuple[int, int]:
    """The clause or noun phrase of a frame, from its actor on, at most thirty words."""
    doc = frame.head.doc
    words = {i for i in frame.words if not doc[i].is_punct} | {frame.head.i}
    if frame.carrier is not None:
        first = min(frame.carrier.left_edge.i, frame.head.i)
        last = max(i for i in words if i - first < _LONGEST)
        return offsets(doc[first : max(_trim(doc[last]), frame.head.i) + 1])
    if frame.nominal:
        carried = [i for i in words if doc[i].pos_ == "VERB" and doc[i].i < frame.head.i]
        first = min((frame.head.left_edge.i, *carried))
        if carried and frame.actor is not None:
            first = min(first, frame.actor.words[0])
        last = max(i for i in words if i - first < _LONGEST)
        return offsets(doc[first : _trim(doc[last]) + 1])
    told = frame.actor if frame.actor is not None and _in_sentence(frame) else None
    if told is not None and abs(told.words[0] - frame.head.i) < _LONGEST:
        words |= set(range(*told.words))
    first = min(i for i in words if frame.head.i - i < _LONGEST)
    if told is not None and first < told.words[0] < frame.head.i:
        first = told.words[0]  # what stands before the actor only sets the scene
    last = max(i for i in words if i - first < _LONGEST)
    return offsets(doc[first : _trim(doc[last]) + 1])


def _in_sentence(frame: Frame) -> bool:
    """Whether the phrase for who crossed stands in the clause's own sentence."""
    span = frame.sentence.span
    return (
        frame.actor is not None
        and frame.actor.head.doc is frame.head.doc
        and span.start <= frame.actor.head.i < span.end
    )


def _trim(token: Token) -> int:
    while (
        (token.is_punct or token.pos_ in {"CCONJ", "ADP", "SCONJ"})
        and token.i > token.sent.start
        and token.dep_ != "prt"
    ):
        token = token.nbor(-1)
    return token.i
