"""The texts of the gold that stand in the repository, with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from kg.evaluate.gold import GoldText

__all__ = ["GOLD", "GoldArticle", "gold_articles"]

GOLD = Path(__file__).resolve().parent.parent / "gold"
_FOLDERS = ("unseen", "fresh", "varied", "kept", "later", "last", "dev")


@dataclass(frozen=True)
class GoldArticle:
    """A text, the sidecar that states what its file does not, and its gold."""

    name: str
    text: str
    sidecar: str | None
    gold: GoldText


@lru_cache(maxsize=1)
def gold_articles() -> tuple[GoldArticle, ...]:
    """All texts with their gold beside them, named by folder and file."""
    found = []
    for path in sorted(p for folder in _FOLDERS for p in (GOLD / folder).glob("*.txt")):
        sidecar = path.with_suffix(".meta.yaml")
        found.append(
            GoldArticle(
                f"{path.parent.name}/{path.stem}",
                path.read_text(encoding="utf-8"),
                sidecar.read_text(encoding="utf-8") if sidecar.exists() else None,
                msgspec.yaml.decode(path.with_suffix(".gold.yaml").read_bytes(), type=GoldText),
            )
        )
    return tuple(found)
