"""YAML whose complaints name the line."""

from __future__ import annotations

from datetime import date

import pytest

from kg.article import yaml_nodes as nodes
from kg.errors import InputError


def refused(source: str, key: str = "k", first_line: int = 1) -> str:
    """What is said of a mapping with one key that must be a text."""
    with pytest.raises(InputError) as caught:
        nodes.text(
            nodes.mapping(nodes.compose(source, "x.yaml", first_line), "x.yaml", {key}, {key})[key], "x.yaml", key
        )
    return caught.value.reason


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("k: [", "line 1: broken YAML"),
        ("k: a\n  b: c", "line 2: broken YAML"),
        ("k: !!python/object:os.system x", "line 1: 'k' is a"),
        ("- k", "line 1: expected keys and values"),
        ("\n\nother: x", "line 3: unknown key 'other': the keys are k"),
        ("k: a\nk: b", "line 2: 'k' stands there twice"),
        ("{}", "line 1: 'k' is missing"),
        ("k: 12", "line 1: 'k' is a number and must be a text"),
        ("k: 2025-10-19", "line 1: 'k' is a date and must be a text"),
        ("k: yes", "line 1: 'k' is true or false and must be a text"),
        ("k:", "line 1: 'k' is empty and must be a text"),
        ("k: '  '", "line 1: 'k' is blank"),
        ("k: [a]", "line 1: 'k' is a list or keys and values"),
        ("k: a\n---\nk: b", "line 2: broken YAML"),
        ("# nothing", "line 1: the YAML is empty"),
        ("[" * 3000, "broken YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(source: str, reason: str) -> None:
    assert reason in refused(source)


def test_lines_are_the_files() -> None:
    assert refused("k: 12", first_line=5).startswith("line 5: ")


def test_days() -> None:
    def day(value: str) -> date:
        return nodes.day(nodes.compose(value, "x"), "x", "k")

    assert day("2025-10-19") == day("'2025-10-19'") == day("2025-10-19T23:30:00+09:00") == date(2025, 10, 19)
    for wrong in ("2025-13-01", "2025-02-30", "'19/10/2025'", "yesterday", "2025-10"):
        with pytest.raises(InputError, match="YYYY-MM-DD"):
            day(wrong)
    with pytest.raises(InputError, match="'k' is a number and must be a day"):
        day("20251019")


def test_numbers_hashes_and_lists() -> None:
    assert nodes.integer(nodes.compose("12", "x"), "x", "k") == 12
    for wrong in ("0x1F", "1:30", "'12'", "1.5", "9" * 13):
        with pytest.raises(InputError, match="whole number"):
            nodes.integer(nodes.compose(wrong, "x"), "x", "k")
    # A hash may look like a number to YAML.
    for sha in ("1" * 64, "a" * 64):
        assert nodes.sha256(nodes.compose(sha, "x"), "x", "k") == sha
    for wrong in ("A" * 64, "a" * 63):
        with pytest.raises(InputError, match="64 hexadecimal digits"):
            nodes.sha256(nodes.compose(wrong, "x"), "x", "k")
    with pytest.raises(InputError, match="'k' must be a list"):
        nodes.sequence(nodes.compose("a", "x"), "x", "k")
