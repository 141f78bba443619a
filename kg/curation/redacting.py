"""Writes entries into `redactions.yaml`, so that the next build withholds what a release was issued again without."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kg.atomic import write_atomically
from kg.curation.model import Redaction
from kg.curation.redactions import REDACTIONS, read_redactions
from kg.errors import UsageError

__all__ = ["entry_lines", "record_redactions"]


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
    content = before + entry_lines(redactions)
    with tempfile.TemporaryDirectory() as aside:
        tried = Path(aside) / REDACTIONS
        tried.write_text(content, "utf-8")
        try:
            ids = [one.id for one in read_redactions(tried)]
        except UsageError as error:
            raise UsageError(f"{path} cannot take the entries ({str(error).replace(str(tried), str(path))})") from error
        if ids != [one.id for one in read_redactions(path)] + [one.id for one in redactions]:
            raise UsageError(f"{path} cannot take the entries: write it as a list of entries that begin with '- id:'")
    try:
        write_atomically(path, content)
    except OSError:
        return False
    return True
