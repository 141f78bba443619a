"""The type of an incident, and the direction that only its end tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.builder import FactsBuilder
from kg.extract.cluster import Cluster
from kg.extract.clusters import Clusters
from kg.extract.crossing_rules import crossing_rules
from kg.extract.directions import handed_back
from kg.extract.document import offsets
from kg.extract.frames import Frame
from kg.extract.fronts import fronts_of
from kg.extract.geography import Geography, Spot
from kg.extract.lexicon import Lexicon
from kg.extract.saying import Saying
from kg.facts.model import Claim, Mention, Value

if TYPE_CHECKING:
    from kg.extract.parsed import Doc

__all__ = ["describe_kind", "describe_late_direction"]

#: How far a type says more than another; the most telling one is claimed.
_ORDER = (
    "itype:return",
    "itype:departure-from-post",
    "itype:maritime-crossing",
    "itype:land-crossing",
    "itype:arrival-via-third-country",
    "itype:shooting",
    "itype:crossing",
)


def describe_kind(
    builder: FactsBuilder, lexicon: Lexicon, saying: Saying, cluster: Cluster, clusters: Clusters
) -> None:
    """Add the type of an incident, the last of its claims: that it is a crossing is said only where no more is known.

    Args:
        builder: The record.
        lexicon: The words of the border.
        saying: Writes the claims.
        cluster: The incident.
        clusters: All incidents.
    """
    if cluster.mention is not None:
        _Kinds(builder, lexicon, saying, cluster.mention).kind(cluster, clusters)


def describe_late_direction(builder: FactsBuilder, lexicon: Lexicon, saying: Saying, cluster: Cluster) -> None:
    """The direction of a crossing that only its end tells: who was taken in by the other side had gone over to it.

    Args:
        builder: The record.
        lexicon: The words of the border.
        saying: Writes the claims.
        cluster: The incident.
    """
    if cluster.direction is not None or cluster.mention is None or cluster.founder.trigger == "shoot":
        return
    border = lexicon.border
    ends = ("home", "destination")
    over = next((d.direction for d in border.directions if (d.origin, d.target) == ends), None)
    for claim in list(builder.claims.values()):
        if over is None or builder.mentions[claim.subject].chain != cluster.mention.chain or claim.negated:
            continue
        if not _ends_there(builder, lexicon, claim):
            continue
        cluster.direction = over
        builder.claim(
            cluster.mention,
            "cx:direction",
            Value(kind="concept", value=over),
            claim.evidence,
            certainty=claim.certainty,
            tense=claim.tense,
            attribution=claim.attribution,
        )
        return


def _ends_there(builder: FactsBuilder, lexicon: Lexicon, claim: Claim) -> bool:
    """Whether a claim says that a crossing ended on the destination's side: in its people's hands, or at a place."""
    if claim.predicate not in {"cx:custodian", "cx:place"}:
        return False
    concept = builder.mentions[str(claim.value.value)].concept
    entry = lexicon.get(concept) if concept else None
    if entry is None:
        return False
    if claim.predicate == "cx:place":
        return Geography(lexicon).side_of(entry.curie) == "destination"
    return lexicon.border.sides.destination.place in entry.values("ofState")


class _Kinds:
    def __init__(self, builder: FactsBuilder, lexicon: Lexicon, saying: Saying, subject: Mention) -> None:
        self.builder = builder
        self.lexicon = lexicon
        self.border = lexicon.border
        self.saying = saying
        self.subject = subject
        self.words = crossing_rules()

    def kind(self, cluster: Cluster, clusters: Clusters) -> None:
        found = [(kind, frame, words) for frame in cluster.frames for kind, words in self._kinds(frame)]
        if cluster.direction == self._back and (_backward(cluster) or self._crossed_before(cluster, clusters)):
            founder = cluster.founder
            found.append(("itype:return", founder, [founder.head.i]))
            self.saying.of_frame(
                self.subject, founder, "cx:outcome", Value(kind="concept", value="outcome:returned"), [founder.head.i]
            )
        if handed_back(cluster.founder):
            found.append(("itype:return", cluster.founder, [cluster.founder.head.i]))
        if cluster.direction is not None and cluster.direction == self._from_post:
            found.append(("itype:departure-from-post", cluster.founder, [cluster.founder.head.i]))
        if cluster.journey:
            found.append(("itype:arrival-via-third-country", cluster.founder, [cluster.founder.head.i]))
        if all(kind == "itype:crossing" for kind, _, _ in found):
            found += [
                ("itype:land-crossing", frame, [frame.head.i]) for frame in cluster.frames if self._on_foot(frame)
            ]
        if not found:
            return
        best = min(found, key=lambda item: _ORDER.index(item[0]))[0]
        known = any(
            claim.predicate == "cx:incidentType" and self.builder.mentions[claim.subject].chain == self.subject.chain
            for claim in self.builder.claims.values()
        )
        if best == "itype:crossing" and known:
            return
        told = [item for item in found if item[0] == best]
        kind, frame, words = told[0]
        self.saying.of_frame(self.subject, frame, "cx:incidentType", Value(kind="concept", value=kind), words)

    def _on_foot(self, frame: Frame) -> bool:
        """Whether somebody went by land over this border, though no line is named: at a front, or on foot."""
        if frame.nominal or frame.vessel or frame.trigger not in {"move", "cross", "defect", "leave"}:
            return False
        front = any(True for _ in fronts_of(self.border.fronts, frame.head.doc, sorted(frame.words)))
        return front or frame.lemma in self.words.foot_verbs

    @property
    def _from_post(self) -> str | None:
        ends = (("post-abroad", "destination"),)
        return next((d.direction for d in self.border.directions if (d.origin, d.target) in ends), None)

    @property
    def _back(self) -> str | None:
        ends = (("destination", "home"),)
        return next((d.direction for d in self.border.directions if (d.origin, d.target) in ends), None)

    def _crossed_before(self, cluster: Cluster, clusters: Clusters) -> bool:
        """Whether a crossing the other way is told in the sentence that founds this one."""
        index = cluster.founder.sentence.index
        return any(
            other is not cluster and other.direction != cluster.direction and other.founder.sentence.index == index
            for other in clusters.clusters
        )

    def _kinds(self, frame: Frame) -> Iterator[tuple[str, list[int]]]:
        doc = frame.head.doc
        if frame.trigger == "shoot":
            yield "itype:shooting", [frame.head.i]
            return
        if frame.carrier is not None and frame.carrier.lemma_.lower().partition("-")[0] in self.words.aircraft:
            yield "itype:crossing", [frame.carrier.i, frame.head.i]
            return
        for spot in frame.lines:
            if spot.line is not None and any(a.spot is spot and a.role != "aside" for a in frame.arguments):
                words = [*range(spot.start, spot.end), frame.head.i]
                yield spot.line.incident_type, words
                by_route = self._kind_of_route(doc, spot)
                if by_route is not None and spot.line.incident_type == "itype:crossing":
                    yield by_route, words
        for spot in frame.role("through", "place", "source"):
            if (
                spot.kind == "third"
                and frame.trigger in {"leave", "move", "defect"}
                and "destination" in frame.sides("target", "place")
            ):
                yield "itype:arrival-via-third-country", [*range(spot.start, spot.end), frame.head.i]
        if self._posted(frame):
            yield (
                "itype:departure-from-post",
                sorted({*range(*(frame.actor.words if frame.actor else (0, 0))), frame.head.i}),
            )
        watery = [
            i
            for i in frame.words
            if doc[i].lemma_.lower() in self.words.vessels or doc[i].lower_ in self.words.sea_nouns
        ]
        if frame.lemma in self.words.sea_verbs or frame.vessel or (watery and frame.trigger in {"move", "found"}):
            yield "itype:maritime-crossing", [frame.head.i, *watery]
        landed = [i for i in frame.words if doc[i].lower_ in self.words.land_words]
        if landed:
            yield "itype:land-crossing", [frame.head.i, *landed]
        yield "itype:crossing", [frame.head.i]

    def _kind_of_route(self, doc: Doc, spot: Spot) -> str | None:
        """The type of crossing by the type of a route that the words of a bare "border" are."""
        route = self.builder.mention_within("Route", *offsets(doc[spot.start : spot.end]))
        entry = self.lexicon.get(route.concept) if route is not None and route.concept else None
        kind = entry.value("routeType") if entry is not None else None
        return {"rtype:land": "itype:land-crossing", "rtype:maritime": "itype:maritime-crossing"}.get(kind or "")

    def _posted(self, frame: Frame) -> bool:
        actor = frame.actor
        return (
            actor is not None
            and frame.trigger in {"defect", "leave"}
            and bool(actor.nouns & self.words.post_persons or "actor:diplomat" in actor.kinds)
        )


def _backward(cluster: Cluster) -> bool:
    return any(frame.backward or frame.trigger == "return" for frame in cluster.frames)
