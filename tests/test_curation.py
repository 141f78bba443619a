from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kg.curation import Anchor, RegistryEntry, load_curation, registry_text
from kg.errors import UsageError

PLACE = {"article": "a" * 64, "cls": "Incident", "quote": "crossed"}
JUDGEMENT = {"first": PLACE, "second": PLACE, "judgement": "NEGATIVE", "by": "me", "on": "2026-01-02", "reason": "x"}


def test_no_folder_is_no_curation() -> None:
    assert load_curation(None).registry == ()
    assert load_curation(None).sha256 == "none"


def test_a_registry_comes_back(tmp_path: Path) -> None:
    place = Anchor(
        article="a" * 64, cls="Incident", quote="crossed: 'so'", original=((1, 4),), evidence={"cx:front": ((2, 3),)}
    )
    entries = [RegistryEntry(id="incident/b", label="B", anchors=(place,)), RegistryEntry(id="incident/a", label="A")]
    (tmp_path / "registry.yaml").write_text(registry_text(entries))
    made = load_curation(tmp_path)
    assert made.registry == (entries[1], entries[0])
    assert registry_text(list(made.registry)) == registry_text(entries)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("- [", "line 1"),
        (yaml.safe_dump([{**JUDGEMENT, "judgement": "PERHAPS"}]), "PERHAPS"),
        (yaml.safe_dump([{**JUDGEMENT, "on": "yesterday"}]), "on"),
        (yaml.safe_dump([{k: v for k, v in JUDGEMENT.items() if k != "reason"}]), "reason"),
        (yaml.safe_dump([{**JUDGEMENT, "more": 1}]), "more"),
    ],
)
def test_a_broken_file_is_one_clear_sentence(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "judgements.yaml").write_text(content)
    with pytest.raises(UsageError, match=reason) as caught:
        load_curation(tmp_path)
    assert "judgements.yaml" in str(caught.value)


def test_a_change_of_a_file_changes_the_hash(tmp_path: Path) -> None:
    (tmp_path / "judgements.yaml").write_text(yaml.safe_dump([JUDGEMENT]))
    before = load_curation(tmp_path).sha256
    (tmp_path / "judgements.yaml").write_text(yaml.safe_dump([{**JUDGEMENT, "reason": "y"}]))
    assert load_curation(tmp_path).sha256 != before


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no curation folder"):
        load_curation(tmp_path / "nowhere")
