from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import CrossingsError, GraphError, UsageError
from kg.journal import AnnotationWrite, ArticleWrite, DecisionWrite, Journal, Write
from kg.release.home import Home
from tests.facts.records import good_facts
from tests.support.appending import write as written
from tests.support.commands import environment
from tests.support.decisions import CORRECTION, JUDGEMENT

#: How often a writer is killed; a bench asks for more by the variable.
KILLS = int(os.environ.get("CROSSINGS_JOURNAL_KILLS", "20"))

WRITES: list[Write] = [
    ArticleWrite(name="a.txt", media_type="text/plain", published=date(2020, 5, 6), text="A\r\n\u2028B. \x00"),
    ArticleWrite(name="b.html", media_type="text/html", facts=good_facts()),
    DecisionWrite(judgement=JUDGEMENT),
    DecisionWrite(correction=CORRECTION),
    AnnotationWrite(added=('<a:b> <a:c> "\\n\\u0000" <a:d> .',), removed=("<a:b> <a:c> <a:e> <a:d> .",)),
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def filled(home: Home) -> Journal:
    journal = Journal(home)
    for write in WRITES:
        journal.append(write, "desk")
    return journal


def test_what_is_appended_is_read_again_by_anybody(home: Home) -> None:
    assert Journal(home).entries() == ()
    began = datetime.now(UTC).replace(microsecond=0)
    made = [Journal(home).append(write, f"token-{number}") for number, write in enumerate(WRITES)]
    found = Journal(home).entries()
    assert list(found) == made
    assert [entry.write for entry in found] == WRITES
    assert [entry.number for entry in found] == [1, 2, 3, 4, 5]
    assert [entry.by for entry in found] == [f"token-{number}" for number in range(5)]
    assert all(began <= entry.at <= datetime.now(UTC) for entry in found)


def test_each_line_holds_the_hash_of_the_line_before(home: Home) -> None:
    journal = filled(home)
    lines = journal.path.read_bytes().split(b"\n")
    assert lines.pop() == b""
    before = "0" * 64
    for line, entry in zip(lines, journal.entries(), strict=True):
        assert json.loads(line)["previous"] == before
        before = hashlib.sha256(line).hexdigest()
        assert entry.sha256 == before


def test_an_article_has_its_text_or_its_facts() -> None:
    with pytest.raises(ValueError, match="give one of the two"):
        ArticleWrite(name="a", media_type="text/plain")
    with pytest.raises(ValueError, match="give one of the two"):
        ArticleWrite(name="a", media_type="text/plain", text="words", facts=good_facts())
    for several in ({}, {"judgement": JUDGEMENT, "correction": CORRECTION}):
        with pytest.raises(ValueError, match="give one of the two"):
            DecisionWrite(**several)  # type: ignore[arg-type]


def test_a_torn_last_line_is_passed_over_and_cut_off_by_the_next_writer(home: Home) -> None:
    journal = filled(home)
    whole = journal.path.read_bytes()
    last = whole[whole.rindex(b"\n", 0, -1) + 1 :]
    torn = [last[:length] for length in (1, 20, len(last) - 1)]
    # Pages that never reached the disk are read as zeros, though the line's end did.
    torn += [b"\0" * 5000, last[:30] + b"\0" * 100 + last[130:]]
    for tail in torn:
        journal.path.write_bytes(whole + tail)
        assert [entry.write for entry in Journal(home).entries()] == WRITES
        assert Journal(home).append(WRITES[0], "desk").number == 6
        assert [entry.write for entry in Journal(home).entries()] == [*WRITES, WRITES[0]]
        assert journal.path.read_bytes().startswith(whole)


def test_a_damaged_line_is_named_and_nothing_is_added_after_it(home: Home) -> None:
    journal = filled(home)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    damages = {
        "line 2 is damaged": [lines[0], lines[1][:40] + b"\n", *lines[2:]],
        "line 5 is damaged": [*lines[:4], lines[4].replace(b'"desk"', b'"Desk" x')],
        "line 3 is damaged": [*lines[:2], *lines[3:]],
        "line 4 is damaged": [*lines[:2], lines[2].replace(b"two days", b"two gays"), *lines[3:]],
        "line 1 is damaged": lines[1:],
    }
    for said, changed in damages.items():
        journal.path.write_bytes(b"".join(changed))
        with pytest.raises(GraphError, match=rf"journal\.jsonl {said}"):
            Journal(home).entries()
        with pytest.raises(GraphError, match=said):
            Journal(home).append(WRITES[0], "desk")
        assert journal.path.read_bytes() == b"".join(changed)


def test_there_is_one_writer_at_a_time(home: Home) -> None:
    one, other = Journal(home), Journal(home)
    with one.writing():
        one.append(WRITES[0], "one")
        with pytest.raises(UsageError, match="is being written by process"):
            other.append(WRITES[1], "other")
        assert len(other.entries()) == 1, "who reads waits for nobody"
    other.append(WRITES[1], "other")
    one.append(WRITES[2], "one")
    assert [entry.by for entry in one.entries()] == ["one", "other", "one"]


def test_a_full_disk_records_nothing(home: Home) -> None:
    journal = Journal(home)
    journal.append(WRITES[0], "desk")
    before = journal.path.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, limit[1]))
        with pytest.raises(CrossingsError, match=r"cannot be written \(File too large\), so nothing is recorded"):
            journal.append(WRITES[1], "desk")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert journal.path.read_bytes() == before
    assert journal.append(WRITES[1], "desk").number == 2


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_cut_anywhere_keeps_all_entries_before_the_cut(home: Home, data: st.DataObject) -> None:
    journal = Journal(home)
    if not journal.path.exists():
        filled(home)
    whole = journal.path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    elsewhere = Journal(Home(home.path.with_name("cut")))
    elsewhere.path.parent.mkdir(parents=True, exist_ok=True)
    elsewhere.path.write_bytes(whole[:cut])
    kept = whole[:cut].count(b"\n")
    assert [entry.write for entry in elsewhere.entries()] == WRITES[:kept]
    assert elsewhere.append(WRITES[0], "desk").number == kept + 1


