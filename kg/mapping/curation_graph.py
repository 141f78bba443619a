"""The graph of what was decided: judgements of identity, corrections, and the registry of ids.

Beside what people decided stands what the machine left open: the pairs of incidents that may be one, as judgements of
its own (UNSURE, by `machine`, without a day, for they are made at each build), and which texts it takes for one source.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode

from kg.consolidate.consolidate import Consolidated
from kg.consolidate.corrections import AppliedCorrection
from kg.curation import Curation
from kg.curation.model import MACHINE
from kg.identity.anchors import find_anchor
from kg.identity.decisions import Anchored
from kg.identity.pairs import PairState, open_pairs
from kg.ids import digest, entity_iri
from kg.mapping.article_graph import claim_iri
from kg.mapping.quads import GraphWriter, Quads
from kg.mapping.statements import Chain
from kg.mapping.terms import day, number, text
from kg.namespaces import graph_iri

__all__ = ["curation_graph"]


def curation_graph(curation: Curation, anchored: Anchored, consolidated: Consolidated) -> Quads:
    """Write the decisions that anchor in this build, on the entities and claims that they are about.

    Args:
        curation: All decisions.
        anchored: Which of them anchor.
        consolidated: The linking, for the canonical IRIs, and the corrections that mark a claim.
    """
    writer = _Writer(consolidated)
    writer.judgements(curation)
    for pair in open_pairs(consolidated.identity, anchored.decisions):
        writer.open_pair(pair)
    for applied in consolidated.corrections:
        writer.correction(applied)
    for group in consolidated.twins:
        for one in group:
            for other in group:
                if one != other:
                    writer.out.add(entity_iri("article", one), "cx:nearDuplicateOf", entity_iri("article", other))
    for iri in sorted(set(anchored.decisions.registered.values()) - consolidated.withheld.iris):
        writer.out.add(iri, "dcterms:identifier", text(iri.rsplit("/", 1)[-1]))
    return writer.out.quads


class _Writer:
    def __init__(self, consolidated: Consolidated) -> None:
        self.out = GraphWriter(NamedNode(graph_iri("curation")))
        self.articles = {a.id: a for a in consolidated.articles}
        self.iris = consolidated.identity.iris
        self.held = {e.iri for e in consolidated.entities}
        self.withheld = consolidated.withheld.chains

    def judgements(self, curation: Curation) -> None:
        """What people, and programs on record, said of two mentions."""
        for judgement in curation.judgements:
            pair = []
            for place in (judgement.first, judgement.second):
                article = self.articles.get(place.article)
                chain = find_anchor(place, article) if article is not None else None
                if chain is not None and chain in self.iris:
                    pair.append(chain)
            if len(pair) != 2 or not self.withheld.isdisjoint(pair):
                continue
            one, other = (self._mention(chain) for chain in pair)
            node = entity_iri("judgement", digest(one, other, judgement.by, judgement.on))
            self._pair(node, pair[0], pair[1], judgement.judgement, judgement.by, judgement.reason)
            self.out.add(node, "cx:judgedOn", day(date.fromisoformat(judgement.on)))

    def open_pair(self, pair: PairState) -> None:
        """Two incidents that may be one: the weights leave it open, or a person could not say."""
        one, other = self.iris[pair.one], self.iris[pair.other]
        if not {one, other} <= self.held:
            return
        self.out.add(one, "cx:possiblySameAs", other)
        self.out.add(other, "cx:possiblySameAs", one)
        if pair.outcome != "uncertain" or pair.comparison is None:
            return
        found = pair.comparison
        node = entity_iri("judgement", digest(*sorted((self._mention(pair.one), self._mention(pair.other))), MACHINE))
        reason = f"{found.score:g} points speak for one incident, and {found.threshold:g} are needed."
        self._pair(node, pair.one, pair.other, "UNSURE", MACHINE, reason)
        self.out.add(node, "cx:score", number(Decimal(str(found.score))))

    def correction(self, applied: AppliedCorrection) -> None:
        """A correction with the claims that it marks, and those that it puts in their place."""
        correction = applied.correction
        what = (correction.by, correction.on, correction.records or "", correction.value or "")
        node = entity_iri("correction", digest(*sorted(applied.marked), *what))
        self.out.describe(
            node,
            [
                ("rdf:type", "cx:Correction"),
                ("cx:judgedBy", text(correction.by)),
                ("cx:judgedOn", day(date.fromisoformat(correction.on))),
                ("cx:reason", text(correction.reason)),
                ("cx:correctsSource", entity_iri("article", correction.article) if correction.source else None),
            ],
        )
        for name, claims in (("cx:corrects", applied.marked), ("cx:records", applied.recorded)):
            for ident in claims:
                self.out.add(node, name, claim_iri(ident))

    def _mention(self, chain: Chain) -> str:
        article = self.articles[chain.article]
        return article.mention_ids[article.chains[chain.chain][0].id]

    def _pair(self, node: str, one: Chain, other: Chain, judgement: str, by: str, reason: str) -> None:
        self.out.describe(
            node,
            [
                ("rdf:type", "cx:IdentityJudgement"),
                ("cx:judgement", text(judgement)),
                ("cx:first", self.iris[one]),
                ("cx:second", self.iris[other]),
                ("cx:firstMention", entity_iri("mention", self._mention(one))),
                ("cx:secondMention", entity_iri("mention", self._mention(other))),
                ("cx:judgedBy", text(by)),
                ("cx:reason", text(reason)),
            ],
        )
