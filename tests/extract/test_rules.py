"""Rule packs: what is read, and how an error names its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.crossing_rules import crossing_rules, slot_rules
from kg.extract.lexicon import Lexicon
from kg.extract.rules import Pack, read_pack


class Words(Pack, frozen=True):
    """A pack of one list."""

    words: frozenset[str]


def write(tmp_path: Path, text: str) -> Path:
    """A rule pack with some text."""
    path = tmp_path / "words.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_that_are_booleans_elsewhere_stay_words(tmp_path: Path) -> None:
    assert read_pack(write(tmp_path, "words: [no, on, off, yes]"), Words).words == {"no", "on", "off", "yes"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("words: [1]", "$.words[0]"),
        ("word: [a]", "word"),
        ("words: [a\nb: c", "line 2"),
        ("words: {a: b}", "$.words"),
    ],
)
def test_an_error_names_file_and_place(tmp_path: Path, text: str, part: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as raised:
        read_pack(path, Words)
    assert str(path) in str(raised.value)
    assert part in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.yaml"):
        read_pack(tmp_path / "absent.yaml", Words)


def test_the_concepts_of_the_slots_are_in_the_vocabulary() -> None:
    lexicon, slots = Lexicon.load(), slot_rules()
    concepts = {rule.concept for rules in (slots.outcomes, slots.detections, slots.operations) for rule in rules}
    concepts |= set(lexicon.border.fronts.values()) | {f"gender:{gender}" for gender in slots.gender_nouns}
    assert {name for name in concepts if name not in lexicon} == set()


def test_a_trigger_has_one_class_unless_its_use_tells() -> None:
    rules = crossing_rules()
    assert rules.verb_class("defect") == "defect"
    assert rules.verb_class("swim") == "move"
    assert rules.verb_class("ponder") is None
    assert rules.noun_class("crossing") == "cross"
