"""Runs `kg` in children that are ready at once, kills them at a step, and keeps what the disk held at each.

As a script it reads lines of JSON and answers each with one: the exit status of the child (-9 for killed), the steps
that it made, and what it wrote. A child is a process of its own that was forked behind the imports and the reading of
the shapes, which take most of the seconds of a short command.

A step is an event by which the interpreter tells of a change below the home that is about to be made. Of a directory
that is removed, the files are one like the other: the first and the seventh of them count. What is put into a directory
that nobody reads yet does not.

What a process that is killed leaves is what the disk holds at that moment, without what it had not written yet. That is
what a copy of the home has that is made inside of the step; so one run shows what a kill at each of its steps leaves.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from tests.support.commands import environment

__all__ = ["Done", "Killing"]

_EVENTS = ("os.rename", "os.symlink", "os.remove", "os.mkdir", "shutil.rmtree")
_OF_A_REMOVAL = (1, 7)
#: What a release is made of, before anybody reads it.
_PARTS = ("data", "dumps", "tables", "store")


@dataclass(frozen=True)
class Done:
    """What became of a command: its exit status, its steps, what it wrote."""

    status: int
    steps: tuple[str, ...]
    wrote: str

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL


class Killing:
    """The process that forks, for as long as a `with` block lasts."""

    def __enter__(self) -> Killing:
        command = [sys.executable, "-m", "tests.redaction.killing"]
        self._child = subprocess.Popen(
            command, env=environment(), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.communicate(timeout=30)

    def run(self, home: Path, *arguments: str | Path, step: int = 0, keep: Path | None = None) -> Done:
        """Run `kg`.

        Args:
            home: The home, whose steps count.
            arguments: The command.
            step: At which step to kill it, if it comes to that; 0 for never.
            keep: Where to put a copy of the home for each step, under its number.
        """
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        kept = str(keep) if keep is not None else None
        command = [*map(str, arguments), "--home", str(home)]
        self._child.stdin.write(json.dumps([str(home), step, kept, command]) + "\n")
        self._child.stdin.flush()
        told = json.loads(self._child.stdout.readline())
        return Done(told["status"], tuple(told["steps"]), told["wrote"])


class _Steps:
    """Writes down each step, copies the home there, and kills the process at one of them."""

    def __init__(self, home: str, last: int, keep: str | None, told: int) -> None:
        self._home, self._last, self._keep, self._told = home, last, keep, told
        self._made = self._removed = 0
        self._copying = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS or self._copying or not self._counts(event, arguments):
            return
        self._made += 1
        words = [event, *(str(one) for one in arguments if isinstance(one, str | Path))]
        os.write(self._told, (" ".join(words) + "\n").encode())
        if self._keep is not None:
            self._copying = True
            _keep(self._home, f"{self._keep}/{self._made}")
            self._copying = False
        if self._made == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _counts(self, event: str, arguments: tuple[Any, ...]) -> bool:
        where = str(arguments[0])
        if event == "shutil.rmtree":
            self._removed = 0
        if event == "os.remove" and arguments[1] != -1:  # it names a file of the directory that is being removed
            self._removed += 1
            return self._removed in _OF_A_REMOVAL
        if event == "os.symlink":
            where = str(arguments[1])
        if event == "os.mkdir" and Path(where).exists():
            return False
        below = where.removeprefix(self._home).split("/")
        return where.startswith(self._home) and not (below[-1] in _PARTS or below[-2] in _PARTS)


def _keep(home: str, copy: str) -> None:
    """Copies the home, of which threads of the engine may remove files meanwhile; what is gone is not copied."""
    try:
        shutil.copytree(home, copy, symlinks=True)
    except shutil.Error as error:
        left = [source for source, *_ in error.args[0] if os.path.lexists(source)]
        if left:
            raise


def _forked(home: str, step: int, keep: str | None, arguments: list[str], wrote: TextIO, steps: TextIO) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 4
    try:
        for number in (1, 2):
            os.dup2(wrote.fileno(), number)
        sys.addaudithook(_Steps(home, step, keep, steps.fileno()))
        status = _run(arguments)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _run(arguments: list[str]) -> int:
    from kg.cli import main

    try:
        main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _serve() -> None:
    from kg.cli import app
    from kg.shapes.load import load_shapes

    app()
    load_shapes()
    for line in sys.stdin:
        home, step, keep, arguments = json.loads(line)
        with tempfile.TemporaryFile("w+") as wrote, tempfile.TemporaryFile("w+") as steps:
            status = _forked(home, step, keep, arguments, wrote, steps)
            wrote.seek(0)
            steps.seek(0)
            told = {"status": status, "steps": steps.read().splitlines(), "wrote": wrote.read()}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    _serve()
