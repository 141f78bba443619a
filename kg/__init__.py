"""Crossings: news of border crossings become a validated knowledge graph."""

from __future__ import annotations

__all__: list[str] = []
