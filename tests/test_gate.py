from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kg.build_options import BuildOptions, Quiet
from kg.gate import Passed, through_the_gate, without_objection
from kg.journal import AnnotationWrite
from kg.linking import link
from kg.mapping.quads import Quads
from kg.release.home import Home
from kg.replay import Written
from tests.support.facts import Draft
from tests.support.writing import ARTICLE, note, other, story


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    for record in (story(), other()):
        (tmp_path / f"{record.article.id[:4]}.facts.json").write_bytes(msgspec.json.encode(record))
    return tmp_path


def passed(texts: Path, *lines: str) -> Passed:
    linked = link(BuildOptions(paths=(texts,), home=Home(texts / ".home")), Quiet())
    annotations = Written().then(AnnotationWrite(added=lines), 1, "x").annotations if lines else Quads({})
    return through_the_gate(linked, "korea", annotations, Quiet())


def test_a_good_graph_passes_whole(texts: Path) -> None:
    made = passed(texts, note("seen"))
    assert (made.violations, made.claims, made.articles, made.quarantined) == (0, frozenset(), frozenset(), ())
    assert note("seen") in set(made.quads.lines())
    assert made.report == made.found


def test_a_claim_that_breaks_a_shape_is_left_out(texts: Path) -> None:
    draft = Draft("A man crossed the western front on 3 May 2031.", id="56" * 32, published="2030-05-09")
    incident = draft.mention("Incident", "crossed")
    draft.claim(incident, "cx:front", "front:western", "the western front")
    draft.claim(incident, "cx:dateEDTF", draft.time("3 May 2031", edtf="2031-05-03"), "on 3 May 2031")
    (texts / "late.facts.json").write_bytes(msgspec.json.encode(draft.facts()))
    made = passed(texts)
    assert made.violations == 0
    assert made.found.counts()["violation"] > 0
    assert made.claims
    assert not made.articles
    assert {item["focus"] for item in made.quarantined} == {
        result.focus for result in made.found.results if result.severity == "violation"
    }
    assert not any(f"/claim/{claim}>" in line for claim in made.claims for line in made.quads.lines())


def test_an_article_that_breaks_a_shape_is_left_out_whole(texts: Path) -> None:
    made = passed(texts, note("short", predicate="cx:textHash"))
    assert made.articles == {ARTICLE}
    assert [article.id for article in made.linked.articles] == [other().article.id]


def test_who_validates_can_be_another(texts: Path) -> None:
    linked = link(BuildOptions(paths=(texts,), home=Home(texts / ".home")), Quiet())
    line = note("short", predicate="cx:textHash")
    annotations = Written().then(AnnotationWrite(added=(line,)), 1, "x").annotations
    made = through_the_gate(linked, "korea", annotations, Quiet(), without_objection)
    assert (made.violations, made.articles) == (0, frozenset())
