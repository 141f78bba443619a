from __future__ import annotations

from kg.plural import plural


def test_a_count_has_its_noun() -> None:
    assert [plural(count, "claim") for count in (0, 1, 2, 12345)] == [
        "0 claims",
        "1 claim",
        "2 claims",
        "12,345 claims",
    ]
    assert plural(2, "person", "people") == "2 people"
