"""What was written into a graph is a source of it: the journal gives what files of the same content give."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml

from kg.article.read import read_source
from kg.build import BuildOptions
from kg.curation.model import Correction
from kg.errors import GraphError
from kg.extract.pipeline import extract
from kg.journal import AnnotationWrite, ArticleWrite, DecisionWrite, Journal
from kg.namespaces import BASE, expand, graph_iri
from kg.sources import Sources
from tests.support.writing import CORRECTION, NEWS, OTHER, Place, note, other, story

NOTE = note("checked")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("files"))
    (place.texts / "b.txt").write_text(NEWS)
    (place.texts / "c.facts.json").write_bytes(msgspec.json.encode(other()))
    (place.curation / "corrections.yaml").write_text(yaml.safe_dump([CORRECTION]))
    assert place.build().exit_code == 0
    return place


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("written"))
    journal = Journal(place.home)
    journal.append(ArticleWrite(name="b.txt", media_type="text/plain", text=NEWS), "desk")
    journal.append(ArticleWrite(name="c.txt", media_type="text/plain", facts=other()), "desk")
    journal.append(DecisionWrite(correction=msgspec.convert(CORRECTION, Correction)), "desk")
    journal.append(AnnotationWrite(added=(NOTE, NOTE.replace("checked", "wrong"))), "desk")
    journal.append(AnnotationWrite(removed=(NOTE.replace("checked", "wrong"),)), "desk")
    return place


def test_the_journal_gives_what_files_of_the_same_content_give(files: Place, written: Place) -> None:
    summary = written.build()
    assert (summary.exit_code, summary.quarantined, summary.counts["Article"]) == (0, (), 3)
    assert written.lines() == sorted([*files.lines(), NOTE], key=str.encode)
    manifest = written.home.require_current().manifest
    last = Journal(written.home).entries()[-1]
    assert manifest.inputs["journal"] == {"entries": 5, "sha256": last.sha256}
    assert manifest.inputs["texts"] != files.home.require_current().manifest.inputs["texts"]
    assert written.build().unchanged


def test_the_journal_can_be_left_out_and_another_entry_makes_another_build(written: Place) -> None:
    with_all = written.build().release
    without = written.build(journal=False)
    assert without.counts["Article"] == 1
    assert not [line for line in written.lines() if "annotation" in line or ("western" in line and OTHER in line)]
    assert Sources.read(written.home).entries == 0
    assert written.build().release == with_all
    assert Sources.read(written.home).entries == 5


def test_the_home_remembers_what_it_was_built_of(files: Place) -> None:
    made = Sources.read(files.home)
    assert (made.paths, made.curation) == ((str(files.texts),), str(files.curation))
    assert (made.release, made.entries, made.journal) == (files.home.require_current().id, 0, "none")
    assert made.options(files.home) == BuildOptions(paths=(files.texts,), home=files.home, curation=files.curation)


def test_an_entry_that_is_no_article_is_named_by_its_number(tmp_path: Path) -> None:
    place = Place(tmp_path)
    text = "The weather was fine on the coast, and the ferries ran on time for all who had to go to work.\n"
    Journal(place.home).append(ArticleWrite(name="b.txt", media_type="text/plain", text=text), "desk")
    Journal(place.home).append(ArticleWrite(name="c.md", media_type="text/markdown", text="---\nid: 1\n"), "desk")
    summary = place.build()
    assert summary.exit_code == 1
    assert [sentence.partition(":")[0] for sentence in summary.refused] == ["journal entry 2", "journal entry 1"]
    assert "says nothing of crossings" in summary.refused[1]


def test_an_annotation_that_breaks_a_shape_refuses_the_release(tmp_path: Path) -> None:
    place = Place(tmp_path)
    line = f"<{BASE}id/judgement/x> <{expand('rdf:type')}> <{expand('cx:IdentityJudgement')}>"
    Journal(place.home).append(AnnotationWrite(added=(f"{line} <{graph_iri('annotation/x')}> .",)), "desk")
    with pytest.raises(GraphError, match=r"the release is refused \(--no-journal leaves out .*judgement/x"):
        place.build()
    assert place.home.current() is None
    assert place.build(journal=False).exit_code == 0


def test_an_entry_for_another_graph_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path)
    Journal(place.home).append(AnnotationWrite(added=(NOTE.replace("annotation/desk", "curation"),)), "desk")
    with pytest.raises(GraphError, match=r"journal entry 1 writes to <.*graph/curation>"):
        place.build()


def test_a_file_comes_before_an_entry_of_the_same_article(tmp_path: Path) -> None:
    place = Place(tmp_path)
    (place.texts / "b.txt").write_text(NEWS)
    assert place.build().exit_code == 0
    before = place.lines()
    journal = Journal(place.home)
    journal.append(ArticleWrite(name="b.txt", media_type="text/plain", text=NEWS), "desk")
    extracted = extract(read_source("b", NEWS, "text/plain"))
    journal.append(ArticleWrite(name="b.txt", media_type="text/plain", facts=extracted), "desk")
    changed = msgspec.structs.replace(story(), claims=())
    journal.append(ArticleWrite(name="a.txt", media_type="text/plain", facts=changed), "desk")
    assert place.build().exit_code == 0
    assert place.lines() == before
