"""Whether an id of a release is withheld, or was merged into another: what its IRI leads to.

The graph's triples alone say it, in the default graph: `?id a cx:Withheld`, with `cx:withheldOn` and perhaps
`cx:withheldReason`; or `?id dcterms:isReplacedBy ?other`, where the other may have been merged again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.querying import ReleaseStore, rows

__all__ = ["STANDING", "Standing", "standing"]

#: Asks for one id, bound in place of the line `#bind id`; one solution.
STANDING = """SELECT ?known ?on ?reason ?end WHERE {
#bind id
  BIND (EXISTS { { ?id ?p ?o } UNION { GRAPH ?g { ?id ?p ?o } } } AS ?known)
  OPTIONAL { ?id a cx:Withheld ; cx:withheldOn ?on . OPTIONAL { ?id cx:withheldReason ?reason } }
  OPTIONAL { ?id dcterms:isReplacedBy+ ?end . FILTER NOT EXISTS { ?end dcterms:isReplacedBy ?other } }
}
LIMIT 1"""


@dataclass(frozen=True)
class Standing:
    """What became of an id.

    Attributes:
        known: Whether the release says anything of it.
        on: The day since when it is withheld, as it is written; None where it is not.
        reason: Why, where that is said.
        replaced_by: The IRI of what it was merged into, over any number of merges; None where it was not.
    """

    known: bool = False
    on: str | None = None
    reason: str | None = None
    replaced_by: str | None = None

    @property
    def withheld(self) -> bool:
        """Whether the id is withheld: its IRI is to answer 410 (RFC 9110, 15.5.11)."""
        return self.on is not None

    @classmethod
    def of(cls, solution: Mapping[str, object]) -> Standing:
        """What the solution of `STANDING` says."""

        def text(name: str) -> str | None:
            found = solution.get(name)
            return found.value if isinstance(found, (NamedNode, Literal)) else None

        return cls(text("known") == "true", text("on"), text("reason"), text("end"))


def standing(held: ReleaseStore, iri: str) -> Standing:
    """What became of an id in a release; nothing of it for one that is in use, and for one that never was.

    Args:
        held: The release.
        iri: The IRI of an entity.

    Raises:
        ValueError: It is no IRI.
    """
    asked = rows(held, STANDING.replace("#bind id", f"VALUES ?id {{ {NamedNode(iri)} }}"))
    return next((Standing.of(dict(zip(asked.variables, row, strict=True))) for row in asked.rows), Standing())
