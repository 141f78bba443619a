from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.release import Home, Release, publish
from kg.release.manifest import part_of
from kg.search.index import build_index, is_current, update_index
from kg.search.search import SearchIndex
from tests.release.content import content
from tests.search.index_dump import dump
from tests.search.small_graph import ARTICLES, iri, quads

_QUADS = quads()


def _store(held: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(held)
    return store


def _built(held: Iterable[Quad], path: Path) -> Path:
    build_index(_store(held), path)
    return path


_parts = st.sets(st.integers(0, len(_QUADS) - 1)).map(lambda left_out: set(range(len(_QUADS))) - left_out)


@given(before=_parts, after=_parts)
@settings(deadline=None, max_examples=60)
def test_a_change_gives_what_a_build_gives(before: set[int], after: set[int]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        old = _built([_QUADS[number] for number in before], folder / "old")
        kept = old.read_bytes()
        now = [_QUADS[number] for number in after]
        update_index(_store(now), old, folder / "new", [_QUADS[number] for number in before ^ after])
        assert dump(folder / "new") == dump(_built(now, folder / "whole"))
        assert old.read_bytes() == kept


def test_a_build_gives_the_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    one = _built(_QUADS, tmp_path / "one")
    assert one.read_bytes() == _built(reversed(_QUADS), tmp_path / "two").read_bytes()


def test_what_is_not_there_to_update_is_built(tmp_path: Path) -> None:
    store = _store(_QUADS)
    whole = dump(_built(_QUADS, tmp_path / "whole"))
    update_index(store, tmp_path / "missing", tmp_path / "one", [])
    assert dump(tmp_path / "one") == whole
    shutil.copyfile(tmp_path / "whole", tmp_path / "other")
    with closing(sqlite3.connect(tmp_path / "other")) as connection, connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    assert is_current(tmp_path / "whole")
    assert not is_current(tmp_path / "other")
    update_index(store, tmp_path / "other", tmp_path / "two", [])
    assert dump(tmp_path / "two") == whole


def test_what_is_no_index_is_not_current(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("this is no database, though it is long enough to be looked at as one " * 20)
    sqlite3.connect(tmp_path / "empty").close()
    assert not is_current(tmp_path / "text")
    assert not is_current(tmp_path / "empty")
    assert not is_current(tmp_path)


def test_a_merged_entity_and_one_without_a_label_are_not_found(tmp_path: Path) -> None:
    merged = iri("id:person/9")
    extra = [
        Quad(merged, iri("dcterms:isReplacedBy"), iri("id:person/1")),
        Quad(iri("id:person/8"), iri("rdf:type"), iri("cx:Person")),
        Quad(iri("id:person/8"), iri("cx:name"), Literal("Mr. Nobody")),
    ]
    index = SearchIndex(_built([*_QUADS, *extra], tmp_path / "index"))
    found = {hit.iri for word in ("nobody", "pak", "river", "station", "report") for hit in index.search(word).hits}
    assert iri("id:person/1").value in found
    assert not found & {merged.value, iri("id:person/8").value}


def test_nothing_is_left_of_what_has_gone(tmp_path: Path) -> None:
    secret = [
        Quad(iri("id:person/9"), iri("rdf:type"), iri("cx:Person")),
        Quad(iri("id:person/9"), iri("skos:prefLabel"), Literal("Zzyzx Quokka", language="en")),
        Quad(iri("id:claim/1"), iri("cx:evidence"), iri("id:evidence/9"), NamedNode(ARTICLES[0])),
        Quad(iri("id:evidence/9"), iri("oa:hasSelector"), iri("id:selector/9"), NamedNode(ARTICLES[0])),
        Quad(iri("id:selector/9"), iri("oa:exact"), Literal("wombats"), NamedNode(ARTICLES[0])),
    ]
    old = _built([*_QUADS, *secret], tmp_path / "old")
    update_index(_store(_QUADS), old, tmp_path / "new", secret)
    for word in (b"zzyzx", b"quokka", b"wombat", b"person/9"):
        assert word in old.read_bytes().lower()
        assert word not in (tmp_path / "new").read_bytes().lower()


def test_a_release_names_its_index_and_a_release_without_one_is_built_again(tmp_path: Path) -> None:
    release = publish(Home(tmp_path), content())
    assert part_of(release.path, release.search_path) in release.manifest.parts
    first = release.search_path.read_bytes()
    assert SearchIndex(release.search_path).search("crossing").total == 3

    release.search_path.unlink()
    again = publish(Home(tmp_path), content())
    assert again.path == release.path
    assert again.search_path.read_bytes() == first
    assert Release(again.path).problems() == []
