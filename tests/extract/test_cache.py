from __future__ import annotations

import shutil
import signal
from pathlib import Path

import msgspec
import pytest

from kg.article.read import read
from kg.article.text import ArticleText
from kg.extract.cache import extract_cached
from kg.facts.model import Facts
from tests.support.commands import SEEDS, kg, start


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


class Broken(Exception):
    """What breaks a run off."""


class ToldUntil(Told):
    """Breaks the run off after so many steps."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.left = steps

    def step(self, what: str) -> None:
        super().step(what)
        self.left -= 1
        if not self.left:
            raise Broken


def test_a_run_that_is_broken_off_keeps_what_it_extracted(tmp_path: Path) -> None:
    sources = [made for path in sorted(SEEDS.glob("00[0-2]*.md")) if isinstance(made := read(path), ArticleText)]
    with pytest.raises(Broken):
        extract_cached(sources, "korea", tmp_path, ToldUntil(2))
    kept = [msgspec.json.decode(path.read_bytes(), type=Facts).article.id for path in tmp_path.glob("*.json")]
    assert sorted(kept) == sorted(source.article.id for source in sources[:2])
    told = Told()
    assert len(extract_cached(sources, "korea", tmp_path, told)) == 3
    assert told.steps == [sources[2].path]


def test_a_killed_build_keeps_what_it_extracted(tmp_path: Path) -> None:
    texts, home = tmp_path / "texts", tmp_path / "home"
    texts.mkdir()
    for path in sorted(SEEDS.glob("00[0-4]*.md")):
        shutil.copy(path, texts)
    child = start("build", texts, "--home", home, "--curation", "none")
    assert child.stderr is not None
    lines = iter(child.stderr)
    assert any(line.startswith("extracting (5)") for line in lines)
    first = next(lines).strip()
    assert first.endswith(".md"), "the first article is reported while the others are still to come"
    child.send_signal(signal.SIGKILL)
    assert child.wait(timeout=60) == -signal.SIGKILL
    child.communicate()
    assert not (home / "current").exists()
    kept = len(list((home / "cache" / "facts").glob("*.json")))
    assert 1 <= kept < 5
    again = kg("build", texts, "--home", home, "--curation", "none")
    assert again.returncode == 0, again.stderr
    assert f"extracting ({5 - kept})" in again.stderr
