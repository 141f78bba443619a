"""The file of redactions: what it may hold, and that every complaint names its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.curation import Redaction, load_curation
from kg.errors import UsageError

GOOD = "- id: person/0123456789abcdef\n  by: a curator\n  on: 2031-06-01\n  reason: At risk.\n"


def read(tmp_path: Path, text: str) -> tuple[Redaction, ...]:
    (tmp_path / "redactions.yaml").write_text(text, "utf-8")
    return load_curation(tmp_path).redactions


def test_an_entry_is_read_with_its_line(tmp_path: Path) -> None:
    whole = "# who\n\n" + GOOD + "- {id: incident/0123456789abcdef-2, by: b, on: 2031-06-02}\n"
    first, second = read(tmp_path, whole)
    assert (first.iri, first.on, first.reason) == (
        "https://w3id.org/crossings/id/person/0123456789abcdef",
        date(2031, 6, 1),
        "At risk.",
    )
    assert first.where == f"{tmp_path / 'redactions.yaml'} line 3"
    assert (second.id, second.reason) == ("incident/0123456789abcdef-2", None)


def test_a_whole_iri_is_an_id(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, GOOD.replace("person/", "https://w3id.org/crossings/id/person/"))
    assert entry.id == "person/0123456789abcdef"


@pytest.mark.parametrize("text", ["", "# nobody\n", "\n \n", "[]\n"])
def test_a_file_without_entries_withholds_nothing(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == ()


def test_the_file_is_part_of_what_a_build_depends_on(tmp_path: Path) -> None:
    before = load_curation(tmp_path).sha256
    read(tmp_path, GOOD)
    assert load_curation(tmp_path).sha256 != before


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("person/0123456789abcdef", "Mina Do-ran"), "line 1: 'Mina Do-ran' is no id of an entity"),
        (GOOD.replace("person/", "article/"), "line 1: 'article/0123456789abcdef' is no id"),
        (GOOD.replace("  by: a curator\n", ""), "line 1: 'by' is missing"),
        (GOOD.replace("2031-06-01", "2031-02-30"), "line 3: 'on' is no day of the calendar"),
        (GOOD + "  name: Mina\n", "line 5: unknown key 'name'"),
        (GOOD + GOOD, "line 5: person/0123456789abcdef is redacted already"),
        (GOOD.replace("At risk.", "x" * 201), "line 4: the reason is published"),
        ("id: person/0123456789abcdef\n", "'redactions' must be a list"),
        ("- [\n", "broken YAML"),
    ],
)
def test_what_it_may_not_hold_is_named_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert complaint in str(caught.value)
    assert str(tmp_path / "redactions.yaml") in str(caught.value)


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "redactions.yaml").write_bytes(b"- id: \xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        load_curation(tmp_path)
