"""`kg evaluate` as it is shipped: the real pipeline over three texts with gold by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import kg

CROSSED = """\
Soldier walks over the eastern border

SEOUL, May 4, 2021 — A North Korean soldier crossed the Military Demarcation Line into South Korea on Monday, the \
Joint Chiefs of Staff said. The military took him into custody.

Officials said the man may ask to stay in the South. About 33,000 North Koreans had reached South Korea by 2020.
"""
GOLD = """\
text: crossed.txt
published: "2021-05-04"
classes: [Incident, Person, Statistic]
incidents:
  - key: i1
    spots: [A North Korean soldier crossed the Military Demarcation Line]
    date: "2021-05-03"
    kind: itype:land-crossing
    actor: actor:soldier
    count: 1
    evidence: {date: on Monday}
    persons: [p1]
  - {key: i2, spots: [custody], date: "1999"}
persons: [{key: p1, incident: i1, actor: actor:soldier}]
statistics: [{key: s1, value: 33000, unit: unit:NUM}]
claims:
  - {key: c1, about: i1, spot: the man may ask to stay in the South, certainty: [possible, reported]}
never_facts: [{spot: may ask to stay in the South, why: hedged}]
"""
OTHER = """\
Bakers agree on longer hours

The bakers of the old town agreed on Friday to keep their shops open until eight in the evening during the summer. \
They will meet again in the autumn to see how many people came.
"""
EMPTY = "text: {}.txt\nclasses: [Incident, Person, Organization, Route, Statistic]\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gold")
    for name, text, gold in (("crossed", CROSSED, GOLD), ("bakers", OTHER, EMPTY.format("bakers"))):
        (made / f"{name}.txt").write_text(text, "utf-8")
        (made / f"{name}.gold.yaml").write_text(gold, "utf-8")
    return made


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    done = kg("evaluate", folder, "--format", "json")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_pipeline_is_scored(told: dict[str, Any]) -> None:
    numbers = told["numbers"]
    assert told["texts"] == 2
    assert numbers["mention"]["Incident"] == {
        "gold": 2,
        "found": 1,
        "right": 1,
        "precision": 1.0,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3),
    }
    assert numbers["entity"]["Statistic"]["f1"] == 1.0
    assert numbers["slots"]["Incident"]["date"]["accuracy"] == 1.0
    assert numbers["published"] == {"of": 2, "right": 2, "share": 1.0}
    assert numbers["evidence"]["quotes"]["share"] == 1.0
    assert numbers["leaks"] == 0
    assert told["without_disputed"] is None


def test_what_was_missed_has_its_words_and_offsets(told: dict[str, Any]) -> None:
    (missed,) = [row for row in told["missed"] if row["cls"] == "Incident"]
    assert (missed["text"], missed["key"], missed["slots"]) == ("crossed", "i2", {"date": "1999"})
    (words,) = missed["words"]
    assert CROSSED[words["start"] : words["end"]] == words["words"] == "custody"


def test_the_tables_are_for_people_and_limits_for_machines(folder: Path) -> None:
    done = kg(
        *("evaluate", folder, "--details"),
        *("--at-least", "mention.Incident.recall=0.6", "--at-most", "leaks=0", "--at-least", "entity.Person.recall=1"),
    )
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert any(line.split()[:5] == ["Incident", "mention", "2", "1", "1"] for line in lines)
    assert any(line.startswith("  crossed Incident i2: 'custody'") for line in lines)
    told = [line for line in done.stderr.splitlines() if line.startswith("kg: ")]
    assert told == ["kg: mention.Incident.recall is 0.5, which is less than 0.6"]


def test_texts_on_other_subjects_alone_are_scored_as_silence(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "bakers.txt").write_text(OTHER, "utf-8")
    (tmp_path / "bakers.gold.yaml").write_text(EMPTY.format("bakers"), "utf-8")
    done = kg("evaluate", tmp_path, "--articles", tmp_path / "texts", "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["numbers"]["mention"]
    assert {score["found"] for score in found.values()} == {0}
    assert not (tmp_path / ".kg").exists()


def test_wrong_gold_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.gold.yaml").write_text(GOLD.replace("count: 1", "count: one"), "utf-8")
    done = kg("evaluate", tmp_path, "--articles", folder)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"kg: {tmp_path / 'a.gold.yaml'}: line 10, incidents[0].count: Expected `int")


@pytest.mark.parametrize(
    ("option", "message"),
    [("entity.Incident.f2=1", "no number 'entity.Incident.f2'"), ("leaks", "--at-least 'leaks': give NUMBER=VALUE")],
)
def test_a_limit_that_cannot_be_read_is_refused(folder: Path, option: str, message: str) -> None:
    done = kg("evaluate", folder, "--at-least", option)
    assert done.returncode == 2
    assert message in done.stderr.splitlines()[-1]
