"""Adds a judgement to `judgements.yaml`: what stands there, comments and all, stays as it is."""

from __future__ import annotations

from pathlib import Path

import msgspec
import yaml

from kg.atomic import write_atomically
from kg.curation.files import JUDGEMENTS, read_judgements
from kg.curation.model import Judgement
from kg.errors import UsageError

__all__ = ["add_judgement"]

_HEADER = "# What people decided of pairs of mentions, by `kg review` or by hand; docs/curation.md has the format.\n"


def add_judgement(folder: Path, judgement: Judgement) -> Path:
    """Write a judgement behind those that stand in a folder of curation, whole or not at all.

    Args:
        folder: The folder; it is made if it is missing.
        judgement: The judgement.

    Returns:
        The file.

    Raises:
        UsageError: The file holds no list of judgements, or one that cannot be added to.
    """
    path = folder / JUDGEMENTS
    before = path.read_bytes().decode() if path.is_file() else _HEADER
    wanted = (*read_judgements(path, before), judgement)
    # A few marks (U+0085) do not survive PyYAML as they are, so what does not come back is written in escapes.
    written = (_added(before, judgement, as_is) for as_is in (True, False))
    after = next((text for text in written if _holds(path, text, wanted)), None)
    if after is None:
        raise UsageError(
            f"{path} is written in a way that nothing can be added to: make it a plain list, '- first: ...'"
        )
    write_atomically(path, after)
    return path


def _holds(path: Path, text: str, wanted: tuple[Judgement, ...]) -> bool:
    try:
        return read_judgements(path, text) == wanted
    except UsageError:
        # What was made of the file is not readable, so it is never written; the file itself stays as it was.
        return False


def _added(text: str, judgement: Judgement, as_is: bool) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    entry = msgspec.to_builtins(judgement)
    if isinstance(root, yaml.SequenceNode) and root.flow_style:
        # A list in brackets, as JSON has it: the entry goes in before the last bracket.
        end = root.end_mark.index - 1
        written = yaml.safe_dump(entry, allow_unicode=as_is, sort_keys=False, default_flow_style=True, width=10**6)
        comma = "," if root.value and not text[:end].rstrip().endswith(",") else ""
        return f"{text[:end].rstrip()}{comma}\n{written.strip()}\n{text[end:]}"
    column = root.start_mark.column if root is not None else 0
    written = yaml.safe_dump([entry], allow_unicode=as_is, sort_keys=False, default_flow_style=None, width=120)
    indented = "".join(f"{' ' * column}{line}\n" for line in written.split("\n")[:-1])
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{indented}"
