"""The tables of docs/identity.md are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from kg.consolidate.consolidate import consolidate
from kg.consolidate.rules import UNDECIDED, Chooser
from kg.consolidate.sources import Sources
from kg.identity import score
from kg.knowledge import Knowledge

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "identity.md").read_text("utf-8")


def test_weights() -> None:
    against = {True: "forbids", False: f"{score.CONTRADICTION:g}"}
    days = ", ".join(f"{days} {'day' if days == 1 else 'days'} {weight:g}" for days, weight in score._OVERLAP)
    expected = {"`cx:dateEDTF`": (f"by the wider of the two dates: {days}, wider 0.25", "forbids")}
    expected |= {f"`{name}`": (f"{weight:g}", against[forbids]) for name, weight, forbids in score._CONCEPTS}
    expected |= {
        "`cx:viaRoute`": (f"{score.ROUTE:g}", against[False]),
        "`cx:name` of a crosser": (f"{score.NAME:g}", "forbids"),
        "`cx:operationDuration`": (f"{score.DURATION:g}", against[False]),
        "`cx:personCount`": ("0", against[False]),
    }
    rows = re.findall(r"^\| (`cx:[^|]+) \| ([^|]+) \| ([^|]+) \|$", TEXT.replace("-1", "-1"), re.M)
    assert {name: (agree, differ) for name, agree, differ in rows} == expected


def test_thresholds() -> None:
    words = " ".join(TEXT.split())
    assert f"from {score.THRESHOLD:g} points on" in words
    assert f"is unknown, from {score.UNDATED_THRESHOLD:g}." in words
    assert f"A pair from {score.UNCERTAIN:g} points up to there is uncertain" in words


def test_rules_of_preference_in_their_order() -> None:
    rules = [name for name, _ in Chooser({}, Sources(())).rules]
    assert re.findall(r"^\| \d \| `(rule:[\w-]+)` \|", TEXT, re.M) == [*rules, UNDECIDED]


def test_rules_of_derivation_are_those_of_the_vocabulary() -> None:
    lexicon = Knowledge.load().lexicon
    derivation = {
        entry.curie for entry in lexicon.entries("rule") if "rule:derivation" in lexicon.ancestors(entry.curie)
    }
    assert set(re.findall(r"^\| `(rule:[\w-]+)` \|", TEXT, re.M)) == derivation
    assert consolidate([], Knowledge.load()).entities == ()
