from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.curation import Correction, Curation
from kg.errors import GraphError
from kg.journal import AnnotationWrite, ArticleWrite, DecisionWrite, Entry, Write
from kg.replay import Written, graph_and_triple
from tests.support.decisions import CORRECTION, JUDGEMENT
from tests.support.writing import note

WRITES: list[Write] = [
    ArticleWrite(name="a", media_type="text/plain", text="words"),
    DecisionWrite(judgement=JUDGEMENT),
    DecisionWrite(correction=CORRECTION),
    AnnotationWrite(added=(note("one"), note("two", "other"))),
    AnnotationWrite(added=(note("three"), note("one")), removed=(note("one"), note("never there"))),
    AnnotationWrite(removed=(note("two", "other"),)),
]


def entries(writes: list[Write]) -> list[Entry]:
    now = datetime.now(UTC)
    return [Entry(number, now, "desk", write, f"{number:064}") for number, write in enumerate(writes, 1)]


def test_entries_become_inputs_in_their_order() -> None:
    made = Written.of(entries(WRITES))
    assert (made.number, made.sha256) == (6, f"{6:064}")
    assert made.articles == ((1, WRITES[0]),)
    assert (made.judgements, made.corrections) == ((JUDGEMENT,), (CORRECTION,))
    assert set(made.annotations.lines()) == {note("one"), note("three")}
    assert [name for name, triples in made.annotations.graphs.items() if not triples] == []


@given(st.lists(st.sampled_from(WRITES), max_size=12), st.integers(0, 12))
def test_one_after_the_other_is_all_at_once(writes: list[Write], cut: int) -> None:
    found = entries(writes)
    made = Written.of(found[:cut])
    kept = set(made.annotations.lines())
    after = made
    for entry in found[cut:]:
        after = after.then(entry.write, entry.number, entry.sha256)
    assert after == Written.of(found)
    assert set(made.annotations.lines()) == kept, "what was is not changed by what comes"


def test_decisions_stand_behind_those_of_the_folder() -> None:
    own = msgspec.structs.replace(CORRECTION, reason="the folder's own")
    folder = Curation(corrections=(own,), sha256="hash")
    assert Written().curated(folder) is folder
    made = Written.of(entries(WRITES)).curated(folder)
    assert isinstance(made.corrections[0], Correction)
    assert made.corrections == (own, CORRECTION)
    assert (made.judgements, made.sha256) == ((JUDGEMENT,), "hash")


def test_a_write_to_another_graph_is_named() -> None:
    line = note("x").replace("annotation/desk", "curation")
    for write in (AnnotationWrite(added=(line,)), AnnotationWrite(removed=(line,))):
        with pytest.raises(GraphError, match=r"journal entry 1 writes to <.*graph/curation>"):
            Written.of(entries([write]))


def test_a_line_is_a_triple_and_its_graph() -> None:
    graph, triple = graph_and_triple(note("a <b> c"))
    assert f"{triple} {graph} ." == note("a <b> c")
