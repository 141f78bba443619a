"""`kg.open`: what a place stands for, and what it says of one that stands for none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import GraphError, NotFoundError, UsageError
from kg.release import Home, Release, publish
from tests.release.content import content
from tests.support.commands import ROOT


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = (
        "import sys, kg; print(sorted(name for name in sys.modules if name in sys.argv[1:] or 'kg.' in name)); kg.open"
    )
    heavy = ["spacy", "pyoxigraph", "pyarrow", "httpx", "rdflib", "pandas", "msgspec"]
    ran = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout == "[]\n"
    assert {"open", "IRI", "Graph"} <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        kg.opne  # type: ignore[attr-defined]  # noqa: B018


def test_a_home_is_found_as_the_command_line_finds_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_HOME", str(home))
    assert kg.open().id == kg.open(home).id
    monkeypatch.delenv("KG_HOME")
    monkeypatch.chdir(home.parent)
    with pytest.raises(UsageError, match=r"no release in \.kg: run kg build"):
        kg.open()
    (home.parent / ".kg").symlink_to(home)
    assert kg.open().id == kg.open(str(home)).id
    (home.parent / ".kg").unlink()


def test_a_place_that_is_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        kg.open(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is no directory"):
        kg.open(tmp_path / "file")
    with pytest.raises(UsageError, match="no release in"):
        kg.open(tmp_path)
    with pytest.raises(UsageError, match="begins with http"):
        kg.open("ftp://example.org")
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    with pytest.raises(GraphError, match=r"manifest\.json"):
        kg.open(tmp_path)


def test_an_empty_release_is_said_by_both_ways(home: Path, address: str) -> None:
    for where in (home, address):
        for empty in ("", " "):
            with pytest.raises(UsageError, match="the release is empty: give an id or its beginning, or leave it out"):
                kg.open(where, release=empty)
        with pytest.raises(UsageError, match="the release is of the type int: give a text"):
            kg.open(where, release=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("place", [3, b"home", ["home"]])
def test_a_place_that_is_no_path_and_no_address_is_said(place: object) -> None:
    kind = type(place).__name__
    with pytest.raises(UsageError, match=f"the type {kind} is no place of a graph: give a path or address"):
        kg.open(place)  # type: ignore[arg-type]


def test_a_release_is_pinned(tmp_path: Path) -> None:
    home = Home(tmp_path)
    old = publish(home, content(1))
    opened = kg.open(tmp_path)
    new = publish(home, content(2))
    assert opened.id == old.id
    assert len(opened.incidents()) == 1
    assert (kg.open(tmp_path).id, len(kg.open(tmp_path).incidents())) == (new.id, 2)
    assert kg.open(tmp_path, release=old.id[:6]).id == old.id
    assert kg.open(old.path).id == kg.open(str(old.path), release=old.id).id == old.id
    with pytest.raises(NotFoundError, match="no release 'ffff"):
        kg.open(tmp_path, release="ffffffff")
    with pytest.raises(NotFoundError, match="and not 'ffff"):
        kg.open(Release(old.path).path, release="ffff")
