"""How much redactions withhold from a graph, for people to see that they do."""

from __future__ import annotations

from kg.mapping.quads import Quads, node
from kg.redaction.withheld import Withheld

__all__ = ["counts_of"]


def counts_of(withheld: Withheld, quads: Quads) -> dict[str, int]:
    """Entities, claims about them, quotes without their words, and stretches of digests; nothing where none is.

    Args:
        withheld: What is withheld.
        quads: The graph that is left.
    """
    if not withheld:
        return {}
    redacted = f" {node('cx:redacted')} "
    quotes = sum(redacted in triple for triples in quads.graphs.values() for triple in triples)
    digests = f" {node('cx:stretchesWithheld')} "
    stretches = sum(
        int(triple.split('"')[1]) for triples in quads.graphs.values() for triple in triples if digests in triple
    )
    return {
        "entities": withheld.entities,
        "claims": len(withheld.claims),
        "quotes": quotes,
        "stretches of digests": stretches,
    }
