"""What was decided before the linking, on the chains and claims of a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.curation.model import Correction, Redaction
from kg.mapping.statements import Chain

__all__ = ["AnchoredCorrection", "Decisions"]


@dataclass(frozen=True)
class AnchoredCorrection:
    """A correction, and the ids of the claims that it marks wrong in this build."""

    correction: Correction
    claims: frozenset[str]


@dataclass(frozen=True)
class Decisions:
    """What was decided, by chain.

    `same` and `different` are pairs of which people say that they are one, or two; `unsure` those of which a person
    could not say. `suggested` are pairs that a program takes for one. `registered` are canonical ids already given,
    `replaced` those among all registered ones that a merge left, with what took their place. `redactions` are withheld
    entities; `elsewhere` are the registered ids that no article of this build speaks of.
    """

    same: frozenset[frozenset[Chain]] = frozenset()
    different: frozenset[frozenset[Chain]] = frozenset()
    registered: Mapping[Chain, str] = field(default_factory=dict)
    unsure: frozenset[frozenset[Chain]] = frozenset()
    suggested: frozenset[frozenset[Chain]] = frozenset()
    corrections: tuple[AnchoredCorrection, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    redactions: tuple[Redaction, ...] = ()
    elsewhere: frozenset[str] = frozenset()

    def judged(self, pair: frozenset[Chain]) -> bool:
        """Whether a person looked at a pair."""
        return pair in self.same or pair in self.different or pair in self.unsure

    def apart(self, pair: frozenset[Chain]) -> bool:
        """Whether a person keeps a pair apart: it is two, or nobody knows."""
        return pair in self.different or pair in self.unsure
