"""The graph of what people decided: judgements of identity and the registry of ids."""

from __future__ import annotations

from datetime import date

from pyoxigraph import NamedNode, Quad

from kg.consolidate.consolidate import Consolidated
from kg.curation import Curation
from kg.identity.anchors import find_anchor
from kg.identity.decisions import Anchored
from kg.ids import digest, entity_iri
from kg.mapping.quads import GraphWriter
from kg.mapping.terms import day, text
from kg.namespaces import graph_iri

__all__ = ["curation_graph"]


def curation_graph(curation: Curation, anchored: Anchored, consolidated: Consolidated) -> set[Quad]:
    """Write the judgements that anchor in this build, on the entities that they are about, and registered ids.

    Args:
        curation: All decisions.
        anchored: Which of them anchor.
        consolidated: The linking, for the canonical IRIs.
    """
    out = GraphWriter(NamedNode(graph_iri("curation")))
    articles = {a.id: a for a in consolidated.articles}
    iris = consolidated.identity.iris
    for judgement in curation.judgements:
        pair = []
        for place in (judgement.first, judgement.second):
            chain = find_anchor(place, articles[place.article]) if place.article in articles else None
            if chain is not None and chain in iris:
                article = articles[chain.article]
                pair.append((iris[chain], article.mention_ids[article.chains[chain.chain][0].id]))
        if len(pair) != 2:
            continue
        (first, one), (second, other) = pair
        node = entity_iri("judgement", digest(one, other, judgement.by, judgement.on))
        out.describe(
            node,
            [
                ("rdf:type", "cx:IdentityJudgement"),
                ("cx:judgement", text(judgement.judgement)),
                ("cx:first", first),
                ("cx:second", second),
                ("cx:firstMention", entity_iri("mention", one)),
                ("cx:secondMention", entity_iri("mention", other)),
                ("cx:judgedBy", text(judgement.by)),
                ("cx:judgedOn", day(date.fromisoformat(judgement.on))),
                ("cx:reason", text(judgement.reason)),
            ],
        )
    for iri in sorted(set(anchored.decisions.registered.values())):
        out.add(iri, "dcterms:identifier", text(iri.rsplit("/", 1)[-1]))
    return out.quads
