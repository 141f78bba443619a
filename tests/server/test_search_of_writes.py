"""The index of a snapshot is that of its store, however it came about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pyoxigraph import Store

from kg.release import Home, Release
from kg.release.snapshots import Snapshots
from kg.search.index import build_index
from kg.search.search import SearchIndex
from server.writing.knowledge_graph import KnowledgeGraph
from server.writing.wire import ArticleSent, DecisionSent, Update, Write, Written
from tests.search.index_dump import dump
from tests.support.writing import CORRECTION, NEWS, Place, note, other, story


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    place = Place(tmp_path, story(), other())
    assert place.build().exit_code == 0
    with Snapshots(place.home).writing():
        yield place.home


def _served(home: Home) -> Release:
    served = Snapshots(home).current()
    assert served is not None
    return served


def _written(graph: KnowledgeGraph, write: Write) -> None:
    assert isinstance(graph.apply(write), Written)


def _assert_whole(served: Release, path: Path) -> None:
    build_index(Store.read_only(str(served.store_path)), path)
    assert dump(served.search_path) == dump(path)


def test_each_write_brings_the_index_with_it(home: Home, tmp_path: Path) -> None:
    graph = KnowledgeGraph(home, 100)
    released = SearchIndex(home.require_current().search_path)
    assert [released.search(f"{side} front", cls="Incident").total for side in ("western", "eastern")] == [1, 1]
    assert released.search("2025", cls="Incident").total == 0

    content = NEWS.encode()
    _written(graph, ArticleSent(content_type="text/plain", content=content, name="news.txt", published="2025-10-20"))
    _assert_whole(_served(home), tmp_path / "one")
    first = SearchIndex(_served(home).search_path)
    assert first.search("2025", cls="Incident").total == 1
    assert released.search("2025", cls="Incident").total == 0

    _written(graph, DecisionSent(document=msgspec.json.encode(CORRECTION)))
    _assert_whole(_served(home), tmp_path / "two")
    # With one front the two are one incident.
    second = SearchIndex(_served(home).search_path)
    assert [second.search(f"{side} front", cls="Incident").total for side in ("western", "eastern")] == [1, 0]

    _written(graph, Update(text=f"INSERT DATA {{ {_pattern(note('a remark of the desk'))} }}", base="http://h/"))
    _assert_whole(_served(home), tmp_path / "three")
    assert SearchIndex(_served(home).search_path).search("remark").total == 0


def test_a_snapshot_without_an_index_is_made_anew(home: Home, tmp_path: Path) -> None:
    graph = KnowledgeGraph(home, 100)
    _written(graph, DecisionSent(document=msgspec.json.encode(CORRECTION)))
    _served(home).search_path.unlink()
    graph._graph.close()

    KnowledgeGraph(home, 100)
    _assert_whole(_served(home), tmp_path / "again")


def _pattern(line: str) -> str:
    triple, _, graph = line.removesuffix(" .").rpartition(" ")
    return f"GRAPH {graph} {{ {triple} }}"
