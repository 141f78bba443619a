from __future__ import annotations

import pytest

from kg.curation.model import Anchor, Judgement, by_machine

PLACE = Anchor(article="a" * 64, cls="Incident", quote="crossed")


@pytest.mark.parametrize(
    ("by", "program"),
    [
        ("machine", True),
        (" Machine ", True),
        ("machine: a model", True),
        ("machinist", False),
        ("Ann: machine", False),
        ("", False),
    ],
)
def test_who_decided_is_a_program_or_a_person(by: str, program: bool) -> None:
    assert by_machine(by) is program
    judged = Judgement(first=PLACE, second=PLACE, judgement="UNSURE", by=by, on="2026-01-01", reason="")
    assert judged.by_machine is program
