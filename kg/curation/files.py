"""Reads a folder of curation: judgements, corrections, redactions and the registry, a file each; any may be absent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from kg.curation.kinds import properties_of
from kg.curation.model import Correction, Curation, Judgement, RegistryEntry, by_machine
from kg.curation.redactions import REDACTIONS, read_redactions
from kg.curation.values import value_problem
from kg.errors import UsageError

__all__ = ["JUDGEMENTS", "load_curation", "read_decision", "read_judgements", "registry_text"]

#: The file of judgements in a folder of curation.
JUDGEMENTS = "judgements.yaml"

_Entry = TypeVar("_Entry", Judgement, Correction, RegistryEntry)


def load_curation(folder: Path | None) -> Curation:
    """Read a folder of curation; None reads as no curation at all.

    Raises:
        UsageError: The folder is missing, or a file in it is not what it should be.
    """
    if folder is None:
        return Curation()
    if not folder.is_dir():
        raise UsageError(f"no curation folder {folder}: give one that exists, or 'none'")
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return Curation(
        folder,
        _read(folder / JUDGEMENTS, Judgement),
        _read(folder / "registry.yaml", RegistryEntry),
        digest.hexdigest(),
        _corrections(folder / "corrections.yaml"),
        read_redactions(folder / REDACTIONS),
    )


def read_judgements(path: Path, text: str) -> tuple[Judgement, ...]:
    """The judgements that a text of YAML holds.

    Args:
        path: The file that it is the text of, for messages.
        text: The text.

    Raises:
        UsageError: It is no list of judgements.
    """
    return _parse(path, text, Judgement)


def _read(path: Path, kind: type[_Entry]) -> tuple[_Entry, ...]:
    if not path.is_file():
        return ()
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    return _parse(path, text, kind)


def _parse(path: Path, text: str, kind: type[_Entry]) -> tuple[_Entry, ...]:
    try:
        # Everything as strings: YAML 1.1 takes the key `on` for true and a day for a date.
        raw: Any = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        raise UsageError(f"{path}{line} is not YAML: repair it") from error
    try:
        found = tuple(msgspec.convert(raw or [], list[kind], strict=False))  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {error}; see docs/curation.md for the format") from error
    for number, entry in enumerate(found, 1):
        if not isinstance(entry, RegistryEntry):
            _require_day(entry, f"{path}: entry {number}")
    return found


def _require_day(entry: Judgement | Correction, what: str) -> None:
    if not _is_day(entry.on):
        raise UsageError(f"{what} is of {entry.on}, which is no day of the calendar: mend 'on'")


def read_decision(document: Mapping[str, Any], what: str) -> Judgement | Correction:
    """One decision that stands in no file, checked as those of the files are.

    Args:
        document: A judgement, if it has the field `judgement`; else a correction.
        what: What it is called in messages.

    Raises:
        UsageError: It is neither; the message says what is wrong.
    """
    kind: type[Judgement] | type[Correction] = Judgement if "judgement" in document else Correction
    try:
        found = msgspec.convert(document, kind, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(
            f"{what} is no {kind.__name__.lower()}: {error}; see docs/curation.md for the format"
        ) from error
    _require_day(found, what)
    problem = _problem(found) if isinstance(found, Correction) else None
    if problem is not None:
        raise UsageError(f"{what} {problem}; see docs/curation.md for the format")
    return found


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        # The pattern of the type lets 2025-02-30 pass; the calendar does not.
        return False
    return True


def _corrections(path: Path) -> tuple[Correction, ...]:
    found = _read(path, Correction)
    for number, correction in enumerate(found, 1):
        problem = _problem(correction)
        if problem is not None:
            raise UsageError(f"{path}: entry {number} {problem}; see docs/curation.md for the format")
    return found


def _problem(correction: Correction) -> str | None:
    """What is wrong with a correction whose types are right, as a clause."""
    if (correction.claim is None) == (correction.source is None):
        return "names both a claim and a source, or neither: give one of the two"
    if by_machine(correction.by):
        return f"is by '{correction.by}', and a program corrects nothing: a person has to say so"
    if correction.claim is None:
        if correction.records is not None or correction.value is not None:
            return "gives a source as a whole another value: 'records' and 'value' are for one claim"
        return None
    properties = properties_of(correction.claim.cls)
    for name in (correction.claim.predicate, correction.records or correction.claim.predicate):
        if name not in properties:
            return f"names '{name}', which no {correction.claim.cls} has: give one of {', '.join(sorted(properties))}"
    old = properties[correction.claim.predicate]
    new = properties[correction.records or correction.claim.predicate]
    if correction.value is not None:
        return value_problem(new, correction.value)
    if new != old:
        return f"records '{correction.records}', which takes another kind of value: give the right 'value' as well"
    if correction.records == correction.claim.predicate:
        return f"records '{correction.records}', which is what the claim says already: leave it out"
    return None


def registry_text(entries: list[RegistryEntry]) -> str:
    """The text of a registry file, sorted by id."""
    header = "# The canonical ids that were given. Written by `kg registry update`; an id, once here, never moves.\n"
    rows = [msgspec.to_builtins(entry) for entry in sorted(entries, key=lambda e: e.id)]
    return header + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120)
