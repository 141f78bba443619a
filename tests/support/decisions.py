"""A judgement and a correction, of articles that no graph holds."""

from __future__ import annotations

from kg.curation.model import Anchor, ClaimAnchor, Correction, Judgement

__all__ = ["CORRECTION", "JUDGEMENT"]

_PLACE = Anchor(article="ab" * 32, cls="Incident", quote="crossed")
JUDGEMENT = Judgement(first=_PLACE, second=_PLACE, judgement="NEGATIVE", by="Kim", on="2026-01-31", reason="two days")
CORRECTION = Correction(
    claim=ClaimAnchor(article="ab" * 32, cls="Incident", predicate="cx:front", quote="east"),
    by="Kim",
    on="2026-01-31",
    reason="it is west",
)
