"""`kg review` as a curator uses it: on files, and on a real terminal."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kg.build import BuildOptions, link
from kg.cli import main
from kg.curation import Judgement, load_curation
from kg.facts.model import Facts
from kg.release.home import Home
from tests.support.commands import environment
from tests.support.facts import Draft
from tests.support.reporting import Silent

DATED = """---
published: 2031-05-09
title: A sergeant walks over
---
A North Korean sergeant walked across the Military Demarcation Line into South Korea on May 3, 2031, the Joint Chiefs of
Staff said. He crossed the eastern front and was taken into custody by South Korean troops.
"""
UNDATED = f"""---
id: {"ab" * 32}
title: One more over the line
---
A North Korean soldier crossed the Military Demarcation Line on the eastern front into South Korea, an official said. He
was taken into custody by South Korean troops, who are asking him why he came.
"""


def account(words: str, day: str | None, **article: Any) -> Facts:
    draft = Draft(f"{words} over the eastern front ({day}).", **article)
    incident, man = draft.mention("Incident", "over the eastern front"), draft.mention("Person", words)
    draft.claim(incident, "cx:crosser", man, words)
    draft.claim(man, "cx:actorType", "actor:soldier", words)
    draft.claim(incident, "cx:incidentType", "itype:land-crossing", "over")
    draft.claim(incident, "cx:front", "front:eastern", "the eastern front")
    if day:
        draft.claim(incident, "cx:dateEDTF", draft.time(day, edtf=day), day)
    return draft.facts()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports of which nobody knows whether they are of one crossing, as facts: nothing has to be extracted."""
    folder = tmp_path_factory.mktemp("reports")
    dated = account("A sergeant walked", "2031-05-03", published="2031-05-09", title="A sergeant walks over")
    for name, facts in (("dated", dated), ("undated", account("A soldier came", None))):
        (folder / f"{name}.facts.json").write_bytes(msgspec.json.encode(facts))
    return folder


@pytest.fixture
def curation(tmp_path: Path) -> Path:
    folder = tmp_path / "curation"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `kg` in this process, for starting one takes ten times as long as what is asked of it."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return subprocess.CompletedProcess([], int(ended.value.code or 0), out.getvalue(), err.getvalue())


