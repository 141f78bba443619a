"""The notes that a home keeps of releases that are gone: `gone/{digest}`, so that their addresses can say so.

The first line is a word for why: `pruned`, or `superseded` where another took its place since something of it is
withheld. Where it was superseded, a second line has the id of the one that did; it stays when that one is pruned.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.atomic import write_atomically
from kg.errors import UsageError
from kg.release.home import Home
from kg.release.release import origin_of

__all__ = ["PRUNED", "SUPERSEDED", "Note", "note_of", "refuse_superseded", "write_note"]

PRUNED, SUPERSEDED = "pruned", "superseded"


@dataclass(frozen=True)
class Note:
    """Why a release is gone, and what took its place, if something did."""

    why: str
    by: str | None = None


def note_of(home: Home, ident: str) -> Note | None:
    """The note of the one release whose id begins so, be it given with `+r` and a number; None where there is none."""
    wanted = origin_of(ident.lower())
    if not wanted.isalnum() or not home.gone_path.is_dir():
        return None
    notes = [path for path in home.gone_path.iterdir() if path.name.startswith(wanted)]
    if len(notes) != 1:
        return None
    lines = notes[0].read_text("utf-8").split()
    return Note(lines[0] if lines else PRUNED, lines[1] if len(lines) > 1 else None)


def write_note(home: Home, digest: str, note: Note) -> None:
    """Keep a note; what took a release's place before is kept as well."""
    path = _path(home, digest)
    before = note_of(home, digest)
    by = note.by or (before.by if before is not None else None)
    write_atomically(path, f"{note.why}\n" + (f"{by}\n" if by else ""))


def refuse_superseded(home: Home, digest: str) -> None:
    """Refuse to publish again what was superseded.

    Args:
        home: The home.
        digest: The full id of what is to be published.

    Raises:
        UsageError: It was superseded, so it would name again who is withheld.
    """
    note = note_of(home, digest) if _path(home, digest).is_file() else None
    if note is not None and note.by is not None:
        raise UsageError(
            f"this build gives again the release that {note.by} took the place of, with what is withheld there: "
            "build with the folder of curation that has its redactions (--curation DIR)"
        )


def _path(home: Home, digest: str) -> Path:
    return home.gone_path / digest
