"""Takes who is withheld out of a release by its quads alone: no text, no curation, no extractor.

The rules are those of a build (`kg.redaction.withhold`). What a build would find in the texts and this cannot is left
out rather than kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from kg.errors import GraphError
from kg.mapping.quads import Quads, node
from kg.mapping.tombstones import tombstones
from kg.redaction.article_quads import Articles
from kg.redaction.counts import counts_of
from kg.redaction.held_so import HeldSo
from kg.redaction.names import Names
from kg.redaction.released import Called, entities, leading_to
from kg.redaction.sweep import LEXICON, is_strange, sweep
from kg.redaction.triples import DEFAULT, Triples, words
from kg.redaction.withheld import Tombstone, Withheld
from kg.shapes.report import Report
from kg.shapes.validate import validate

__all__ = ["Redacted", "ReleasedGraph", "redact"]

#: How often what breaks a shape is left out before the release is refused.
_ROUNDS = 4


@dataclass(frozen=True)
class ReleasedGraph:
    """The quads of a release, with what is known of them by subject.

    Attributes:
        quads: All but those of `graph/meta`.
        held: Those but the lexicon.
        lexicon: The lexicon.
    """

    quads: Quads
    held: Triples
    lexicon: Triples

    @classmethod
    def of(cls, quads: Quads) -> ReleasedGraph:
        """The graph of some quads."""
        own = {name: triples for name, triples in quads.graphs.items() if name not in LEXICON}
        rest = {name: triples for name, triples in quads.graphs.items() if name in LEXICON}
        return cls(quads, Triples(Quads(own)), Triples(Quads(rest)))

    def withheld(self) -> frozenset[str]:
        """The IRIs that it withholds already."""
        return frozenset(s[1:-1] for s in self.held.pointing(node("cx:Withheld"), "rdf:type"))

    def names(self, names: Names) -> bool:
        """Whether anything in it but the lexicon has a name."""
        if not names:
            return False
        return any(
            names.name(unquote(words(value) or value[1:-1]))
            for pair in self.held.pairs()
            for value in (pair[0], pair[2])
            if value.startswith('"') or is_strange(value)
        )


@dataclass(frozen=True)
class Redacted:
    """A release without who is withheld.

    Attributes:
        quads: Its quads.
        counts: What was withheld of it: entities, claims, quotes, stretches of digests.
        report: What the shapes say of it.
    """

    quads: Quads
    counts: dict[str, int]
    report: Report


def redact(graph: ReleasedGraph, stones: Sequence[Tombstone], called: Called) -> Redacted:
    """Take entities out of a release.

    Args:
        graph: The release.
        stones: The ids to withhold; with none, the names alone are taken out.
        called: What they are called, here and in other releases.

    Raises:
        GraphError: What is left breaks a shape, so that it cannot be published.
    """
    standing: dict[str, Tombstone] = {}
    meant: set[str] = set()
    for stone in stones:
        found = entities(graph.held, stone.iri)
        meant |= found
        for iri in sorted({stone.iri} | leading_to(graph.held, found)):
            standing.setdefault(iri, Tombstone(iri, stone.on, stone.reason))
    names = Names(called.full)
    held = Triples(graph.held.quads)
    settled = HeldSo(held, graph.lexicon)
    articles = Articles(held, frozenset(map(node, meant)), called)
    claims = articles.claims()
    _forget_judgements(held, frozenset(map(node, meant)), articles.mentions(alone=True))
    articles.redact(claims)
    for iri in sorted(meant):
        for conflict in held.pointing(node(iri), "cx:onSubject"):
            held.forget(conflict)
        held.forget(node(iri))
    for correction in held.pointing(node("cx:Correction"), "rdf:type"):
        if not held.values(correction, "cx:corrects"):
            held.forget(correction)
    settled.settle()
    known = [standing[iri] for iri in sorted(standing)]
    withheld = Withheld(tuple(known), len(meant), claims=claims, names=names)
    left = _passing(held, settled, graph, withheld)
    made, report = left
    before = counts_of(withheld, graph.quads)
    counts = {
        name: number - (before[name] if name in _GROWING else 0) for name, number in counts_of(withheld, made).items()
    }
    return Redacted(made, counts, report)


#: What is counted over the whole graph, which may have had some before.
_GROWING = frozenset({"quotes", "stretches of digests"})


def _passing(held: Triples, settled: HeldSo, graph: ReleasedGraph, withheld: Withheld) -> tuple[Quads, Report]:
    """The quads that pass the shapes: an entity of which too little is left is not held to be so any more."""
    for _ in range(_ROUNDS):
        swept = sweep(held.quads, withheld)
        rest = {name: triples for name, triples in graph.quads.graphs.items() if name in LEXICON}
        made = Quads.union([swept, Quads(rest), tombstones(withheld)])
        report = validate(made)
        broken = [result for result in report.results if result.severity == "violation"]
        if not broken:
            return made, report
        entities_hit = _at_fault(held, (result.focus for result in broken))
        if not entities_hit:
            break
        for entity in entities_hit:
            settled.leave_out(entity)
        settled.settle()
    first = broken[0]
    raise GraphError(
        f"without who is withheld {len(broken)} violations of the shapes remain, so it cannot be issued again; the "
        f"first: {first.message} ({first.focus}); remove the release with kg releases prune, or build it again"
    )


def _at_fault(held: Triples, nodes: Iterable[str]) -> list[str]:
    """The entities of the default graph among some nodes, or which Conflicts among them are about."""
    found = set()
    for iri in nodes:
        one = f"<{iri.strip('<>')}>"
        subject = held.one(one, "cx:onSubject", DEFAULT) or one
        if held.values(subject, "cx:reportedIn", DEFAULT):
            found.add(subject)
    return sorted(found)


def _forget_judgements(held: Triples, nodes: frozenset[str], mentions: frozenset[str]) -> None:
    for one in nodes:
        for judgement in held.pointing(one, "cx:first", "cx:second"):
            held.forget(judgement)
    for mention in mentions:
        for judgement in held.pointing(mention, "cx:firstMention", "cx:secondMention"):
            held.forget(judgement)
