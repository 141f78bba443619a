"""Facts that were extracted before: keyed by the text, what is known of the article, and the extractor."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from kg.article.text import ArticleText
from kg.atomic import write_atomically
from kg.facts.model import Facts

__all__ = ["Progress", "extract_cached"]


class Progress(Protocol):
    """Who is told how the extraction goes."""

    def stage(self, name: str, total: int = 0) -> None:
        """A stage of so many steps begins."""
        ...

    def step(self, what: str) -> None:
        """One step is done."""
        ...


def extract_cached(sources: Sequence[ArticleText], border: str, folder: Path, report: Progress) -> list[Facts]:
    """The facts of articles, from the cache where they were extracted by this very extractor before.

    Args:
        sources: The articles.
        border: The border, by name or folder.
        folder: Where the cache is kept; what another extractor left there is removed.
        report: Who is told.

    Returns:
        The facts, in the order of the sources. Each record is cached before the next article is read, so that a run
        that is broken off has lost one article at most.
    """
    from kg.extract.pipeline import extract_many, extractor

    mark = extractor(border).hash[:16]
    places = [folder / f"{mark}-{_key(source)}.json" for source in sources]
    held = {place: facts for place in places if (facts := _read(place)) is not None}
    missing = [(source, place) for source, place in zip(sources, places, strict=True) if place not in held]
    if missing:
        report.stage("extracting", len(missing))
    made = extract_many([source for source, _ in missing], border)
    for (source, place), facts in zip(missing, made, strict=True):
        write_atomically(place, msgspec.json.encode(facts))
        held[place] = facts
        report.step(source.path)
    if folder.is_dir():
        for stale in folder.glob("*.json"):
            if not stale.name.startswith(mark):
                stale.unlink(missing_ok=True)
    return [held[place] for place in places]


def _key(source: ArticleText) -> str:
    parts = (source.text.encode(), msgspec.json.encode(source.article), msgspec.json.encode(source.blocks))
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:32]


def _read(path: Path) -> Facts | None:
    """The facts of a cache file; one that cannot be read is as good as absent and will be written anew."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Facts)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
