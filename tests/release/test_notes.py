from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.release import Home
from kg.release.history import gone
from kg.release.notes import PRUNED, SUPERSEDED, Note, note_of, refuse_superseded, write_note

DIGEST = "ab" * 32


def test_what_took_a_place_is_remembered_when_it_is_pruned(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert note_of(home, DIGEST) is None
    write_note(home, DIGEST, Note(SUPERSEDED, f"{DIGEST[:16]}+r1"))
    assert note_of(home, DIGEST[:8]) == Note(SUPERSEDED, f"{DIGEST[:16]}+r1")
    write_note(home, DIGEST, Note(PRUNED))
    assert note_of(home, f"{DIGEST[:16]}+r1") == Note(PRUNED, f"{DIGEST[:16]}+r1")
    assert gone(home, f"{DIGEST[:16]} r1") == "pruned"


def test_only_what_was_superseded_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_note(home, DIGEST, Note(PRUNED))
    refuse_superseded(home, DIGEST)
    write_note(home, DIGEST, Note(SUPERSEDED, f"{DIGEST[:16]}+r2"))
    refuse_superseded(home, "cd" * 32)
    with pytest.raises(UsageError, match=rf"{DIGEST[:16]}\+r2 took the place of"):
        refuse_superseded(home, DIGEST)


@pytest.mark.parametrize("ident", ["", "..", "../x", "ab/cd", "ff"])
def test_what_is_no_id_of_a_note_has_none(tmp_path: Path, ident: str) -> None:
    write_note(Home(tmp_path), DIGEST, Note(PRUNED))
    assert note_of(Home(tmp_path), ident) is None
