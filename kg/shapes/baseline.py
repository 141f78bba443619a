"""A baseline: the results that a project knows of and lives with, so that a run fails on new ones alone.

The file is JSON, sorted, one result a line, made to be committed and to be read in a diff. An entry is its fingerprint,
which names no line; the rest of it is for people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec

from kg.errors import UsageError
from kg.shapes.outcome import Finding, Outcome, relative

__all__ = ["Baseline", "Entry", "read_baseline"]

_FORMAT = 1


class Entry(msgspec.Struct, frozen=True, order=True):
    """A known result: its severity, shape, focus node, path and value for people, its file, and its fingerprint."""

    shape: str
    about: str
    fingerprint: str
    severity: str = "violation"
    file: str = ""


class Baseline(msgspec.Struct, frozen=True):
    """The known results."""

    results: tuple[Entry, ...] = ()
    version: int = _FORMAT

    @classmethod
    def of(cls, findings: Iterable[Finding], root: Path) -> Baseline:
        """The baseline that knows some findings."""
        entries = (
            Entry(f.rule.id, f.about, f.fingerprint, f.result.severity, relative(f.location.path, root))
            for f in findings
        )
        return cls(tuple(sorted(entries)))

    def text(self) -> str:
        """The file's text: one result a line."""
        rows = [f"  {msgspec.json.encode(entry).decode()}" for entry in self.results]
        listed = "[\n" + ",\n".join(rows) + "\n]" if rows else "[]"
        return f'{{"version": {_FORMAT}, "results": {listed}}}\n'

    def applied(self, outcome: Outcome, looked_at: Iterable[str] = ()) -> Outcome:
        """An outcome whose known findings do not count, with the entries that nobody found.

        Args:
            outcome: The outcome.
            looked_at: The focus nodes, as the entries show them, where only some were looked at; what is said of others
                is not stale.
        """
        known = {entry.fingerprint for entry in self.results}
        found = {finding.fingerprint for finding in outcome.new}
        only = tuple(looked_at)
        stale = tuple(
            f"{entry.shape}: {entry.about} ({entry.fingerprint})"
            for entry in self.results
            if entry.fingerprint not in found and (not only or entry.about.split(" ")[0] in only)
        )
        return replace(
            outcome,
            new=tuple(f for f in outcome.new if f.fingerprint not in known),
            known=tuple(f for f in outcome.new if f.fingerprint in known),
            stale=stale,
        )


def read_baseline(path: Path) -> Baseline:
    """Read a baseline file.

    Raises:
        UsageError: It cannot be read, or is no baseline of this version.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Baseline)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"the baseline {path} cannot be read ({error}): write it with --write-baseline") from error
    if found.version != _FORMAT:
        raise UsageError(
            f"the baseline {path} has the version {found.version}, this kg reads {_FORMAT}: write it again with "
            "--write-baseline"
        )
    return found
