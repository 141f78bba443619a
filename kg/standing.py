"""Whether an id of a release is withheld, or was merged into another: what its IRI leads to.

The graph's triples alone say it, in the default graph: `?id a cx:Withheld`, with `cx:withheldOn` and perhaps
`cx:withheldReason`; or `?id dcterms:isReplacedBy ?other`, where the other may have been merged again.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.querying import ReleaseStore, rows

__all__ = ["STANDING", "Standing", "standing"]

#: Asks for one id, bound in place of the line `#bind id`; one solution at most.
STANDING = """SELECT ?on ?reason ?end WHERE {
  #bind id
  { ?id a cx:Withheld ; cx:withheldOn ?on . OPTIONAL { ?id cx:withheldReason ?reason } }
  UNION
  { ?id dcterms:isReplacedBy+ ?end . FILTER NOT EXISTS { ?end dcterms:isReplacedBy ?other } }
}
LIMIT 1"""


@dataclass(frozen=True)
class Standing:
    """What became of an id.

    Attributes:
        on: The day since when it is withheld, as it is written; None where it is not.
        reason: Why, where that is said.
        replaced_by: The IRI of what it was merged into, over any number of merges; None where it was not.
    """

    on: str | None = None
    reason: str | None = None
    replaced_by: str | None = None

    @property
    def withheld(self) -> bool:
        """Whether the id is withheld: its IRI is to answer 410 (RFC 9110, 15.5.11)."""
        return self.on is not None


def standing(held: ReleaseStore, iri: str) -> Standing:
    """What became of an id in a release; nothing of it for one that is in use, and for one that never was.

    Args:
        held: The release.
        iri: The IRI of an entity.

    Raises:
        ValueError: It is no IRI.
    """
    asked = rows(held, STANDING.replace("#bind id", f"VALUES ?id {{ {NamedNode(iri)} }}"))
    for row in asked.rows:
        return Standing(*(str(getattr(value, "value", value)) if value is not None else None for value in row))
    return Standing()
