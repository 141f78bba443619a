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

import httpx

import tests.release.content as made
from server.limits import Limits

ROOT = Path(made.__file__).resolve().parents[2]

#: A command alone, with the error printing of the command line.
_ALONE = """
import sys
import typer
from kg.errors import CrossingsError
from {module} import {name}

app = typer.Typer()
app.command()({name})
try:
    app(standalone_mode=False)
except CrossingsError as error:
    print(f"kg: {{error}}", file=sys.stderr)
    sys.exit(int(error.exit_code))
"""


def alone(module: str, name: str) -> list[str]:
    """How a process runs one command of the server, which a module has under a name."""
    return [sys.executable, "-W", "error", "-c", _ALONE.format(module=module, name=name)]


def command(home: Path, *options: str) -> list[str]:
    """How a process runs `kg serve`."""
    return [*alone("server.commands", "serve"), "--home", str(home), *options]


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


@contextmanager
def client_of(
    home: Path, errors: Path, *options: str, variables: Mapping[str, str] | None = None
) -> Iterator[httpx.Client]:
    """A client of a server that runs as long as the `with` block lasts, and has nothing to complain of.

    Args:
        home: The server's home.
        errors: The file that takes its error stream.
        options: Further options of the command line.
        variables: Further variables of its environment.
    """
    # One client keeps few workers busy, and each takes half a second of processor time to begin.
    few = {Limits.variable("workers"): "2", Limits.variable("spares"): "0"}
    with (
        serving(home, errors, *options, variables={**few, **(variables or {})}) as running,
        httpx.Client(base_url=running.url, timeout=120) as client,
    ):
        yield client
    assert running.complaints() == ""