def review(built: Path, curation: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("review", *arguments, built, "--home", built.parent / "home", "--curation", curation)


def listed(built: Path, curation: Path, *arguments: str) -> list[dict[str, object]]:
    told = review(built, curation, "list", "--format", "json", *arguments)
    assert told.returncode == 0, told.stderr
    found: list[dict[str, object]] = json.loads(told.stdout)
    return found


def incidents(built: Path, curation: Path) -> int:
    options = BuildOptions(paths=(built,), home=Home(built.parent / "home"), curation=curation)
    return sum(e.cls == "Incident" for e in link(options, Silent()).consolidated.entities)


def test_a_pair_is_listed_and_shown_side_by_side(built: Path, curation: Path) -> None:
    told = review(built, curation, "list")
    assert told.returncode == 0, told.stderr
    assert "1 pair to look at" in told.stdout
    assert "uncertain" in told.stdout
    (pair,) = listed(built, curation)
    for name in ("1", str(pair["id"]), str(pair["id"])[:5]):
        shown = review(built, curation, "show", name)
        assert shown.returncode == 0, shown.stderr
        for words in ("A sergeant walks over", "2031-05-09", "eastern front", "agree", "front"):
            assert words in shown.stdout
    assert json.loads(review(built, curation, "show", "1", "--format", "json").stdout) == pair


def decided(curation: Path) -> Judgement:
    (judgement,) = load_curation(curation).judgements
    return judgement


@pytest.mark.parametrize(
    ("how", "judgement", "count"), [("positive", "POSITIVE", 1), ("negative", "NEGATIVE", 2), ("unsure", "UNSURE", 2)]
)
def test_a_decision_is_recorded_and_takes_the_pair_off_the_list(
    built: Path, curation: Path, how: str, judgement: str, count: int
) -> None:
    (pair,) = listed(built, curation)
    told = review(built, curation, "decide", str(pair["id"]), f"--{how}", "--reason", "I was there.", "--by", "Ann",
                 "--on", "2031-06-01")  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(
        f"{curation / 'judgements.yaml'}: {judgement} on pair {pair['id']} by Ann; build again"
    )
    made = decided(curation)
    assert (made.judgement, made.by, made.on, made.reason) == (judgement, "Ann", "2031-06-01", "I was there.")
    assert listed(built, curation) == []
    outcome = {"positive": "one", "negative": "two", "unsure": "unsure"}[how]
    assert [p["outcome"] for p in listed(built, curation, "--all")] == [outcome]
    assert incidents(built, curation) == count


def test_a_decision_on_texts_keeps_what_stands_around_the_words(tmp_path: Path) -> None:
    folder, curation = tmp_path / "texts", tmp_path / "curation"
    folder.mkdir()
    for name, text in (("dated", DATED), ("undated", UNDATED)):
        (folder / f"{name}.md").write_text(text)
    told = run("review", "decide", "1", folder, "--positive", "--reason", "One sergeant.", "--by", "Ann",
               "--home", tmp_path / "home", "--curation", curation)  # fmt: skip
    assert told.returncode == 0, told.stderr
    made = decided(curation)
    for place in (made.first, made.second):
        assert len(place.prefix + place.suffix) >= 16
        assert any(place.prefix + place.quote + place.suffix in words for words in (DATED, UNDATED))
    # A paragraph before the words moves nothing.
    (folder / "undated.md").write_text(
        UNDATED.replace("A North Korean soldier", "It rained all day.\n\nA North Korean")
    )
    assert incidents(folder, curation) == 1


def test_a_program_s_decision_is_used_but_a_person_is_still_asked(built: Path, curation: Path) -> None:
    told = review(built, curation, "decide", "1", "--positive", "--reason", "alike", "--by", "machine: a model")
    assert told.returncode == 0, told.stderr
    assert "a program's counts only where the rules are silent" in told.stdout
    (pair,) = listed(built, curation)
    assert (pair["outcome"], pair["suggested"], pair["asks"]) == ("joined", True, True)
    assert incidents(built, curation) == 1
    assert review(built, curation, "decide", "1", "--negative", "--reason", "two", "--by", "Ann").returncode == 0
    assert incidents(built, curation) == 2
    assert listed(built, curation) == []


def test_what_stands_in_the_file_stays(built: Path, curation: Path) -> None:
    (curation / "judgements.yaml").write_text("# we look at each pair twice\n[]\n")
    assert review(built, curation, "decide", "1", "--unsure", "--reason", "who knows", "--by", "Ann").returncode == 0
    assert (curation / "judgements.yaml").read_text().startswith("# we look at each pair twice\n")
    assert decided(curation).by == "Ann"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["decide", "1", "--reason", "x"], "one of --positive, --negative and --unsure"),
        (["decide", "1", "--reason", "x", "--positive", "--unsure"], "one of --positive, --negative and --unsure"),
        (["decide", "1", "--positive", "--reason", " "], "--reason is empty"),
        (["decide", "7", "--positive", "--reason", "x", "--by", "Ann"], "no pair is called '7'"),
        (["show", "ffffffff"], "no pair is called 'ffffffff'"),
        (["ask"], "kg review ask is for a terminal"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(built: Path, curation: Path, arguments: list[str], sentence: str) -> None:
    told = review(built, curation, *arguments)
    assert told.returncode == 2
    last = told.stderr.splitlines()[-1]
    assert last.startswith("kg: ")
    assert sentence in last
    assert list(curation.iterdir()) == []


def test_a_pair_is_judged_once(built: Path, curation: Path) -> None:
    again = ["decide", "1", "--negative", "--reason", "x", "--by", "Ann"]
    assert review(built, curation, *again).returncode == 0
    before = (curation / "judgements.yaml").read_bytes()
    told = review(built, curation, *again)
    assert told.returncode == 2
    assert "is judged already" in told.stderr
    assert (curation / "judgements.yaml").read_bytes() == before


def test_no_folder_of_curation_no_judgement(built: Path) -> None:
    told = run("review", "decide", "1", built, "--positive", "--reason", "x", "--by", "Ann", "--curation", "none")
    assert told.returncode == 2
    assert "needs a folder of curation" in told.stderr


def test_who_decides_is_git_s_user_where_nobody_is_named(built: Path, curation: Path, tmp_path: Path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Bea of git\n")
    base = {k: v for k, v in environment().items() if k not in ("USER", "LOGNAME")}
    command = [sys.executable, "-m", "kg", "review", "decide", "1", str(built), "--unsure", "--reason", "x",
               "--home", str(built.parent / "home"), "--curation", str(curation)]  # fmt: skip

    def by(**more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env={**base, **more}, cwd=tmp_path, capture_output=True, text=True, check=False)

    nobody = by(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull)
    assert nobody.returncode == 2
    assert "give --by NAME" in nobody.stderr
    assert by(GIT_CONFIG_GLOBAL=str(config), USER="cee").returncode == 0
    assert decided(curation).by == "Bea of git"
    (curation / "judgements.yaml").unlink()
    assert by(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull, USER="cee").returncode == 0
    assert decided(curation).by == "cee"


def asked(built: Path, curation: Path, answers: list[tuple[str, str]]) -> str:
    """Run `kg review ask` on a terminal, and give each answer when its prompt is there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "review", "ask", str(built), "--by", "Ann", "--curation", str(curation)]
    process = subprocess.Popen(
        command, cwd=curation.parent, env={**environment(), "TERM": "dumb", "LINES": "50"},
        stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    said = ""
    with os.fdopen(ours, "r+b", buffering=0) as screen:
        for prompt, answer in answers:
            said += _until(screen.fileno(), prompt)
            screen.write(f"{answer}\n".encode())
        said += _until(screen.fileno(), None)
    assert process.wait(120) == 0, said
    return said


def _until(terminal: int, words: str | None) -> str:
    """What is printed up to some words, or to the end, which Linux tells by an error (EIO)."""
    said, end = b"", time.monotonic() + 120
    while time.monotonic() < end and (words is None or words.encode() not in said):
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
    return said.decode()


CHOICE = "quit (q)"


def test_on_a_terminal_each_pair_is_asked_for(built: Path, curation: Path) -> None:
    said = asked(built, curation, [(CHOICE, "x"), (CHOICE, "n"), ("reason", " "), ("reason", "Two days.")])
    assert "A sergeant walks over" in said
    made = decided(curation)
    assert (made.judgement, made.by, made.reason) == ("NEGATIVE", "Ann", "Two days.")
    assert "no pair to look at" in asked(built, curation, [])


@pytest.mark.parametrize("answer", ["s", "q"])
def test_a_pair_can_be_left_for_later(built: Path, curation: Path, answer: str) -> None:
    asked(built, curation, [(CHOICE, answer)])
    assert list(curation.iterdir()) == []
