"""Who crossed: type, rank, gender, nationality, arms, and whether a name is withheld."""

from __future__ import annotations

from kg.extract.builder import FactsBuilder
from kg.extract.cluster import Cluster
from kg.extract.crossing_rules import slot_rules
from kg.extract.frames import Frame
from kg.extract.lexicon import Lexicon
from kg.extract.participants import Participant
from kg.extract.saying import Saying
from kg.facts.model import Mention, Value

__all__ = ["describe_crosser", "describe_phrase"]


def describe_crosser(builder: FactsBuilder, lexicon: Lexicon, saying: Saying, cluster: Cluster) -> None:
    """Add the claims that the phrases for the crosser give.

    Args:
        builder: The record.
        lexicon: The words of the border.
        saying: Writes the claims.
        cluster: The incident, its person made.
    """
    person = cluster.person
    if person is None:
        return
    for frame in cluster.frames:
        repeated = frame.anaphor and frame is not cluster.founder
        if frame.actor is not None and not frame.actor.pronoun and not repeated:
            describe_phrase(builder, lexicon, saying, person, frame, frame.actor)


def describe_phrase(
    builder: FactsBuilder, lexicon: Lexicon, saying: Saying, person: Mention, frame: Frame, actor: Participant
) -> None:
    """Add what one noun phrase says of a person: "an unarmed North Korean staff sergeant"."""
    rules = slot_rules()
    doc = actor.head.doc
    words = list(range(*actor.words))
    modality = saying.assess(frame.sentence, actor.head)
    outer = frame.modality

    def say(predicate: str, value: Value, chosen: list[int] | None = None) -> None:
        certainty = outer.certainty if modality.certainty in {"asserted", "reported"} else modality.certainty
        saying.claim(person, predicate, value, doc, chosen or words, outer, certainty=certainty, negated=False)

    if person.name is None and actor.name is None:
        # Where another sentence says that the name is withheld, this yields to it.
        say("cx:nameStatus", Value(kind="concept", value="namestatus:not-given"))
    if actor.side in {"home", "destination"}:
        sides = lexicon.border.sides
        place = sides.home.place if actor.side == "home" else sides.destination.place
        say("cx:nationality", Value(kind="concept", value=place))
    kinds = set(actor.kinds)
    if actor.rank is not None:
        say("cx:rank", Value(kind="concept", value=actor.rank))
        kinds = {kind for kind in kinds if kind != "actor:official"} | {"actor:soldier"}
    broader = {name for kind in kinds for name in lexicon.ancestors(kind)}
    for kind in sorted(kinds - broader):
        say("cx:actorType", Value(kind="concept", value=kind))
    lemma = actor.head.lemma_.lower()
    for gender, nouns in rules.gender_nouns.items():
        if lemma in nouns and not actor.plural:
            say("cx:gender", Value(kind="concept", value=f"gender:{gender}"))
    for child in actor.head.children:
        if child.dep_ in {"amod", "compound"} and child.lower_ in rules.unarmed | rules.armed:
            armed = child.lower_ in rules.armed
            say("cx:armed", Value(kind="boolean", value=armed), sorted({*words, child.i}))
