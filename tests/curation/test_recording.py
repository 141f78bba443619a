"""A judgement is added behind what stands in the file, which stays as it is, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.curation import Anchor, Judgement, load_curation
from kg.curation.recording import add_judgement
from kg.errors import UsageError

PLACE = Anchor(article="a" * 64, cls="Incident", quote="crossed")


def judgement(number: int = 0, reason: str = "Two days apart: one in May.") -> Judgement:
    other = Anchor(article="b" * 64, cls="Incident", quote=f"came over {number}", original=((4, 9),))
    return Judgement(first=PLACE, second=other, judgement="NEGATIVE", by="me", on="2026-01-02", reason=reason)


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "curation"
    assert add_judgement(folder, judgement()) == folder / "judgements.yaml"
    assert load_curation(folder).judgements == (judgement(),)
    assert (folder / "judgements.yaml").read_text().startswith("# ")


def test_what_stands_there_stays_with_its_comments(tmp_path: Path) -> None:
    add_judgement(tmp_path, judgement(1))
    path = tmp_path / "judgements.yaml"
    before = f"# why we do this\n{path.read_text()}  # a remark at the end"
    path.write_text(before)
    add_judgement(tmp_path, judgement(2))
    assert path.read_text().startswith(before)
    assert load_curation(tmp_path).judgements == (judgement(1), judgement(2))


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing yet\n",
        "---\n",
        "[]\n",
        "[ ] # none\n",
        json.dumps([{**json.loads("{}"), "first": {"article": "a", "cls": "Incident", "quote": "q"},
                     "second": {"article": "a", "cls": "Incident", "quote": "q"}, "judgement": "UNSURE", "by": "me",
                     "on": "2026-01-01", "reason": "r"}], indent=2),
        "  - first: {article: a, cls: Incident, quote: q}\n    second: {article: a, cls: Incident, quote: q}\n"
        "    judgement: UNSURE\n    by: me\n    'on': 2026-01-01\n    reason: r",
    ],
)  # fmt: skip
def test_any_way_to_write_a_list_can_be_added_to(tmp_path: Path, before: str) -> None:
    path = tmp_path / "judgements.yaml"
    path.write_text(before)
    standing = load_curation(tmp_path).judgements
    add_judgement(tmp_path, judgement(1))
    add_judgement(tmp_path, judgement(2))
    assert load_curation(tmp_path).judgements == (*standing, judgement(1), judgement(2))


@pytest.mark.parametrize("before", ["- [\n", "a: 1\n", "- first: 1\n"])
def test_a_broken_file_is_refused_and_stays(tmp_path: Path, before: str) -> None:
    path = tmp_path / "judgements.yaml"
    path.write_text(before)
    with pytest.raises(UsageError, match=r"judgements\.yaml"):
        add_judgement(tmp_path, judgement())
    assert path.read_text() == before


def test_a_file_that_ends_its_document_is_refused_and_stays(tmp_path: Path) -> None:
    add_judgement(tmp_path, judgement(1))
    path = tmp_path / "judgements.yaml"
    before = path.read_text() + "...\n"
    path.write_text(before)
    with pytest.raises(UsageError, match="nothing can be added to"):
        add_judgement(tmp_path, judgement(2))
    assert path.read_text() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["judgements.yaml"]


WORDS = st.text(st.characters(codec="utf-8"), max_size=60)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_whatever_is_said_comes_back(tmp_path_factory: pytest.TempPathFactory, reasons: list[str]) -> None:
    folder = tmp_path_factory.mktemp("said")
    made = tuple(judgement(n, reason) for n, reason in enumerate(reasons))
    for one in made:
        add_judgement(folder, one)
    assert load_curation(folder).judgements == made
    assert isinstance(yaml.safe_load((folder / "judgements.yaml").read_text("utf-8")), list)
