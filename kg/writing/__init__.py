"""Writing into a graph: a write is proposed, applied and validated in memory, and only then made durable."""

from __future__ import annotations

from kg.writing.graph import WritableGraph
from kg.writing.proposal import Proposal

__all__ = ["Proposal", "WritableGraph"]
