"""What `kg redact` writes into `redactions.yaml`: entries and reasons, and nothing else of the file changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.curation.redacting import record_reason
from kg.curation.redactions import read_redactions
from kg.errors import UsageError

FILE = """# who
- id: person/0123456789abcdef  # the first
  on: 2031-06-01
  by: a curator
  reason: %s
- {id: incident/0123456789abcdef-2, by: b, on: 2031-06-02}  # nothing is said
- id: https://w3id.org/crossings/id/route/0123456789abcdef
  by: c
  on: 2031-06-03

# the end
"""
NEW = 'She asked: "no" # so'


def given_reason(tmp_path: Path, text: str, number: int) -> str:
    path = tmp_path / "redactions.yaml"
    path.write_text(text, "utf-8")
    before = read_redactions(path)
    assert record_reason(tmp_path, replace(before[number], reason=NEW))
    after = read_redactions(path)
    wanted = [NEW if at == number else one.reason for at, one in enumerate(before)]
    assert [one.reason for one in after] == wanted
    assert [(one.id, one.by, one.on) for one in after] == [(one.id, one.by, one.on) for one in before]
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    "reason", ["At risk.", "'At risk.'", '"At risk."', ">-\n    At\n    risk.", "|-\n    At risk."]
)
def test_a_reason_takes_the_place_of_another(tmp_path: Path, reason: str) -> None:
    written = given_reason(tmp_path, FILE % reason, 0)
    assert written == FILE % '"She asked: \\"no\\" # so"'


@pytest.mark.parametrize("number", [1, 2])
def test_a_reason_is_put_where_there_was_none(tmp_path: Path, number: int) -> None:
    written = given_reason(tmp_path, FILE % "At risk.", number)
    said = {"# who", "# the first", "# nothing is said", "# the end"}
    assert all(comment in written for comment in said)
    assert written.count("reason:") == 2


@pytest.mark.parametrize(
    ("text", "reason", "complaint"),
    [
        (FILE % "At risk.", "x" * 201, "cannot take the reason of person/0123456789abcdef .*the reason is published"),
        # A reason that another entry points to is not this entry's alone.
        (
            (FILE % "&said At risk.").replace("on: 2031-06-02}", "on: 2031-06-02, reason: *said}"),
            NEW,
            "cannot take the reason of incident/0123456789abcdef-2",
        ),
    ],
)
def test_what_cannot_be_written_changes_nothing(tmp_path: Path, text: str, reason: str, complaint: str) -> None:
    path = tmp_path / "redactions.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=complaint):
        record_reason(tmp_path, replace(read_redactions(path)[1 if "&said" in text else 0], reason=reason))
    assert path.read_text("utf-8") == text
