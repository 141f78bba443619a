"""Writes to a graph that withholds an entity: what is written later is withheld as well, and nothing moves it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from kg.curation import Redaction
from kg.errors import UsageError
from kg.facts.model import Facts
from kg.journal import ArticleWrite, Journal
from kg.namespaces import BASE, expand, graph_iri
from kg.redaction.names import Names
from kg.redaction.redacting import Redacting
from kg.redaction.snapshot_quads import graph_of_snapshot
from kg.release.snapshots import Snapshots
from kg.writing import WritableGraph
from server.writing.knowledge_graph import KnowledgeGraph
from server.writing.wire import Refresh, Update, Written
from tests.support.facts import Draft
from tests.support.writing import Place, note

NAMES = Names(["Mina Do-ran"])
AT_RISK = "- {id: %s, by: a curator, on: 2031-06-01, reason: At risk.}\n"


def story(published: str, ident: str, name: str = "Mina Do-ran") -> Facts:
    draft = Draft(f"{name} crossed the eastern front on 3 May 2031.", id=ident * 32, published=published)
    incident = draft.mention("Incident", "crossed")
    man = draft.mention("Person", name, name=name)
    draft.claim(incident, "cx:crosser", man, f"{name} crossed")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    draft.claim(man, "cx:name", name, name)
    return draft.facts()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path, story("2031-05-09", "12"))
    made.build()
    (line,) = (x for x in made.lines() if x.endswith(f"<{expand('cx:Person')}> ."))
    iri = line.split(" ")[0][1:-1]
    (made.curation / "redactions.yaml").write_text(AT_RISK % iri.removeprefix(f"{BASE}id/"))
    summary = made.build()
    assert summary.withheld["entities"] == 1
    assert not any(NAMES.name(x) for x in made.lines())
    return made


def withheld(lines: list[str]) -> set[str]:
    return {line.split(" ")[0] for line in lines if line.endswith(f"<{expand('cx:Withheld')}> .") and "/id/" in line}


def test_an_article_that_is_written_names_nobody(place: Place) -> None:
    with WritableGraph.open(place.home) as graph:
        first = withheld(graph.lines)
        # An older article founds the person anew: the id moves, and both are withheld.
        text = (
            "---\npublished: 2031-05-04\n---\nMina Do-ran, a North Korean soldier, crossed the Military Demarcation "
            "Line on May 3, 2031, the South Korean military said. South Korean troops took the soldier into custody.\n"
        )
        proposal = graph.propose_article(text.encode(), "text/plain", "news.txt", keep=True)
        assert not proposal.refused
        assert not any(NAMES.name(line) for line in (*proposal.added, *graph.lines))
        graph.commit(proposal, "a writer")
        assert first <= withheld(graph.lines)
        assert not any(NAMES.name(line) for line in graph.lines)
        lines = graph.lines
    summary = place.build()
    assert summary.withheld["entities"] == 1
    assert place.lines() == lines, "a build gives what the write gave"


def test_who_is_withheld_is_not_named_again_without_the_redactions(place: Place) -> None:
    current, file = place.home.require_current().id, place.curation / "redactions.yaml"
    held = file.read_text()
    file.unlink()
    # The build of the same inputs was made before the redaction, and its release is kept.
    with pytest.raises(UsageError, match=rf"release {current} withholds person/[0-9a-f]{{16}}.*carry the entries of"):
        place.build()
    assert place.home.require_current().id == current
    file.write_text(held)
    assert place.build().withheld["entities"] == 1


def test_nor_by_a_write_to_a_release_that_never_had_them(tmp_path: Path) -> None:
    place = Place(tmp_path, story("2031-05-10", "34", "Pak Sol Hui"))
    text = "Mina Do-ran, a North Korean soldier, crossed the Military Demarcation Line on May 3, 2031, Seoul said.\n"
    (place.texts / "news.txt").write_text(text)
    place.build()
    name = f'<{expand("cx:name")}> "Mina Do-ran" .'
    (iri,) = {line.split(" ")[0][1:-1] for line in place.lines() if line.endswith(name)}
    redactions = place.curation / "redactions.yaml"
    redactions.write_text(AT_RISK % iri.removeprefix(f"{BASE}id/"))
    place.build()
    redactions.unlink()
    (place.texts / "news.txt").unlink()
    place.build()
    again = rf"withholds {iri.removeprefix(f'{BASE}id/')}, which would be published again"
    day = date(2031, 5, 4)
    with WritableGraph.open(place.home) as graph:
        with pytest.raises(UsageError, match=again):
            graph.propose_article(text.encode(), "text/plain", "news.txt", day, keep=True)
        assert graph.number == 0
    # What an earlier version recorded is not served either.
    Journal(place.home).append(ArticleWrite(name="news.txt", media_type="text/plain", published=day, text=text), "desk")
    with pytest.raises(UsageError, match=again):
        WritableGraph.open(place.home)


def test_an_annotation_that_names_or_points_to_who_is_withheld_is_not_released(place: Place) -> None:
    iri = (place.curation / "redactions.yaml").read_text().split("id: ")[1].split(",")[0]
    with WritableGraph.open(place.home) as graph:
        kept = note("A note about the border.")
        proposal = graph.propose_annotation([kept, note("It was Mina Do-ran."), note("A cold night.", subject=iri)])
        assert proposal.added == (kept,)
        graph.commit(proposal, "a writer")
        assert [line for line in graph.lines if graph_iri("annotation/") in line] == [kept]


def test_an_id_that_nothing_has_stops_the_build_and_nothing_is_published(place: Place) -> None:
    before = place.home.require_current().id
    file = place.curation / "redactions.yaml"
    file.write_text(file.read_text() + AT_RISK % ("person/" + "0" * 16))
    with pytest.raises(UsageError, match=r"redactions\.yaml line 2: no entity of this build has the id person/0{16}"):
        place.build()
    assert place.home.require_current().id == before


def test_what_a_person_is_told_of_a_lost_decision_is_not_released_with_the_name(place: Place) -> None:
    anchor = {"article": "12" * 32, "cls": "Person", "quote": "Mina Do-ran the poet"}
    judgement = {"first": anchor, "second": {**anchor, "quote": "crossed", "cls": "Incident"}}
    decided = {**judgement, "judgement": "NEGATIVE", "by": "a curator", "on": "2031-06-01", "reason": "Two."}
    (place.curation / "judgements.yaml").write_bytes(msgspec.json.encode([decided]))
    summary = place.build()
    assert "Mina Do-ran the poet" in summary.lost[0], "who builds is told which decision is lost"
    manifest = (place.home.require_current().path / "manifest.json").read_text()
    assert not NAMES.name(manifest)


@pytest.fixture
def redacted(tmp_path: Path) -> Place:
    """A home that was redacted after it was built, by its quads alone."""
    made = Place(tmp_path, story("2031-05-09", "12"), story("2031-05-10", "34", "Pak Sol Hui"))
    made.build()
    name = f'<{expand("cx:name")}> "Mina Do-ran" .'
    (iri,) = {line.split(" ")[0][1:-1] for line in made.lines() if line.endswith(name)}
    asked = [Redaction(id=iri.removeprefix(f"{BASE}id/"), by="a curator", on=date(2031, 6, 1), reason=None)]
    with made.home.lock():
        Redacting(made.home, asked, made.curation, made.home.path / "logs").carry_out()
    assert made.home.require_current().id.endswith("+r1")
    return made


def test_who_writes_after_a_redaction_need_not_wait_for_a_build(redacted: Place) -> None:
    with WritableGraph.open(redacted.home) as graph:
        assert graph.release.id.endswith("+r1")
        assert withheld(graph.lines)
        assert not any(NAMES.name(line) for line in graph.lines)
        proposal = graph.propose_annotation([note("A note about the border.")])
        graph.commit(proposal, "a writer")
        lines = graph.lines
    cache = redacted.home.cache_path
    assert not any(NAMES.name(p.read_text("utf-8")) for p in cache.rglob("*") if p.is_file())
    redacted.build()
    assert redacted.lines() == lines, "a build gives what the write gave"


def test_what_is_served_after_a_redaction_changes_with_the_next_write_and_not_before(redacted: Place) -> None:
    current = redacted.home.require_current().id
    snapshots = Snapshots(redacted.home)
    with snapshots.writing():
        writer = KnowledgeGraph(redacted.home, 100)
        told = writer.apply(Refresh())
        assert isinstance(told, Written)
        assert told.revision == current
        assert snapshots.current() is None
        update = f'INSERT DATA {{ GRAPH <{graph_iri("annotation/desk")}> {{ <urn:x-n:1> rdfs:comment "Cold." }} }}'
        told = writer.apply(Update(text=update, base=BASE, by="a writer"))
        assert isinstance(told, Written)
        assert told.revision == f"{current}.1"
    served = snapshots.current()
    assert served is not None
    assert not graph_of_snapshot(served).names(NAMES)
    writer._graph.close()
    redacted.build()
    assert set(graph_of_snapshot(served).quads.lines()) == set(redacted.lines())


def test_one_who_is_not_in_the_curation_is_named_by_id(redacted: Place) -> None:
    file = redacted.curation / "redactions.yaml"
    held = file.read_text()
    file.unlink()
    with pytest.raises(UsageError, match=r"withholds person/[0-9a-f]{16}, and the redactions of the curation.*add it"):
        WritableGraph.open(redacted.home)
    file.write_text(held)
    (redacted.texts / "1212.facts.json").unlink()
    with pytest.raises(UsageError, match="the sources no longer give release"):
        WritableGraph.open(redacted.home)
