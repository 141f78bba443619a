from __future__ import annotations

from pathlib import Path

from kg.journal import AnnotationWrite, ArticleWrite, DecisionWrite, Journal
from kg.release.home import Home
from tests.support.commands import kg
from tests.support.decisions import CORRECTION, JUDGEMENT


def test_entries_are_listed_for_people(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert kg("journal", "--home", home).stdout == "no entry\n"
    journal = Journal(Home(home))
    journal.append(ArticleWrite(name="a\x1b[31m.txt", media_type="text/plain", text="x" * 1234), "desk")
    journal.append(DecisionWrite(judgement=JUDGEMENT), "desk")
    journal.append(DecisionWrite(correction=CORRECTION), "chief")
    journal.append(AnnotationWrite(added=("one", "two")), "chief")
    lines = kg("journal", "--home", home).stdout.splitlines()
    assert len(lines) == 5
    for line, words in zip(
        lines[1:],
        (
            "article a\ufffd[31m.txt (text/plain, 1,234 characters)",
            "judgement NEGATIVE by Kim: two days",
            "correction by Kim: it is west",
            "annotation, 2 quads added, 0 removed",
        ),
        strict=True,
    ):
        assert words in line
    assert len(kg("journal", "--after", "3", "--home", home).stdout.splitlines()) == 2


def test_a_damaged_journal_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    journal = Journal(home)
    journal.append(AnnotationWrite(added=("one",)), "desk")
    journal.path.write_bytes(b"nothing\n")
    run = kg("journal", "--home", home.path)
    assert run.returncode == 1
    assert "line 1 is damaged" in run.stderr
    assert "Traceback" not in run.stderr
