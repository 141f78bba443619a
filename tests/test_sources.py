from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.build_options import BuildOptions
from kg.errors import UsageError
from kg.release.home import Home
from kg.replay import Written
from kg.resources import border_dir
from kg.sources import Sources


def test_what_a_build_was_given_comes_back_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = Home(tmp_path / "home")
    options = BuildOptions(
        paths=(Path("texts"), Path("/elsewhere/a.txt")),
        home=home,
        curation=Path("curation"),
        published=date(2024, 5, 6),
    )
    made = Sources.of(options, Written(number=3, sha256="a" * 64), "0123456789abcdef")
    made.write(home)
    found = Sources.read(home)
    assert found == made
    assert found.paths == (str(tmp_path / "texts"), "/elsewhere/a.txt")
    assert (found.release, found.entries, found.journal) == ("0123456789abcdef", 3, "a" * 64)
    again = found.options(home)
    assert again.curation == tmp_path / "curation"
    assert (again.published, again.border, again.extractor) == (date(2024, 5, 6), "korea", "rules")


def test_a_border_of_ones_own_is_a_path_and_a_shipped_one_a_name(tmp_path: Path) -> None:
    own = str(border_dir())
    for border, kept in (("korea", "korea"), (own, own)):
        options = BuildOptions(paths=(tmp_path,), home=Home(tmp_path), border=border)
        assert Sources.of(options, Written(), "x").border == kept


@pytest.mark.parametrize("content", [b"", b"{}", b'{"paths": 1}', b"\xff"])
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    home = Home(tmp_path)
    with pytest.raises(UsageError, match=r"sources\.json is not there: run kg build"):
        Sources.read(home)
    (tmp_path / "sources.json").write_bytes(content)
    with pytest.raises(UsageError, match=r"sources\.json cannot be read .*: run kg build"):
        Sources.read(home)


def test_what_a_language_model_read_is_not_built_again_by_others(tmp_path: Path) -> None:
    made = Sources(paths=("/a",), release="x", extractor="both")
    with pytest.raises(UsageError, match="--extractor both"):
        made.options(Home(tmp_path))
