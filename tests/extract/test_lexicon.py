"""The lexicon: entries, their words, and finding them in a text."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import nlp
from kg.extract.lexicon import Lexicon
from kg.extract.parsed import Doc
from kg.resources import border_dir


@pytest.fixture(scope="module")
def korea() -> Lexicon:
    return Lexicon.load("korea")


def names(lexicon: Lexicon, text: str, *kinds: str) -> list[tuple[str, list[str]]]:
    matches = lexicon.match(Doc(nlp.load()(text)), kinds or None)
    return [(match.span.text, [entry.curie for entry in match.entries]) for match in matches]


def test_entries_carry_kind_labels_and_properties(korea: Lexicon) -> None:
    entry = korea["id:organization/rok-joint-chiefs-of-staff"]

    assert entry.kind == "organization"
    assert "Joint Chiefs" in entry.pref_label
    assert "JCS" in entry.words()
    assert entry.value("ofState") == "id:place/south-korea"
    assert entry.flag("official")
    assert entry.words("ko")
    assert entry in korea.entries("organization")
    assert korea.get("id:organization/none") is None
    assert "front:eastern" in korea


def test_the_longest_label_wins(korea: Lexicon) -> None:
    found = names(korea, "She left the Korea Institute for National Unification.", "organization")

    assert found == [
        ("Korea Institute for National Unification", ["id:organization/korea-institute-for-national-unification"])
    ]
    assert names(korea, "They told the United Nations Command.", "organization")[0][1] == [
        "id:organization/united-nations-command"
    ]


def test_acronyms_are_not_found_in_small_letters(korea: Lexicon) -> None:
    assert names(korea, "They told us that the un event took place.", "organization", "place") == []
    assert names(korea, "He spoke at the UN.", "organization") != []


def test_a_common_noun_is_no_name(korea: Lexicon) -> None:
    assert names(korea, "He went to the south of the village.", "place") == []
    assert names(korea, "He went to the South.", "place") == [("the South", ["id:place/south-korea"])]


def test_an_organization_may_be_written_small(korea: Lexicon) -> None:
    assert names(korea, "an official of the unification ministry", "organization") == [
        ("unification ministry", ["id:organization/rok-unification-ministry"])
    ]


def test_kinds_choose_among_labels(korea: Lexicon) -> None:
    text = "He crossed the Demilitarized Zone."

    assert names(korea, text, "place") == [("Demilitarized Zone", ["id:place/dmz"])]
    assert names(korea, text, "route") == [("Demilitarized Zone", ["id:route/dmz"])]


def test_demonyms_and_metonyms_are_told_from_names(korea: Lexicon) -> None:
    doc = Doc(nlp.load()("South Korean envoys left Seoul."))
    adjective, capital = korea.match(doc, ("organization", "place"))

    assert [entry.curie for entry in adjective.meant("demonym")] == ["id:place/south-korea"]
    assert adjective.entry("place") is None
    assert [entry.curie for entry in capital.meant("metonym")] == ["id:organization/rok-government"]
    entry = capital.entry("place")
    assert entry is not None
    assert entry.curie == "id:place/seoul"


def test_a_part_of_a_text_is_searched_alone(korea: Lexicon) -> None:
    doc = Doc(nlp.load()("Seoul answered. Pyongyang did not answer Seoul."))
    second = list(doc.sents)[1]

    assert [(m.span.text, m.span.start) for m in korea.match(second, ("place",))] == [("Pyongyang", 3), ("Seoul", 7)]


def test_concepts_by_their_words(korea: Lexicon) -> None:
    assert korea.concept("front", "eastern front") == "front:eastern"
    assert korea.concept("rank", "Staff Sergeant") == "rank:staff-sergeant"
    assert korea.concept("organization", "the unification ministry") == "id:organization/rok-unification-ministry"
    assert korea.concept("organization", "jcs") is None
    assert korea.concept("front", "no such front") is None


def test_broader_entries(korea: Lexicon) -> None:
    assert korea.ancestors("rank:private") == ("rank:enlisted",)
    assert korea.ancestors("rank:no-such") == ()


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "border"
    shutil.copytree(border_dir("korea"), folder)
    return folder


def test_the_hash_covers_gazetteer_and_rules(tmp_path: Path) -> None:
    first = Lexicon.load(str(copied(tmp_path / "a")))
    changed = copied(tmp_path / "b")
    with (changed / "gazetteer.ttl").open("a", encoding="utf-8") as file:
        file.write("\n# one more line\n")
    other = copied(tmp_path / "c")
    with (other / "rules.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# one more line\n")

    hashes = {first.sha256, Lexicon.load(str(changed)).sha256, Lexicon.load(str(other)).sha256}
    assert len(hashes) == 3
    assert first.sha256 == Lexicon.load("korea").sha256


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["Seoul", "the South", "DMZ", "us", "UN", "ministry", "crossed", "North Korean", "."])))
def test_matches_never_overlap_and_stay_in_order(words: list[str]) -> None:
    doc = Doc(nlp.load()(" ".join(words)))
    spans = [match.span for match in Lexicon.load("korea").match(doc)]

    assert all(first.end <= second.start for first, second in pairwise(spans))
