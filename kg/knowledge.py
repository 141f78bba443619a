"""What the vocabularies and the gazetteer say, as consolidation and mapping ask for it.

The admissibility table stands in the ontology alone: `cx:admitted` on the concepts of certainty, tense and specificity,
and `cx:foundsClass` on a specificity that founds some classes only.
"""

from __future__ import annotations

from functools import cached_property

from kg.extract.lexicon import Entry, Lexicon
from kg.facts.model import Claim

__all__ = ["Knowledge"]


class Knowledge:
    """Questions to the lexicon of one border."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    @classmethod
    def load(cls, border: str = "korea") -> Knowledge:
        """The knowledge of a border, by name or folder."""
        return cls(Lexicon.load(border))

    def entry(self, name: str) -> Entry | None:
        """The entry of a prefixed name."""
        return self.lexicon.get(name)

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The broader concepts of a concept, nearest first."""
        return self.lexicon.ancestors(name)

    def region(self, name: str) -> bool:
        """Whether a place is a country or a region of several: two incidents sharing it says nothing."""
        entry = self.lexicon.get(name)
        return entry is None or name in self._wide

    @cached_property
    def _wide(self) -> frozenset[str]:
        """Places that no country holds: the countries themselves, regions and the lines between them."""
        return frozenset(e.curie for e in self.lexicon.entries("place") if not e.value("side"))

    def yields(self, value: str, other: str) -> bool:
        """Whether a value gives way to another without a conflict: it is broader, or `cx:yieldsTo` says so."""
        entry = self.lexicon.get(value)
        return value in self.ancestors(other) or (entry is not None and other in entry.values("yieldsTo"))

    def admitted(self, claim: Claim, cls: str, *, qualitative: bool = False) -> bool:
        """Whether a claim may reach the default graph.

        Args:
            claim: The claim.
            cls: The class of its subject.
            qualitative: Whether the subject is a statistic without a number.
        """
        if claim.value.kind == "concept" and self._barred(str(claim.value.value)):
            return False
        if claim.negated or not self._flag(f"certainty:{claim.certainty}") or not self._flag(f"tense:{claim.tense}"):
            return False
        specificity = self.lexicon[f"specificity:{claim.specificity}"]
        if specificity.flag("admitted"):
            return True
        founds = f"cx:{cls}" in specificity.values("foundsClass")
        return founds and claim.certainty == "asserted" and (cls != "Statistic" or qualitative)

    def _barred(self, name: str) -> bool:
        """Whether a concept says of itself that no claim with it is a fact: the topic of a remark."""
        entry = self.lexicon.get(name)
        return entry is not None and "false" in entry.values("admitted")

    def _flag(self, name: str) -> bool:
        return self.lexicon[name].flag("admitted")
