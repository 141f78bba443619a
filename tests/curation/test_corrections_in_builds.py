"""Corrections through a whole build: the shapes accept what they make, and one that is lost is listed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml

from kg.build import BuildOptions, BuildSummary, build
from kg.errors import ExitCode
from kg.querying import open_release, rows
from kg.release.home import Home
from tests.support.facts import Draft
from tests.support.reporting import Silent

ARTICLE = "12" * 32


def correction(**change: object) -> dict[str, object]:
    place = {"article": ARTICLE, "cls": "Incident", "predicate": "cx:front", "quote": "the eastern front"}
    return {"claim": {**place, **change}, "by": "a curator", "on": "2031-06-01", "reason": "It was the west."}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    draft = Draft("A man crossed the eastern front on 3 May 2031.", id=ARTICLE, published="2031-05-09")
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.facts.json").write_bytes(msgspec.json.encode(draft.facts()))
    return folder


def made(texts: Path, *corrections: dict[str, object]) -> BuildSummary:
    curation = texts.parent / "curation"
    curation.mkdir(exist_ok=True)
    (curation / "corrections.yaml").write_text(yaml.safe_dump(list(corrections)))
    return build(BuildOptions(paths=(texts,), home=Home(texts.parent / "home"), curation=curation), Silent())


def fronts(texts: Path) -> list[str]:
    held = open_release(Home(texts.parent / "home").require_current())
    return [str(getattr(row[0], "value", "")) for row in rows(held, "SELECT ?f { ?i cx:front ?f }").rows]


def test_the_right_value_is_published_and_the_shapes_agree(texts: Path) -> None:
    summary = made(texts, {**correction(), "value": "front:western"})
    assert (summary.exit_code, summary.lost, summary.quarantined) == (ExitCode.GOOD, (), ())
    assert summary.shapes["violation"] == summary.shapes["warning"] == 0
    assert [front.rpartition("#")[2] for front in fronts(texts)] == ["western"]


def test_a_claim_is_marked_and_nothing_takes_its_place(texts: Path) -> None:
    assert made(texts, correction()).exit_code == ExitCode.GOOD
    assert fronts(texts) == []


def test_a_correction_that_is_lost_is_listed_and_the_exit_code_says_so(texts: Path) -> None:
    summary = made(texts, correction(quote="the northern front"))
    assert summary.exit_code == ExitCode.NOT_WHOLLY_GOOD
    (sentence,) = summary.lost
    assert sentence.startswith("correction by a curator on 2031-06-01: the claim of 'the northern front' (cx:front)")
    assert len(fronts(texts)) == 1, "the build goes on without it"


def test_a_recorded_value_that_breaks_a_shape_is_quarantined_and_the_claim_stays_marked(texts: Path) -> None:
    # An incident after the article that reports it: what a person wrote is left out like what a machine read.
    place = {"predicate": "cx:dateEDTF", "quote": "on 3 May 2031"}
    summary = made(texts, {**correction(**place), "value": "2031-12-24"})
    assert summary.exit_code == ExitCode.NOT_WHOLLY_GOOD
    assert any("more than a day after an article" in sentence for sentence in summary.quarantined)
    held = open_release(Home(texts.parent / "home").require_current())
    assert rows(held, "SELECT ?d { ?i cx:dateEDTF ?d }").rows == ()
    assert len(rows(held, "SELECT ?c { GRAPH graph:curation { ?x cx:corrects ?c } }").rows) == 1


def test_a_change_of_the_corrections_is_a_build_of_its_own(texts: Path) -> None:
    assert not made(texts, correction()).unchanged
    assert made(texts, correction()).unchanged
    assert not made(texts, {**correction(), "value": "front:western"}).unchanged