@given(st.text(), st.text(min_size=1), st.text())
def test_any_words_come_back(name: str, by: str, text: str) -> None:
    write = ArticleWrite(name=name, media_type="text/plain", text=text)
    line = msgspec.json.encode(write)
    assert b"\n" not in line
    assert b"\0" not in line
    assert msgspec.json.decode(line, type=Write) == write
    assert msgspec.json.decode(msgspec.json.encode(by), type=str) == by


def test_a_killed_writer_loses_nothing_that_it_acknowledged_and_shows_no_half(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    moments = random.Random(20251019)
    torn = acknowledged = 0
    for kill in range(KILLS):
        command = [sys.executable, "-m", "tests.support.appending", str(home.path)]
        with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == f"ready {acknowledged}\n", "the writer before left more or less"
            # Every other writer has at least one entry acknowledged. An entry takes some milliseconds, so the moment
            # falls anywhere within one.
            first = [writer.stdout.readline()] if kill % 2 else []
            time.sleep(moments.uniform(0, 0.03))
            writer.send_signal(signal.SIGKILL)
            said = [int(word) for word in "".join([*first, writer.stdout.read()]).split("\n")[:-1]]
            assert writer.wait() == -signal.SIGKILL
        last = said[-1] if said else acknowledged
        data = Journal(home).path.read_bytes() if Journal(home).path.exists() else b""
        torn += not data.endswith(b"\n") and bool(data)
        found = Journal(home).entries()
        # One more than was told may stand: it was forced to the disk, and the word of it did not come through.
        assert last <= len(found) <= last + 1
        assert [entry.write for entry in found] == [written(number) for number in range(1, len(found) + 1)]
        acknowledged = len(found)
    print(f"{KILLS} kills, {acknowledged} entries, {torn} torn lines")
    assert acknowledged >= KILLS // 2
