from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build_options import BuildOptions, Quiet
from kg.curation import load_curation
from kg.gate import without_objection
from kg.journal import AnnotationWrite
from kg.knowledge import Knowledge
from kg.linking import Given
from kg.mapping.quads import Quads
from kg.namespaces import BASE
from kg.release.home import Home
from kg.writing.state import Gatherer, State, difference
from tests.support.writing import ARTICLE, note, other, story

graphs = st.dictionaries(
    st.sampled_from(["", "<a:g>", "<a:h>"]), st.sets(st.sampled_from(["<a:s> <a:p> <a:o>", "é", "z"]))
)


@given(graphs, graphs)
def test_a_difference_is_that_of_the_lines(one: dict[str, set[str]], other: dict[str, set[str]]) -> None:
    left, right = Quads(one), Quads(other)
    found = difference(left, right)
    assert set(found) == set(left.lines()) - set(right.lines())
    assert [line.encode() for line in found] == sorted(line.encode() for line in found)
    assert difference(left, left) == ()


@pytest.fixture
def gatherer(tmp_path: Path) -> Gatherer:
    for record in (story(), other()):
        (tmp_path / f"{record.article.id[:4]}.facts.json").write_bytes(msgspec.json.encode(record))
    options = BuildOptions(paths=(tmp_path,), home=Home(tmp_path / "home"))
    return Gatherer(options, load_curation(None), Knowledge.load(), Quiet(), without_objection)


def opened(gatherer: Gatherer) -> State:
    return gatherer.from_sources(Given.of(gatherer.options))


def test_an_article_speaks_of_entities_that_the_graph_holds(gatherer: Gatherer) -> None:
    article, *entities = opened(gatherer).about(ARTICLE)
    assert article == f"{BASE}id/article/{ARTICLE}"
    assert [iri.rpartition("/")[0] for iri in entities] == [f"{BASE}id/incident"]
    assert opened(gatherer).about("ff" * 32) == ()


def test_annotating_gives_what_linking_anew_gives(gatherer: Gatherer) -> None:
    state = opened(gatherer)
    written = state.written.then(AnnotationWrite(added=(note("one"), note("two", "other"))), 1, "x")
    short, long = gatherer.annotated(state, written), gatherer.joined(state.gathered, written)
    assert set(short.passed.quads.lines()) == set(long.passed.quads.lines())
    assert difference(short.passed.quads, state.passed.quads) == (note("one"), note("two", "other"))
