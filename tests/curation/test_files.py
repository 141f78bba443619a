from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kg.curation import (
    Anchor,
    ClaimAnchor,
    Curation,
    RegistryEntry,
    SourceAnchor,
    load_curation,
    read_decision,
    registry_text,
)
from kg.errors import UsageError
from tests.support.commands import SEEDS

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


CLAIM = {"article": "a" * 64, "cls": "Incident", "predicate": "cx:dateEDTF", "quote": "in July"}
CORRECTION = {"claim": CLAIM, "by": "me", "on": "2026-01-02", "reason": "misread"}


def corrected(tmp_path: Path, *entries: object) -> Curation:
    (tmp_path / "corrections.yaml").write_text(yaml.safe_dump(list(entries)))
    return load_curation(tmp_path)


def test_a_correction_comes_back(tmp_path: Path) -> None:
    source = {
        "source": {"article": "b" * 64, "predicates": ["cx:front"]},
        "by": "me",
        "on": "2026-01-03",
        "reason": "x",
    }
    place = {**CLAIM, "original": [[3, 9]], "occurrence": 2}
    first, second = corrected(
        tmp_path, {**CORRECTION, "claim": place, "records": "cx:disclosureDate"}, source
    ).corrections
    assert first.claim == ClaimAnchor(
        article="a" * 64, cls="Incident", predicate="cx:dateEDTF", quote="in July", original=((3, 9),), occurrence=2
    )
    assert (first.records, first.value, first.article) == ("cx:disclosureDate", None, "a" * 64)
    assert (second.source, second.article) == (SourceAnchor(article="b" * 64, predicates=("cx:front",)), "b" * 64)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"value": "2031-07"},
        {"records": "cx:disclosureDate"},
        {"records": "cx:front", "value": "front:eastern"},
        {"claim": {**CLAIM, "cls": "Statistic", "predicate": "cx:value"}, "value": "12.5"},
        {"claim": {**CLAIM, "predicate": "cx:custodian"}, "records": "cx:notified"},
    ],
)
def test_good_corrections(tmp_path: Path, change: dict[str, object]) -> None:
    assert len(corrected(tmp_path, {**CORRECTION, **change}).corrections) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"claim": None}, "entry 1 names both a claim and a source, or neither"),
        ({"source": {"article": "b" * 64}}, "entry 1 names both a claim and a source, or neither"),
        ({"by": "Machine"}, "is by 'Machine', and a program corrects nothing"),
        ({"by": "machine: a model"}, "a program corrects nothing"),
        ({"by": ""}, "by"),
        ({"reason": ""}, "reason"),
        ({"on": "2026-02-30"}, "entry 1 is of 2026-02-30, which is no day of the calendar"),
        ({"records": "cx:dateEDTF"}, "which is what the claim says already"),
        ({"records": "cx:front"}, "which takes another kind of value"),
        ({"claim": {**CLAIM, "predicate": "cx:crosser"}, "records": "cx:custodian"}, "another kind of value"),
        ({"records": "disclosureDate"}, "names 'disclosureDate', which no Incident has: give one of cx:"),
        ({"records": "cx:rank"}, "names 'cx:rank', which no Incident has"),
        ({"records": "cx:dateEarliest"}, "names 'cx:dateEarliest', which no Incident has"),
        ({"claim": {**CLAIM, "predicate": "cx:articleCount"}}, "names 'cx:articleCount', which no Incident has"),
        ({"value": "July"}, "gives the value 'July', which is no date"),
        ({"claim": {**CLAIM, "quote": ""}}, "quote"),
        ({"claim": {**CLAIM, "cls": "Boat"}}, "Boat"),
    ],
)
def test_a_bad_correction_is_one_clear_sentence(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    entry = {key: value for key, value in {**CORRECTION, **change}.items() if value is not None}
    with pytest.raises(UsageError, match=reason) as caught:
        corrected(tmp_path, entry)
    assert "corrections.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_source_has_no_one_right_value(tmp_path: Path) -> None:
    entry = {"source": {"article": "b" * 64}, "value": "2031", "by": "me", "on": "2026-01-02", "reason": "x"}
    with pytest.raises(UsageError, match="'records' and 'value' are for one claim"):
        corrected(tmp_path, entry)


def test_a_change_of_the_corrections_changes_the_hash(tmp_path: Path) -> None:
    before = corrected(tmp_path, CORRECTION).sha256
    assert corrected(tmp_path, {**CORRECTION, "reason": "y"}).sha256 != before


def test_a_day_of_no_calendar_is_said_of_a_judgement_too(tmp_path: Path) -> None:
    (tmp_path / "judgements.yaml").write_text(yaml.safe_dump([JUDGEMENT, {**JUDGEMENT, "on": "2026-13-01"}]))
    with pytest.raises(UsageError, match=r"judgements\.yaml: entry 2 is of 2026-13-01"):
        load_curation(tmp_path)


def test_a_file_that_is_not_utf_8_is_said(tmp_path: Path) -> None:
    (tmp_path / "judgements.yaml").write_bytes(b"# \xff\n")
    with pytest.raises(UsageError, match=r"judgements\.yaml is not UTF-8 \(byte 2\)"):
        load_curation(tmp_path)


def test_the_shipped_curation_is_good_and_names_who_corrected() -> None:
    shipped = load_curation(SEEDS / "curation")
    assert [(c.by, c.records, c.value) for c in shipped.corrections] == [("project brief", "cx:disclosureDate", None)]


def test_one_decision_is_checked_as_those_of_a_file(tmp_path: Path) -> None:
    correction = {
        "claim": {"article": "ab" * 32, "cls": "Incident", "predicate": "cx:front", "quote": "east"},
        "by": "a curator",
        "on": "2031-06-01",
        "reason": "It was the west.",
    }
    found = read_decision(correction, "the decision")
    (tmp_path / "corrections.yaml").write_text(yaml.safe_dump([correction]))
    assert load_curation(tmp_path).corrections == (found,)
    for change, said in (
        ({"on": "2031-02-30"}, "the decision is of 2031-02-30, which is no day"),
        ({"by": "machine: a-model"}, "the decision is by 'machine: a-model', and a program corrects nothing"),
        ({"value": "east"}, "the decision gives the value 'east'"),
        ({"more": 1}, "the decision is no correction: .*`more`"),
        ({"judgement": "POSITIVE"}, "the decision is no judgement: .*`claim`"),
    ):
        with pytest.raises(UsageError, match=said):
            read_decision({**correction, **change}, "the decision")
