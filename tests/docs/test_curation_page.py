"""What docs/curation.md says of the files of curation is so."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from kg.build import BuildOptions, link
from kg.curation import Anchor, ClaimAnchor, Correction, Judgement, Redaction, SourceAnchor, load_curation
from kg.release.home import Home
from tests.docs.transcripts import blocks
from tests.support.commands import ROOT, SEEDS
from tests.support.reporting import Silent

TEXT = (ROOT / "docs" / "curation.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples of the page as a folder of curation."""
    made = tmp_path_factory.mktemp("curation")
    for block in blocks(TEXT):
        if block.language == "yaml":
            name = block.body.split("\n", 1)[0].removeprefix("# ")
            (made / name).write_text(block.body, "utf-8")
    return made


def test_the_examples_are_of_all_files_and_can_be_read(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["corrections.yaml", "judgements.yaml", "redactions.yaml"]
    curation = load_curation(folder)
    assert len(curation.judgements) == len(curation.redactions) == 1
    assert [(c.claim is None, c.source is None) for c in curation.corrections] == [(False, True), (True, False)]


def test_the_examples_anchor_in_the_seeds(folder: Path, tmp_path: Path) -> None:
    linked = link(BuildOptions(paths=(SEEDS,), home=Home(tmp_path), curation=folder), Silent())
    assert linked.anchored.lost == ()
    assert len(linked.consolidated.corrections) == 2
    assert linked.consolidated.withheld.entities == 1


def keys(heading: str) -> set[str]:
    """The keys that the table of a section names."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", section, re.M)
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


def test_every_key_is_explained() -> None:
    assert keys("Judgements") == set(Judgement.__struct_fields__)
    assert keys("Corrections") == set(Correction.__struct_fields__)
    assert keys("Redactions") == {field.name for field in fields(Redaction)} - {"where"}
    assert keys("Anchors") == set(Anchor.__struct_fields__)
    section = TEXT.partition("\n## Corrections\n")[2].partition("\n## ")[0]
    for name in (*ClaimAnchor.__struct_fields__, *SourceAnchor.__struct_fields__):
        assert f"`{name}`" in section or name in ("article",), name
