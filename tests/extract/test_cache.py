from __future__ import annotations

from pathlib import Path

from kg.article.read import read
from kg.article.text import ArticleText
from kg.extract.cache import extract_cached
from tests.support.commands import SEEDS


class Told:
    def __init__(self) -> None:
        self.steps: list[str] = []

    def stage(self, name: str, total: int = 0) -> None:
        del name, total

    def step(self, what: str) -> None:
        self.steps.append(what)


def test_what_was_extracted_is_not_extracted_again(tmp_path: Path) -> None:
    sources = [made for path in sorted(SEEDS.glob("00[12]*.md")) if isinstance(made := read(path), ArticleText)]
    told = Told()
    first = extract_cached(sources, "korea", tmp_path, told)
    assert told.steps == [source.path for source in sources]
    again = Told()
    assert extract_cached(sources, "korea", tmp_path, again) == first
    assert again.steps == []
    broken = min(tmp_path.glob("*.json"))
    broken.write_bytes(broken.read_bytes()[:100])
    (tmp_path / "0123-of-another-extractor.json").write_text("{}")
    mended = Told()
    assert extract_cached(sources, "korea", tmp_path, mended) == first
    assert len(mended.steps) == 1
    assert not (tmp_path / "0123-of-another-extractor.json").exists()
