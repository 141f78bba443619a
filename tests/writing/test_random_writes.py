"""Whatever is written, in whatever order: the graph in memory is the graph that `kg build` makes of the same inputs."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.journal import Journal
from kg.namespaces import expand, graph_iri
from kg.release.home import Home
from kg.writing import Proposal, WritableGraph
from tests.support.writing import CORRECTION, DIGEST, JUDGEMENT, LATE, NEWS, Place, note, other, story

#: How many sequences are tried; a bench asks for more by the variable.
SEQUENCES = int(os.environ.get("CROSSINGS_WRITE_SEQUENCES", "3"))

#: Nearly the words of NEWS: the two are one source.
REPRINT = NEWS.replace("The South", "South").rstrip() + " It was the second such case within a month, he said.\n"
PAGE = (
    "<html lang='en'><head><title>A family is rescued</title></head><body><article><h1>A family is rescued</h1><p>"
    "Four North Koreans crossed the Northern Limit Line in a wooden boat on Sunday, the South Korean coast guard said. "
    "A patrol ship found them off the island of Yeonpyeong and took them to a port on the mainland.</p></article>"
    "</body></html>"
)
_DAY = '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'


def article(source: str, kind: str, keep: bool, published: date | None = None) -> Callable[[WritableGraph], Proposal]:
    return lambda graph: graph.propose_article(source.encode(), kind, "x", published, keep)  # type: ignore[arg-type]


def late_article(graph: WritableGraph) -> str:
    ids = graph.propose_article(LATE.encode(), "text/markdown", "x", None, True).ids
    return f"<{ids[0]}> <{expand('dcterms:issued')}> {_DAY} <{graph_iri('annotation/day')}> ."


WRITES: dict[str, Callable[[WritableGraph], Proposal]] = {
    "news": article(NEWS, "text/plain", True),
    "news, its facts": article(NEWS, "text/plain", False),
    "digest": article(DIGEST, "text/markdown", True),
    "digest, its facts": article(DIGEST, "text/markdown", False),
    "reprint": article(REPRINT, "text/plain", True, date(2024, 8, 23)),
    "page": article(PAGE, "text/html", True, date(2025, 3, 4)),
    "page, its facts": article(PAGE, "text/html", False, date(2025, 3, 4)),
    "late": article(LATE, "text/markdown", True),
    "late, its facts": article(LATE, "text/markdown", False),
    "correction": lambda graph: graph.propose_decision(CORRECTION),
    "one incident": lambda graph: graph.propose_decision(JUDGEMENT),
    "two incidents": lambda graph: graph.propose_decision({**JUDGEMENT, "judgement": "NEGATIVE"}),
    "note": lambda graph: graph.propose_annotation([note("one"), note("two")]),
    "another note": lambda graph: graph.propose_annotation([note("two"), note("three", "other")], [note("one")]),
    "no note": lambda graph: graph.propose_annotation([], [note("two"), note("three", "other")]),
    "bad note": lambda graph: graph.propose_annotation([note("short", predicate="cx:textHash")]),
    "a second day": lambda graph: graph.propose_annotation([late_article(graph)]),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("built"), story(), other())
    assert place.build().exit_code == 0
    return place


@settings(max_examples=SEQUENCES, deadline=None, derandomize=SEQUENCES < 10)
@given(names=st.lists(st.sampled_from(sorted(WRITES)), min_size=4, max_size=8, unique=True))
def test_writes_in_any_order_give_what_a_build_gives(built: Place, names: list[str]) -> None:
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        place = Place.__new__(Place)
        place.texts, place.curation, place.home = built.texts, built.curation, Home(Path(folder) / "home")
        shutil.copytree(built.home.path, place.home.path, symlinks=True)
        with WritableGraph.open(place.home) as graph:
            for name in names:
                before = graph.lines
                try:
                    proposal = WRITES[name](graph)
                except UsageError:
                    outcomes["not possible"] += 1
                    continue
                assert graph.lines == before
                if proposal.refused or proposal.write is None:
                    outcomes["refused" if proposal.refused else "nothing new"] += 1
                    continue
                graph.commit(proposal, "desk")
                outcomes["committed"] += 1
                assert graph.lines == sorted((set(before) - set(proposal.removed)) | set(proposal.added))
            lines, number = graph.lines, graph.number
        assert number == outcomes["committed"] == len(Journal(place.home).entries())
        with WritableGraph.open(place.home) as reopened:
            assert reopened.lines == lines
        place.build()
        assert place.lines() == lines
    print(names, dict(outcomes))
