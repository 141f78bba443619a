"""Writes into `redactions.yaml`, so that the next build withholds what a release was issued again without."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kg.article.yaml_nodes import compose, sequence
from kg.atomic import write_atomically
from kg.curation.model import Redaction
from kg.curation.redactions import REDACTIONS, read_redactions, redaction_id
from kg.errors import UsageError

__all__ = ["entry_lines", "record_reason", "record_redactions"]


def entry_lines(redactions: Sequence[Redaction]) -> str:
    """The lines of some redactions, as `redactions.yaml` has them.

    >>> from datetime import date
    >>> print(entry_lines([Redaction(id="person/x", by="me", on=date(2031, 6, 1), reason="At risk.")]), end="")
    - id: person/x
      by: "me"
      on: 2031-06-01
      reason: "At risk."
    """
    lines = []
    for one in redactions:
        # A string of JSON is one of YAML (YAML 1.2, section 1.3).
        lines += [f"- id: {one.id}", f"  by: {json.dumps(one.by)}", f"  on: {one.on.isoformat()}"]
        lines += [f"  reason: {json.dumps(one.reason)}"] if one.reason is not None else []
    return "".join(f"{line}\n" for line in lines)


def record_redactions(folder: Path, redactions: Sequence[Redaction]) -> bool:
    """Add redactions to those of a folder of curation.

    Args:
        folder: The folder.
        redactions: Those to add; none of them is in the file yet.

    Returns:
        Whether they stand in the file now; not, where nobody may write there.

    Raises:
        UsageError: The file is not one that entries can be added to, or one of them cannot be used.
    """
    path = folder / REDACTIONS
    before = path.read_text("utf-8") if path.is_file() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    known = [*read_redactions(path), *redactions]
    return _written(path, before + entry_lines(redactions), known, "the entries", "write it as a list")


def record_reason(folder: Path, redaction: Redaction) -> bool:
    """Give an entry of `redactions.yaml` another reason; all else in the file stays as it is, comments too.

    Args:
        folder: The folder of curation.
        redaction: The entry, which is in the file, with its new reason.

    Returns:
        Whether it stands in the file now; not, where nobody may write there.

    Raises:
        UsageError: The reason cannot be used, or the file is not one in which it can be changed.
    """
    path = folder / REDACTIONS
    before = path.read_text("utf-8")
    known = [redaction if one.id == redaction.id else one for one in read_redactions(path)]
    content = _with_reason(before, path, redaction)
    return _written(path, content, known, f"the reason of {redaction.id}", "change it there")


def _with_reason(source: str, path: Path, redaction: Redaction) -> str:
    for entry in sequence(compose(source, path), path, "redactions"):
        fields = {str(key.value): (key, value) for key, value in entry.value}
        if redaction_id(fields["id"][1].value.strip()) != redaction.id:
            continue
        written = json.dumps(redaction.reason)
        if "reason" in fields:
            old = fields["reason"][1]
            start, end = old.start_mark.index, old.end_mark.index
            # A block scalar ends where the next line begins.
            return source[:start] + written + ("\n" if old.style in ("|", ">") else "") + source[end:]
        key, on = fields["on"]
        flow = source[entry.start_mark.index] == "{"
        between = ", " if flow else "\n" + " " * key.start_mark.column
        return source[: on.end_mark.index] + f"{between}reason: {written}" + source[on.end_mark.index :]
    return source


def _written(path: Path, content: str, wanted: Sequence[Redaction], what: str, advice: str) -> bool:
    """Write the file if it then says what is wanted, and nothing else; whether it was written.

    Raises:
        UsageError: It would not.
    """
    with tempfile.TemporaryDirectory() as aside:
        tried = Path(aside) / REDACTIONS
        tried.write_text(content, "utf-8")
        try:
            found = [(one.id, one.by, one.on, one.reason) for one in read_redactions(tried)]
        except UsageError as error:
            raise UsageError(f"{path} cannot take {what} ({str(error).replace(str(tried), str(path))})") from error
        if found != [(one.id, one.by, one.on, one.reason) for one in wanted]:
            raise UsageError(f"{path} cannot take {what}: {advice}, as entries that begin with '- id:'")
    try:
        write_atomically(path, content)
    except OSError:
        return False
    return True
