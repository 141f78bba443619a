"""Where a command writes what it made: a file, whole or not at all, or the standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from kg.atomic import atomic_file
from kg.errors import UsageError

__all__ = ["OutputOption", "write_output"]

OutputOption = Annotated[
    str,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write; '-' is the standard output."),
]


def write_output(output: str, chunks: Iterable[bytes]) -> None:
    """Write to a file, which appears whole or not at all, or to the standard output.

    Args:
        output: The file's path, or `-`.
        chunks: What to write.

    Raises:
        UsageError: The file cannot be written.
    """
    if output == "-":
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    try:
        with atomic_file(Path(output)) as file:
            for chunk in chunks:
                file.write(chunk)
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}): give another --output") from error
