"""The texts that the benchmarks read: what the project holds, and any number of articles generated from the fixtures.

All of them are our own words. The generated ones are the texts of the substitution test with other fillings: names,
ranks, places and bodies of one filling beside those of another, all dates moved by whole weeks, all numbers raised.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kg.article.read import read
from kg.article.text import ArticleText
from kg.resources import seeds_dir
from tests.support.substitution import Fixture, digests, fixtures, render

__all__ = ["ROOT", "generated", "held", "written"]

ROOT = Path(__file__).resolve().parents[1]
_TRIES = 50


def held() -> dict[str, str]:
    """The texts of the project by a file's name: digests, their substituted renderings, fixtures, texts with gold."""
    found = {path.name: path.read_text("utf-8") for path in sorted(seeds_dir().glob("*.md"))}
    # A rendering keeps the digest's `id`, and of two texts with one id a build reads one.
    found |= {f"substituted-{name}.md": _renamed(legend.rendering.text) for name, legend in digests()[1].items()}
    for fixture in fixtures():
        for number, legend in enumerate(fixture.legends(), start=1):
            found[f"{fixture.name}-{number}.md"] = legend.rendering.text
    for folder in sorted((ROOT / "tests" / "gold").glob("*")):
        for path in (*sorted(folder.glob("*.txt")), *sorted(folder.glob("*.md"))):
            if not path.name.startswith("README"):
                found[f"{folder.name}-{path.name}"] = path.read_text("utf-8")
    return found


def _renamed(text: str) -> str:
    """The text with another `id` of its own in its front matter."""
    return re.sub(r"(?m)^id: .*$", f"id: {hashlib.sha256(text.encode()).hexdigest()}", text, count=1)


def generated(count: int, seed: int = 1) -> Iterator[str]:
    """So many articles, no two alike, the same ones for a seed.

    Raises:
        ValueError: The fixtures do not give so many.
    """
    chance = random.Random(seed)
    told: set[str] = set()
    texts = deque(fixtures())
    while len(told) < count:
        if not texts:
            raise ValueError(f"the fixtures give {len(told)} different articles: ask for no more")
        # In turns; a fixture with little to vary that gives nothing new any more is left out.
        fixture = texts.popleft()
        text = next((t for t in (_filled(fixture, chance) for _ in range(_TRIES)) if t not in told), None)
        if text is not None:
            told.add(text)
            texts.append(fixture)
            yield text


def _filled(fixture: Fixture, chance: random.Random) -> str:
    """A fixture with values of several of its fillings."""
    for _ in range(_TRIES):
        base = chance.choice(fixture.fillings)
        weeks, more = chance.randrange(-200, 200), chance.randrange(40)
        other = chance.choice(fixture.fillings)
        mixed = {slot: _value(value, other, slot, weeks, more, chance) for slot, value in base.items()}
        try:
            return render(fixture.template, mixed, fixture.name).rendering.text
        except ValueError:  # two slots came to have one value, which a rendering does not allow
            continue
    return render(fixture.template, chance.choice(fixture.fillings), fixture.name).rendering.text


def _value(value: Any, other: Mapping[str, Any], slot: str, weeks: int, more: int, chance: random.Random) -> Any:
    if isinstance(value, date):
        return value + timedelta(weeks=weeks)
    if isinstance(value, int):
        return value + more
    dated = isinstance(value, dict) and "year" in value
    if dated or not isinstance(value, dict):
        return value
    return other[slot] if chance.random() < 0.5 else value


def written(texts: Mapping[str, str], folder: Path) -> list[tuple[Path, ArticleText]]:
    """The texts as files of a folder, and the articles that are read from them."""
    found = []
    for name, text in texts.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        article = read(path)
        assert isinstance(article, ArticleText)
        found.append((path, article))
    return found
