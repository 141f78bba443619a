from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.article.read import MediaType
from kg.errors import GraphError, InputError, UsageError
from kg.journal import ArticleWrite, Journal
from kg.namespaces import BASE, expand, graph_iri
from kg.release.history import rollback
from kg.shapes.report import NOT_CHECKED
from kg.sources import Sources
from kg.writing import Proposal, WritableGraph
from tests.support.writing import (
    ARTICLE,
    CORRECTION,
    DIGEST,
    JUDGEMENT,
    LATE,
    NEWS,
    Place,
    note,
    other,
    story,
)

GERMAN = (
    "Ein Soldat ist \u00fcber die Grenze gegangen, und er ist nun in der Stadt mit den anderen, die auch dort sind. "
    "Das ist nicht neu f\u00fcr die Leute.\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("built"), story(), other())
    assert place.build().exit_code == 0
    return place


@pytest.fixture
def place(built: Place, tmp_path: Path) -> Place:
    """The same texts, with a home of one's own."""
    own = Place.__new__(Place)
    own.texts, own.curation, own.home = built.texts, built.curation, type(built.home)(tmp_path / "home")
    shutil.copytree(built.home.path, own.home.path, symlinks=True)
    return own


@pytest.fixture
def graph(place: Place) -> Iterator[WritableGraph]:
    with WritableGraph.open(place.home) as opened:
        yield opened


def applied(lines: list[str], proposal: Proposal) -> list[str]:
    assert set(proposal.removed) <= set(lines)
    assert not set(proposal.added) & set(lines)
    return sorted((set(lines) - set(proposal.removed)) | set(proposal.added))


def test_it_opens_on_what_is_released(place: Place, graph: WritableGraph) -> None:
    assert graph.lines == place.lines()
    assert (graph.release.id, graph.number) == (place.home.require_current().id, 0)


def test_an_article_is_proposed_committed_and_built_alike(place: Place, graph: WritableGraph) -> None:
    before = graph.lines
    proposal = graph.propose_article(NEWS.encode(), "text/plain", "news.txt", keep=True)
    assert (proposal.refused, proposal.quarantined) == (False, ())
    assert proposal.ids[0].startswith(f"{BASE}id/article/")
    assert any("/incident/" in iri for iri in proposal.ids)
    assert graph.lines == before
    assert Journal(place.home).entries() == (), "a proposal changes nothing"
    entry = graph.commit(proposal, "desk")
    assert graph.lines == applied(before, proposal)
    assert (graph.number, entry.number, entry.by) == (1, 1, "desk")
    assert Journal(place.home).entries() == (entry,)
    assert isinstance(entry.write, ArticleWrite)
    assert entry.write.text == NEWS
    again = graph.propose_article(b"\xef\xbb\xbf" + NEWS.encode(), "text/plain", "other name", keep=False)
    assert (again.write, again.added, again.removed, again.ids) == (None, (), (), proposal.ids)
    with pytest.raises(UsageError, match="changes nothing"):
        graph.commit(again, "desk")
    graph.close()
    with WritableGraph.open(place.home) as reopened:
        assert reopened.lines == applied(before, proposal)
        assert (reopened.number, reopened.release) == (1, graph.release)
    assert place.build().exit_code == 0
    assert place.lines() == applied(before, proposal)
    with WritableGraph.open(place.home) as on_the_new_release:
        assert on_the_new_release.lines == place.lines()
        assert on_the_new_release.number == 1


def test_of_a_text_that_may_not_be_kept_the_facts_stay(place: Place, graph: WritableGraph) -> None:
    told = "He said that nobody had seen him on his way, and that he had walked for two nights along the river. "
    proposal = graph.propose_article((told + NEWS).encode(), "text/plain", "news.txt", keep=False)
    assert not proposal.refused
    unchecked = {result.focus for result in proposal.report.results if result.message == NOT_CHECKED}
    assert proposal.ids[0] not in unchecked
    assert f"{BASE}id/article/{ARTICLE}" in unchecked, "of the others nobody has the text"
    graph.commit(proposal, "desk")
    assert told.strip() not in Journal(place.home).path.read_text()
    lines = graph.lines
    graph.close()
    assert place.build().exit_code == 0
    assert place.lines() == lines
    with WritableGraph.open(place.home) as reopened:
        same = reopened.propose_article((told + NEWS).encode(), "text/plain", "news.txt", keep=True)
        assert (same.write, same.ids) == (None, proposal.ids)


def test_an_original_takes_the_place_of_its_digest(graph: WritableGraph) -> None:
    digest = graph.propose_article(DIGEST.encode(), "text/markdown", "digest.md", keep=True)
    graph.commit(digest, "desk")
    original = graph.propose_article(NEWS.encode(), "text/plain", "news.txt", keep=True)
    assert original.ids[0] == digest.ids[0]
    typed = f"<{digest.ids[0]}> <{expand('rdf:type')}> <{expand('cx:Digest')}>"
    assert [line for line in original.removed if line.startswith(typed)]
    graph.commit(original, "desk")
    assert graph.propose_article(DIGEST.encode(), "text/markdown", "digest.md", keep=True).write is None


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b"", "text/plain", "x: is empty"),
        (b"\x00\x01", "text/plain", "x: is binary"),
        (b"caf\xe9", "text/plain", r"x: is not UTF-8 \(byte 3"),
        (b" \n", "text/plain", "x: is blank"),
        (GERMAN.encode(), "text/plain", "x: is not in English"),
        (b"<html><body><p>Menu</p></body></html>", "text/html", "x: is HTML without an article"),
        (b"---\nid: 1\n---\nwords", "text/markdown", "x: line 2"),
        (
            b"The ferries ran on time for all who had to go to work, and the weather was fine on the coast.",
            "text/plain",
            "x: says nothing of crossings of this border: it is left out",
        ),
    ],
)
def test_what_is_no_article_is_refused_as_a_build_refuses_it(
    graph: WritableGraph, content: bytes, kind: MediaType, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        graph.propose_article(content, kind, "x", keep=True)
    assert graph.number == 0


def test_a_claim_that_breaks_a_shape_is_left_out_and_listed(place: Place, graph: WritableGraph) -> None:
    proposal = graph.propose_article(LATE.encode(), "text/markdown", "late.md", keep=True)
    assert not proposal.refused
    assert proposal.report.counts()["violation"] == 0
    assert any("more than a day after" in item["message"] for item in proposal.quarantined)
    assert set(proposal.quarantined[0]) == {"shape", "focus", "message"}
    graph.commit(proposal, "desk")
    # What is left out already is no news of the next write, and does not keep it out.
    following = graph.propose_annotation([note("seen")])
    assert (following.refused, following.quarantined, following.added) == (False, (), (note("seen"),))
    lines = graph.lines
    graph.close()
    assert place.build().exit_code == 1
    assert place.lines() == lines
    with WritableGraph.open(place.home) as reopened:
        assert reopened.lines == lines


def test_an_article_that_breaks_a_shape_as_a_whole_is_refused(graph: WritableGraph) -> None:
    first = graph.propose_article(LATE.encode(), "text/markdown", "late.md", keep=True)
    day = '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    second_day = f"<{first.ids[0]}> <{expand('dcterms:issued')}> {day} <{graph_iri('annotation/a')}> ."
    graph.commit(graph.propose_annotation([second_day]), "desk")
    before = graph.lines
    refused = graph.propose_article(LATE.encode(), "text/markdown", "late.md", keep=True)
    assert refused.refused
    assert any(result.focus == first.ids[0] for result in refused.report.results if result.severity == "violation")
    with pytest.raises(UsageError, match="is refused"):
        graph.commit(refused, "desk")
    assert (graph.lines, graph.number) == (before, 1)


def test_a_correction_is_recorded_and_takes_effect(place: Place, graph: WritableGraph) -> None:
    proposal = graph.propose_decision(CORRECTION)
    assert (proposal.refused, proposal.ids) == (False, (f"{BASE}id/article/{ARTICLE}",))
    western = f"<{expand('cx:front')}> <{expand('front:western')}> ."
    assert [line for line in proposal.added if line.endswith(western)]
    graph.commit(proposal, "desk")
    assert graph.propose_decision(CORRECTION).write is None
    lines = graph.lines
    graph.close()
    assert place.build().exit_code == 0
    assert place.lines() == lines


def test_a_judgement_joins_two_accounts(graph: WritableGraph) -> None:
    apart = graph.propose_decision({**JUDGEMENT, "judgement": "NEGATIVE"})
    assert len(apart.ids) == 2
    assert apart.added, "who judged what stands in the graph of curation"
    joined = graph.propose_decision(JUDGEMENT)
    assert not joined.refused
    graph.commit(joined, "desk")
    with pytest.raises(UsageError, match="judged already"):
        graph.propose_decision({**JUDGEMENT, "judgement": "NEGATIVE"})
    with pytest.raises(UsageError, match="has changed since"):
        graph.commit(apart, "desk")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "is no correction"),
        ({"judgement": "MAYBE"}, "is no judgement"),
        ({**CORRECTION, "on": "2031-02-30"}, "no day of the calendar"),
        ({**CORRECTION, "by": "machine"}, "a program corrects nothing"),
        ({**CORRECTION, "value": "front:nowhere"}, "nowhere"),
        ({**CORRECTION, "claim": {**CORRECTION["claim"], "quote": "no such words"}}, "is no longer found"),  # type: ignore[dict-item]
        ({**CORRECTION, "claim": {**CORRECTION["claim"], "article": "ef" * 32}}, "which this graph does not hold"),  # type: ignore[dict-item]
        ({**JUDGEMENT, "second": {**JUDGEMENT["second"], "quote": "flew"}}, "'flew' .* is not found"),  # type: ignore[dict-item]
        ({**JUDGEMENT, "second": JUDGEMENT["first"]}, "points twice to one account"),
    ],
)
def test_a_decision_that_decides_nothing_is_refused(
    graph: WritableGraph, document: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        graph.propose_decision(document)


def test_annotations_enter_and_leave(place: Place, graph: WritableGraph) -> None:
    before = graph.lines
    first = graph.propose_annotation([note("one"), note("two"), note("two")])
    assert (first.added, first.removed) == ((note("one"), note("two")), ())
    assert first.ids == (graph_iri("annotation/desk"),)
    graph.commit(first, "desk")
    assert graph.propose_annotation([note("one")], [note("three")]).write is None
    second = graph.propose_annotation([note("three", "other"), note("one")], [note("one"), note("two")])
    assert (second.added, second.removed) == ((note("three", "other"),), (note("two"),))
    graph.commit(second, "desk")
    assert graph.lines == sorted([*before, note("one"), note("three", "other")])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no line", "is no N-Quads"),
        (note("x").replace("annotation/desk", "curation"), "is not in a graph below"),
        (note("x").replace("annotation/desk", "annotation/"), "is not in a graph below"),
        (note("x").rpartition(" <")[0] + " .", "is not in a graph below"),
        (note("x").replace('"x"', "_:b"), "blank node"),
        ("_:b" + note("x").partition(">")[2], "blank node"),
    ],
)
def test_a_line_of_another_graph_is_refused(graph: WritableGraph, line: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        graph.propose_annotation([line])
    with pytest.raises(UsageError, match=said):
        graph.propose_annotation(removed=[line])


def test_an_annotation_that_breaks_a_shape_is_refused(graph: WritableGraph) -> None:
    before = graph.lines
    # What it says of the article breaks a shape that an article is to blame for: it must not push the article out.
    hurt = graph.propose_annotation([note("short", predicate="cx:textHash")])
    judgement = f"<{BASE}id/judgement/x> <{expand('rdf:type')}> <{expand('cx:IdentityJudgement')}>"
    alone = graph.propose_annotation([f"{judgement} <{graph_iri('annotation/x')}> ."])
    for proposal in (hurt, alone):
        assert proposal.refused
        assert proposal.report.counts()["violation"] > 0
        with pytest.raises(UsageError, match="is refused"):
            graph.commit(proposal, "desk")
    assert (graph.lines, graph.number) == (before, 0)


def test_there_is_one_writer(place: Place, graph: WritableGraph) -> None:
    with pytest.raises(UsageError, match="is being written by process"):
        WritableGraph.open(place.home)
    graph.close()
    WritableGraph.open(place.home).close()


def test_sources_that_changed_need_a_build_first(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with pytest.raises(UsageError, match=r"sources\.json is not there: run kg build"):
        WritableGraph.open(place.home)
    place.build()
    (place.texts / "b.txt").write_text(NEWS)
    with pytest.raises(UsageError, match="the sources no longer give release"):
        WritableGraph.open(place.home)
    place.build()
    WritableGraph.open(place.home).close()
    rollback(place.home)
    with pytest.raises(UsageError, match="the sources no longer give release"):
        WritableGraph.open(place.home)


def test_after_a_rollback_what_was_written_since_is_there_again(place: Place) -> None:
    with WritableGraph.open(place.home) as graph:
        graph.commit(graph.propose_annotation([note("one")]), "desk")
        lines = graph.lines
    first = place.home.require_current().id
    place.build()
    assert rollback(place.home).id == first
    with WritableGraph.open(place.home) as graph:
        assert (graph.release.id, graph.number, graph.lines) == (first, 1, lines)


def test_a_journal_of_another_history_is_refused(place: Place) -> None:
    with WritableGraph.open(place.home) as graph:
        graph.commit(graph.propose_annotation([note("one")]), "desk")
    place.build()
    assert Sources.read(place.home).entries == 1
    Journal(place.home).path.unlink()
    with pytest.raises(GraphError, match="is not the one that release"):
        WritableGraph.open(place.home)
    place.build()
    with WritableGraph.open(place.home) as graph:
        assert graph.number == 0
