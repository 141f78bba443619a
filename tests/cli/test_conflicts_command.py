from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.mapping.statements import ArticleStatements
from tests.support.commands import kg
from tests.support.facts import Draft
from tests.support.releases import released


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rest = " ".join(["No more is said of it."] * 30)
    draft = Draft(f"A \x1b[31msoldier, or a civilian, crossed the eastern or the western front. {rest}",
                  published="2031-06-01", title="The Paper")  # fmt: skip
    incident, man = draft.mention("Incident", "crossed"), draft.mention("Person", "A \x1b[31msoldier")
    draft.claim(incident, "cx:crosser", man, "crossed")
    draft.claim(man, "cx:actorType", "actor:soldier", "A \x1b[31msoldier")
    draft.claim(man, "cx:actorType", "actor:civilian", "or a civilian")
    draft.claim(incident, "cx:front", "front:eastern", "eastern")
    draft.claim(
        incident, "cx:front", "front:western", "the western front", certainty="reported", by="or", quoted=True,
        official=True,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("home")
    released(folder, [ArticleStatements.of(draft.facts(), draft.text)])
    return folder


def test_a_person_reads_what_each_source_says_and_what_chose(home: Path) -> None:
    run = kg("conflicts", "--home", home)
    assert run.returncode == 0, run.stderr
    for words in (
        "no rule chose a value",
        "chosen by rule:quoted-official (quoted official)",
        "western front (chosen)",
        "The Paper",
        "2031-06-01",
        "or a civilian",
        "2 conflicts, 1 undecided",
    ):
        assert words in run.stdout
    assert run.stdout.index("no rule chose") < run.stdout.index("chosen by"), "what is open comes first"
    assert "\x1b" not in run.stdout, "a stranger's text does not steer the terminal"


def test_a_program_reads_json(home: Path) -> None:
    run = kg("conflicts", "--home", home, "--format", "json")
    found = json.loads(run.stdout)
    assert [(d["property"], d["rule"]) for d in found] == [
        ("cx:actorType", "rule:undecided"),
        ("cx:front", "rule:quoted-official"),
    ]
    side = next(s for s in found[1]["sides"] if s["preferred"])
    assert (side["value"], side["independentMin"], side["independentMax"]) == ("front:western", 1, 1)
    assert side["claims"][0]["quote"] == "the western front"


@pytest.mark.parametrize(
    ("arguments", "properties"),
    [
        (["--property", "front"], ["cx:front"]),
        (["--property", "cx:actorType"], ["cx:actorType"]),
        (["--undecided"], ["cx:actorType"]),
        (["--undecided", "--property", "cx:front"], []),
    ],
)
def test_the_list_is_narrowed(home: Path, arguments: list[str], properties: list[str]) -> None:
    run = kg("conflicts", "--home", home, "--format", "json", *arguments)
    assert [d["property"] for d in json.loads(run.stdout)] == properties


def test_an_unknown_property_and_a_missing_release_are_one_sentence(home: Path, tmp_path: Path) -> None:
    unknown = kg("conflicts", "--home", home, "--property", "colour")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert unknown.stderr.startswith("kg: nothing can be disputed on 'colour': give one of ")
    missing = kg("conflicts", "--home", tmp_path)
    assert missing.returncode == 2
    assert "no release" in missing.stderr
