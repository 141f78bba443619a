"""A real server process for the tests: started on a free port, stopped at the end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import tests.release.content as made

ROOT = Path(made.__file__).resolve().parents[2]

#: `kg serve` alone, with the error printing of the command line.
COMMAND = """
import sys
import typer
from kg.errors import CrossingsError
from server.commands import serve

app = typer.Typer()
app.command()(serve)
try:
    app(standalone_mode=False)
except CrossingsError as error:
    print(f"kg: {error}", file=sys.stderr)
    sys.exit(int(error.exit_code))
"""


def command(home: Path, *options: str) -> list[str]:
    return [sys.executable, "-W", "error", "-c", COMMAND, "--home", str(home), *options]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@dataclass
class Served:
    """A running server."""

    url: str
    process: subprocess.Popen[str]
    errors: Path

    def complaints(self) -> str:
        """What it wrote to the error stream."""
        return self.errors.read_text("utf-8")


def _address(out: IO[str], errors: Path) -> str:
    first = out.readline()
    found = re.search(r"on (http://\S+)$", first)
    assert found is not None, f"{first}{errors.read_text('utf-8')}"
    return found[1]


@contextmanager
def serving(
    home: Path,
    errors: Path,
    *options: str,
    variables: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> Iterator[Served]:
    """Run a server.

    Args:
        home: Its home.
        errors: The file that takes its error stream.
        options: Further options of the command line.
        variables: Further variables of its environment.
        before: A command that is to run the command.
    """
    with errors.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [*before, *command(home, "--port", "0", *options)],
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
            env={**environment(), **(variables or {})},
            start_new_session=True,
        )
    assert process.stdout is not None
    try:
        yield Served(_address(process.stdout, errors), process, errors)
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()
