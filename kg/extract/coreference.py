"""Which incident's crosser a noun phrase stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.cluster import Cluster
from kg.extract.clusters import Clusters
from kg.extract.crossing_rules import crossing_rules
from kg.extract.document import Sentence
from kg.extract.participants import Participants

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["crosser_of"]


def crosser_of(clusters: Clusters, people: Participants, sentence: Sentence, token: Token) -> Cluster | None:
    """The incident whose crosser a noun phrase stands for, or None where it stands for somebody else.

    Args:
        clusters: The incidents of the article.
        people: Reads noun phrases.
        sentence: The sentence of the phrase.
        token: The head of the phrase.
    """
    rules = crossing_rules()
    for frame in (f for cluster in clusters.clusters for f in cluster.frames):
        if frame.actor is not None and frame.actor.head.doc is token.doc and frame.actor.head.i == token.i:
            return clusters.of(frame)
    actor = people.read(sentence, token)
    if actor is None or actor.generic or actor.counted or actor.another:
        return None
    cluster = clusters.at((sentence.index, token.i, sentence.block.id))
    if cluster is None:
        return None
    if actor.name is not None:
        named = (
            c for c in clusters.clusters if c.name and clusters.names.get(c.name) == clusters.names.get(actor.name)
        )
        return next(named, None)
    if actor.pronoun:
        if token.lower_ in {"he", "she", "him", "her"} and (cluster.count or 1) > 1:
            return None
        return cluster
    if actor.side == "destination" or (set(actor.kinds) & {"actor:official"} and "actor:official" not in cluster.kinds):
        return None
    if not actor.definite and actor.side != "home" and not actor.nouns & {"person", "individual"}:
        return None
    for candidate in (cluster, clusters.focal):
        if candidate is not None and _can_be(actor.plural, actor.count, set(actor.kinds), candidate):
            return candidate
    return cluster if actor.nouns & rules.person_nouns and not actor.plural and (cluster.count or 1) == 1 else None


def _can_be(plural: bool, count: int | None, kinds: set[str], cluster: Cluster) -> bool:
    if plural and cluster.count == 1:
        return False
    if count is not None and cluster.count is not None and count != cluster.count:
        return False
    return not (kinds and cluster.kinds and kinds.isdisjoint(cluster.kinds))
