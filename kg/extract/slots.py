"""What the frames of an incident say of it: date, type, direction, front, place, route, number of persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.cluster import Cluster
from kg.extract.clusters import Clusters
from kg.extract.crossing_rules import SlotRules, crossing_rules, slot_rules
from kg.extract.dating import Dating
from kg.extract.document import offsets
from kg.extract.frames import Frame
from kg.extract.fronts import fronts_of
from kg.extract.geography import Spot
from kg.extract.lexicon import Lexicon
from kg.extract.names import chained
from kg.extract.saying import Saying
from kg.extract.times import tokens_of
from kg.facts.model import Mention, TimeExpression, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["describe_incident"]

_EVIDENCE = 25


def describe_incident(
    builder: FactsBuilder, lexicon: Lexicon, saying: Saying, cluster: Cluster, clusters: Clusters, dating: Dating
) -> None:
    """Add the claims that the frames of one incident give.

    Args:
        builder: The record.
        lexicon: The words of the border.
        saying: Writes the claims.
        cluster: The incident, its mention made.
        clusters: All incidents, for dates that count from another one.
        dating: Dates of frames.
    """
    subject = cluster.mention
    if subject is None:
        return
    teller = _Teller(builder, lexicon, saying, subject)
    dated: set[str] = set()
    for frame in dating.telling(cluster.frames, clusters.founding.departs):
        if frame.time is not None and frame.time.id not in dated:
            dated.add(frame.time.id)
            teller.date(frame, _anchored(frame.time, cluster, clusters, dating))
    teller.direction(cluster)
    for frame in cluster.frames:
        teller.routes(frame)
        teller.places(frame)
        teller.fronts(frame)
    teller.people(cluster)


def _anchored(time: TimeExpression, cluster: Cluster, clusters: Clusters, dating: Dating) -> TimeExpression:
    """An expression that counts from an incident, with that incident: the focal one, else the one told before."""
    other = clusters.focal if cluster is not clusters.focal else next((c for c in clusters.clusters[1:]), None)
    if other is None or other.mention is None:
        return time
    return dating.anchored(time, other.mention.id)


class _Teller:
    def __init__(self, builder: FactsBuilder, lexicon: Lexicon, saying: Saying, subject: Mention) -> None:
        self.builder = builder
        self.lexicon = lexicon
        self.border = lexicon.border
        self.saying = saying
        self.subject = subject
        self.rules: SlotRules = slot_rules()
        self.words = crossing_rules()

    def date(self, frame: Frame, time: TimeExpression) -> None:
        span = tokens_of(self.builder.document, time)
        if span is None:
            return
        doc = frame.head.doc
        words = [*range(span.start, span.end), frame.head.i]
        # "The crossing took place on Monday" is dated by its verb; "the crossing on Monday set off no alarm" is not.
        happened = frame.head.dep_ in {"nsubj", "nsubjpass"} and frame.head.head.lemma_ in self.words.occur
        verb = frame.head.head if frame.nominal and happened else frame.head
        modality = self.saying.assess(frame.sentence, verb) if verb is not frame.head else frame.modality
        if max(words) - min(words) >= _EVIDENCE:
            words = list(range(span.start, span.end))
        value = Value(kind="time", value=time.id)
        self.saying.claim(self.subject, "cx:dateEDTF", value, doc, words, modality, raw=time.quote)

    def direction(self, cluster: Cluster) -> None:
        if cluster.direction is None:
            return
        for frame in cluster.frames:
            spots = [
                s for s in frame.role("target", "through", "place", "source", "line") if s.side or s.kind == "line"
            ]
            if frame.head == cluster.founder.head or spots:
                words = [frame.head.i, *(i for s in spots[:1] for i in range(s.start, s.end))]
                self.saying.of_frame(
                    self.subject, frame, "cx:direction", Value(kind="concept", value=cluster.direction), words
                )
                return

    def routes(self, frame: Frame) -> None:
        for argument in frame.arguments:
            spot = argument.spot
            if argument.role == "aside" or (argument.role == "source" and spot.kind != "line"):
                continue
            if (frame.anaphor and argument.role == "place") or _in_brackets(frame.head, spot):
                continue
            mention = self._route(frame, spot)
            if mention is not None:
                words = [*range(spot.start, spot.end), frame.head.i]
                self.saying.of_frame(self.subject, frame, "cx:viaRoute", Value(kind="mention", value=mention.id), words)

    def _route(self, frame: Frame, spot: Spot) -> Mention | None:
        doc = frame.head.doc
        start, end = offsets(doc[spot.start : spot.end])
        known = self.builder.mention_within("Route", start, end)
        if spot.kind in {"line", "water"}:
            if known is not None:
                return known
            if spot.line is None or spot.line.route is None:
                return None
            name = self.builder.document.quote(start, end)
            mention = chained(self.builder, "Route", start, end, concept=spot.line.route, name=name)
            self._name_route(frame, mention, name)
            return mention
        if spot.kind == "third" and known is not None and "destination" in frame.sides("target", "place"):
            return known
        return None

    def _name_route(self, frame: Frame, mention: Mention, name: str) -> None:
        evidence = self.builder.document.evidence(mention.start, mention.end)
        self.builder.claim(mention, "cx:name", Value(kind="text", value=name), evidence, tense="present")

    def places(self, frame: Frame) -> None:
        for argument in frame.arguments:
            spot = argument.spot
            if argument.role in {"aside", "source"} or spot.concept is None or (frame.anaphor and spot.kind != "place"):
                continue
            if self._names_another(frame, spot):
                continue
            if spot.kind == "place" or spot.kind == "water" or (spot.line is not None and self._is_point(spot)):
                self.place(frame, spot)

    def _names_another(self, frame: Frame, spot: Spot) -> bool:
        """Whether a place is part of the name of another thing: "the Sokcho road"."""
        root = frame.head.doc[spot.start : spot.end].root
        return root.dep_ == "compound" and root.head.i >= spot.end and root.head.pos_ == "NOUN"

    def place(self, frame: Frame, spot: Spot) -> None:
        doc = frame.head.doc
        start, end = offsets(doc[spot.start : spot.end])
        mention = self.builder.mention_within("Place", start, end)
        if mention is None:
            mention = chained(self.builder, "Place", start, end, concept=spot.concept)
        words = [*range(spot.start, spot.end), frame.head.i]
        self.saying.of_frame(self.subject, frame, "cx:place", Value(kind="mention", value=mention.id), words)

    def _is_point(self, spot: Spot) -> bool:
        """Whether a line is one spot of the border, as a route that is a part of another one."""
        entry = self.lexicon.get(spot.line.route) if spot.line is not None and spot.line.route else None
        return entry is not None and bool(entry.broader)

    def fronts(self, frame: Frame) -> None:
        doc = frame.head.doc
        words = {i for i in frame.words if frame.sentence.span.start <= i < frame.sentence.span.end}
        for concept, start, end in fronts_of(self.border.fronts, doc, sorted(words)):
            self.saying.of_frame(
                self.subject,
                frame,
                "cx:front",
                Value(kind="concept", value=concept),
                [*range(start, end), frame.head.i],
            )

    def _accompanied(self, cluster: Cluster) -> bool:
        """Whether others went with who is named: "with his family"."""
        texts = (f.sentence.span.text.lower() for f in cluster.frames)
        return any(re.search(r"\b(?:with|and) (?:his|her|their) \w+", text) for text in texts)

    def people(self, cluster: Cluster) -> None:
        person = cluster.person
        if person is None:
            return
        for frame in cluster.frames:
            actor = frame.actor
            if actor is None or (actor.pronoun and actor.name is None):
                continue
            words = list(range(*actor.words))
            if min(abs(frame.head.i - i) for i in words) < 8:
                words.append(frame.head.i)
            self.saying.of_frame(self.subject, frame, "cx:crosser", Value(kind="mention", value=person.id), words)
            break
        for frame in cluster.frames:
            actor = frame.actor
            if actor is None or actor.pronoun or actor.count is None or frame.companions or frame.anaphor:
                continue
            if actor.approximate or (actor.name is not None and self._accompanied(cluster)):
                continue
            if actor.definite and actor.name is None and not actor.another and actor.count == 1 and cluster.count != 1:
                continue
            value = Value(kind="integer", value=actor.count)
            self.saying.of_frame(self.subject, frame, "cx:personCount", value, range(*actor.words))


def _in_brackets(head: Token, spot: Spot) -> bool:
    return spot.start > 0 and head.doc[spot.start - 1].text == "("
