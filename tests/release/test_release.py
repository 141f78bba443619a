from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import GraphError
from kg.release import Home, Release, publish
from kg.tables import METADATA, TABLE_FORMATS, TABLES
from tests.release.content import content


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return publish(Home(tmp_path), content())


def test_a_release_has_the_documented_files_and_is_whole(release: Release) -> None:
    names = {path.relative_to(release.path).as_posix() for path in release.path.rglob("*") if path.is_file()}
    assert {name for name in names if not name.startswith("store/")} == {
        "data/crossings.nq.gz",
        "data/meta.nq.gz",
        "dumps/crossings.nq.zst",
        "dumps/default.nt.gz",
        f"dumps/tables/{METADATA}",
        *(f"dumps/tables/{table.name}.{format}" for table in TABLES for format in TABLE_FORMATS),
        "manifest.json",
        "search.sqlite",
        "summary.sqlite",
        "validation.ttl",
        "validation.txt",
        "void.ttl",
    }
    assert {part.path for part in release.manifest.parts} == {n for n in names if not n.startswith("store/")} - {
        "manifest.json"
    }
    assert release.path.name == release.id == release.manifest.digest[:16]
    assert release.problems() == []


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def other_data(path: Path) -> None:
    path.write_bytes(gzip.compress(b"<http://a> <http://b> <http://c> .\n"))


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        ("void.ttl", Path.unlink, "void.ttl is missing"),
        ("validation.txt", lambda path: path.write_text("the graph does not conform"), "is not the file"),
        ("data/crossings.nq.gz", cut, "is not the file"),
        ("data/meta.nq.gz", other_data, "is not the file"),
        ("search.sqlite", cut, "is not the file"),
        ("store", shutil.rmtree, "cannot be opened"),
        ("store/CURRENT", lambda path: path.write_text("MANIFEST-999999\n"), "cannot be opened"),
        ("manifest.json", cut, "cannot be read"),
    ],
)
def test_damage_is_found_and_named(release: Release, name: str, damage: Callable[[Path], object], said: str) -> None:
    damage(release.path / name)
    with pytest.raises(GraphError, match=said):
        Release(release.path).verify()


def test_a_store_that_holds_something_else_is_found(release: Release) -> None:
    store = Store(str(release.store_path))
    store.add(Quad(NamedNode("http://a"), NamedNode("http://b"), Literal("added")))
    store.flush()
    del store
    with pytest.raises(GraphError, match=r"holds \d+ quads, the data \d+"):
        release.verify()
