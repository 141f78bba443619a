"""Reading entries out of Turtle."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.entries import read_entries

PREFIXES = """
@prefix cx: <https://w3id.org/crossings/ontology#> .
@prefix place: <https://w3id.org/crossings/id/place/> .
@prefix front: <https://w3id.org/crossings/vocabulary/front#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def test_what_several_files_say_of_an_entry_is_joined(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text(PREFIXES + 'place:quay skos:prefLabel "Quay"@en, "부두"@ko ; cx:demonym "Quayish"@en .', "utf-8")
    two.write_text(PREFIXES + 'place:quay skos:hiddenLabel "the Quay"@en ; skos:broader place:coast .', "utf-8")

    (entry,) = read_entries([one, two])

    assert entry.curie == "id:place/quay"
    assert entry.kind == "place"
    assert entry.words() == ("Quay", "the Quay")
    assert entry.words("ko") == ("부두",)
    assert [label.text for label in entry.labels if label.kind == "demonym"] == ["Quayish"]
    assert entry.broader == ("id:place/coast",)


def test_only_entries_are_read(tmp_path: Path) -> None:
    path = tmp_path / "scheme.ttl"
    scheme = "<https://w3id.org/crossings/vocabulary/front>"
    path.write_text(PREFIXES + f'{scheme} skos:prefLabel "Fronts"@en . front:far skos:prefLabel "far"@en .', "utf-8")

    assert [(entry.curie, entry.kind) for entry in read_entries([path])] == [("front:far", "front")]


def test_broken_turtle_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.ttl"
    path.write_text("this is no Turtle", encoding="utf-8")

    with pytest.raises(UsageError, match=r"gazetteer\.ttl cannot be read as Turtle"):
        read_entries([path])
