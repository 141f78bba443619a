from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, Store

from kg.errors import CrossingsError
from kg.release import Home, publish, releases
from tests.release.content import content, quads


def hidden(home: Home) -> list[str]:
    return sorted(path.name for path in home.path.rglob(".*"))


def test_a_first_release_becomes_the_current_one(tmp_path: Path) -> None:
    home = Home(tmp_path / "a" / "home")
    release = publish(home, content())
    assert home.require_current().id == release.id
    assert home.current_link.readlink() == Path("releases") / release.id
    manifest = release.manifest
    assert manifest.quads == len(quads())
    assert manifest.counts == {"Incident": 3, "conflicts": 0}
    assert manifest.inputs["options"] == {"border": "korea"}
    assert manifest.quarantined == [{"claim": "https://w3id.org/crossings/id/claim/9999", "reason": "has no evidence"}]
    assert manifest.notes == ["made by hand"]
    assert (release.path / "validation.txt").read_text() == "the graph conforms\n"
    assert hidden(home) == []


def test_the_store_holds_the_data_and_the_description(tmp_path: Path) -> None:
    release = publish(Home(tmp_path), content())
    store = Store.read_only(str(release.store_path))
    assert {quad for quad in store if not str(quad.graph_name).endswith("graph/meta>")} == set(quads())


def test_an_identical_build_changes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = publish(home, content())
    before = {path: path.lstat().st_mtime_ns for path in home.path.rglob("*") if path.name != "lock"}
    again = publish(home, replace(content(), notes=["another run"]))
    assert again.id == first.id
    assert again.manifest == first.manifest
    assert {path: path.lstat().st_mtime_ns for path in home.path.rglob("*") if path.name != "lock"} == before


def test_an_identical_build_of_an_older_release_makes_it_current_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    old, new = publish(home, content(3)), publish(home, content(4))
    assert home.require_current().id == new.id != old.id
    assert publish(home, content(3)).id == old.id
    assert home.require_current().id == old.id
    assert len(releases(home)) == 2


@pytest.mark.parametrize("name", ["data/crossings.nq.gz", "manifest.json", "void.ttl"])
def test_a_damaged_release_is_built_again(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path)
    release = publish(home, content())
    (release.path / name).write_bytes(b"damaged")
    assert publish(home, content()).problems() == []
    assert hidden(home) == []


def test_two_homes_get_the_same_bytes(tmp_path: Path) -> None:
    one = publish(Home(tmp_path / "one"), content(20))
    two = publish(Home(tmp_path / "two"), replace(content(20), quads=iter(reversed(quads(20)))))
    assert one.id == two.id
    kept = ("data/crossings.nq.gz", "data/meta.nq.gz", "void.ttl", "validation.ttl", "validation.txt")
    for name in (*kept, "dumps/default.nt.gz", "dumps/crossings.nq.zst"):
        assert (one.path / name).read_bytes() == (two.path / name).read_bytes(), name


def test_one_changed_quad_gives_another_id(tmp_path: Path) -> None:
    added = Quad(NamedNode("http://a.example/"), NamedNode("http://a.example/"), NamedNode("http://a.example/"))
    one = publish(Home(tmp_path), content())
    two = publish(Home(tmp_path), replace(content(), quads=[*quads(), added]))
    assert one.id != two.id


def test_an_empty_graph_can_be_released(tmp_path: Path) -> None:
    release = publish(Home(tmp_path), replace(content(), quads=[]))
    assert release.manifest.quads == 0
    assert release.problems() == []


def test_what_cannot_be_released_leaves_the_home_as_it_was(tmp_path: Path) -> None:
    home = Home(tmp_path)
    old = publish(home, content())
    with pytest.raises(CrossingsError, match="no blank nodes"):
        publish(home, replace(content(), quads=[Quad(BlankNode(), NamedNode("http://p"), NamedNode("http://o"))]))
    assert home.require_current().id == old.id
    assert [release.id for release in releases(home)] == [old.id]
    assert hidden(home) == []


def test_what_a_killed_builder_left_is_removed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, content())
    left = home.releases_path / f".building-{os.getpid()}-dead" / "store"
    left.mkdir(parents=True)
    (left / "half").write_text("x")
    (home.releases_path / ".removing-1-dead").mkdir()
    (home.path / ".current-1-dead").symlink_to("releases/none")
    publish(home, content(4))
    assert hidden(home) == []
