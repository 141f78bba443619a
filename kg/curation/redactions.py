"""Reads `redactions.yaml`: which entities are withheld from every release, each by its id, never by its name."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from kg.article.yaml_nodes import compose, day, line, mapping, sequence, text
from kg.curation.model import Redaction
from kg.errors import InputError, UsageError
from kg.namespaces import BASE

__all__ = ["REDACTIONS", "read_redactions", "redaction_id"]

#: The file of redactions in a folder of curation.
REDACTIONS = "redactions.yaml"

_KEYS = frozenset({"id", "reason", "by", "on"})
_REQUIRED = frozenset({"id", "by", "on"})
_ID = re.compile(r"(incident|person|organization|route|statistic|place)/[0-9a-z]+(-[0-9a-z]+)*")
#: A reason stands on a page of its own; a longer one would tell what is withheld.
_REASON = 200


def read_redactions(path: Path) -> tuple[Redaction, ...]:
    """The redactions of a file, in its order; none where it is absent or holds comments alone.

    Raises:
        UsageError: It is not what it should be; the message names the line.
    """
    if not path.is_file():
        return ()
    try:
        source = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    if not any(row.strip() and not row.lstrip().startswith("#") for row in source.splitlines()):
        return ()
    try:
        found = [_entry(node, path) for node in sequence(compose(source, path), path, "redactions")]
    except InputError as error:
        raise UsageError(f"{error}; see docs/curation.md for the format") from error
    seen: dict[str, Redaction] = {}
    for redaction in found:
        if redaction.id in seen:
            raise UsageError(f"{redaction.where}: {redaction.id} is redacted already: leave one entry out")
        seen[redaction.id] = redaction
    return tuple(found)


def redaction_id(given: str) -> str:
    """The id of an entity, `{class}/{id}`, from what a person gives: the end of its IRI, or all of it.

    Raises:
        UsageError: It is none.
    """
    ident = given.removeprefix(f"{BASE}id/")
    if not _ID.fullmatch(ident):
        raise UsageError(
            f"'{given}' is no id of an entity, such as person/0123456789abcdef: give the end of its IRI, behind id/"
        )
    return ident


def _entry(node: yaml.Node, path: Path) -> Redaction:
    fields = mapping(node, path, _KEYS, _REQUIRED)
    given = text(fields["id"], path, "id")
    try:
        ident = redaction_id(given)
    except UsageError as error:
        raise InputError(path, f"line {line(fields['id'])}: {error}") from error
    reason = text(fields["reason"], path, "reason") if "reason" in fields else None
    if reason is not None and (len(reason) > _REASON or "\n" in reason):
        raise InputError(
            path, f"line {line(fields['reason'])}: the reason is published: give one line of {_REASON} characters"
        )
    return Redaction(
        id=ident,
        by=text(fields["by"], path, "by"),
        on=day(fields["on"], path, "on"),
        reason=reason,
        where=f"{path} line {line(node)}",
    )
