"""What remains of an entity that is withheld: that its id is, since when, and perhaps why. No label, no class."""

from __future__ import annotations

from kg.mapping.quads import GraphWriter, Quads
from kg.mapping.terms import day, text
from kg.redaction.withheld import Withheld

__all__ = ["tombstones"]


def tombstones(withheld: Withheld) -> Quads:
    """The triples of the default graph that say which ids are withheld."""
    out = GraphWriter()
    for stone in withheld.tombstones:
        out.describe(
            stone.iri,
            [
                ("rdf:type", "cx:Withheld"),
                ("cx:withheldOn", day(stone.on)),
                ("cx:withheldReason", text(stone.reason) if stone.reason else None),
            ],
        )
    return out.quads
