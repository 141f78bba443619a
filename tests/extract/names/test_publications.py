"""News organisations outside of the prose."""

from __future__ import annotations

from typing import Any

from kg.facts.model import CitedSource


def test_sources_outside_of_the_prose_are_mentioned(read: Any) -> None:
    found = read(
        ("dateline", "SEOUL, Feb. 4 (Yonhap)"),
        "A man came over the border.",
        ("related", "Man comes over the border, Reuters reports"),
        sources=(CitedSource(name="Harbor Dispatch"),),
        publisher="The Quay Letter",
    )

    assert found.concepts("Organization") == {"yonhap", "reuters"}


def test_a_stated_publisher_is_an_organization_without_entry(read: Any) -> None:
    found = read("Quayside Letter: A man came over the border.", publisher="Quayside Letter")

    assert found.chains("Organization") == [["Quayside Letter"]]
