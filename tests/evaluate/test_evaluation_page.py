"""docs/evaluation.md names every number, slot and list of a report."""

from __future__ import annotations

import re
from pathlib import Path

from kg.evaluate.folder import CLASSES
from kg.evaluate.report import Numbers, Report, Scored, Slotted
from kg.evaluate.rows import KINDS
from kg.evaluate.slots import SLOTS
from kg.evaluate.tally import PLACED

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evaluation.md").read_text("utf-8")
WORDS = set(re.findall(r"`([^`\n]+)`", PAGE))


def test_every_number_is_explained_under_its_name() -> None:
    titled = {name for line in re.findall(r"^### (.*)$", PAGE, re.M) for name in re.findall(r"`(\w+)`", line)}
    assert titled == set(Numbers.__struct_fields__)
    assert set(Scored.__struct_fields__) | set(Slotted.__struct_fields__) | set(KINDS) | {PLACED} <= WORDS


def test_every_list_is_named() -> None:
    assert set(Report.__struct_fields__) - {"format", "texts"} <= WORDS


def test_the_slots_of_each_class_are_listed_in_their_order() -> None:
    plain = " ".join(PAGE.split())
    for cls in CLASSES:
        assert ", ".join(SLOTS[cls]) in plain, cls
