"""The examples of the documentation, run as a reader would run them: on a terminal, in a copy of the checkout.

A fenced block `console` holds commands, each on a line that begins with `$ ` (lines that begin with `> ` go on), and
below a command what it prints, if the page states that. `python -m tests.docs.transcripts` writes anew what is stated.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from tests.support.commands import ROOT, environment

__all__ = ["Block", "Step", "Workspace", "blocks", "documents", "refreshed", "steps"]

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ADDRESS = "http://127.0.0.1:8000"
#: The width of the terminal that the examples are printed for.
WIDTH = 110


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what it holds, and the offset of that in its page."""

    language: str
    body: str
    start: int


@dataclass(frozen=True)
class Step:
    """A command, and the lines that the page states it prints (none where it states nothing)."""

    command: str
    stated: tuple[str, ...] = ()


def documents() -> list[Path]:
    """The pages that are written by hand."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(text: str) -> list[Block]:
    return [Block(found[1], found[2], found.start(2)) for found in _FENCE.finditer(text)]


def steps(body: str) -> list[Step]:
    found: list[Step] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:]))
        elif not found:
            raise ValueError(f"a console block begins with a command, not with: {line}")
        elif line.startswith("> ") and not found[-1].stated:
            found[-1] = replace(found[-1], command=f"{found[-1].command}\n{line[2:]}")
        else:
            found[-1] = replace(found[-1], stated=(*found[-1].stated, line))
    return found


def written(found: list[Step]) -> str:
    """The body of a block; what `steps` reads."""
    lines: list[str] = []
    for step in found:
        first, *more = step.command.split("\n")
        lines += [f"$ {first}", *(f"> {line}" for line in more), *step.stated]
    return "".join(f"{line}\n" for line in lines)


class Workspace:
    """A folder that looks like the checkout to the commands, with a home of its own.

    Args:
        folder: An empty folder.
        home: A home to begin with, which is copied.
    """

    def __init__(self, folder: Path, home: Path | None = None) -> None:
        self.folder = folder
        for name in ("seeds", "queries", "tests/border", "tests/gold"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        if home is not None:
            shutil.copytree(home, folder / ".kg", symlinks=True)
        (folder / ".bin").mkdir()
        command = folder / ".bin" / "kg"
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n', "utf-8")
        command.chmod(0o755)
        self._environment = {
            **environment(),
            "PATH": f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}",
            # No codes, so that what is printed is text; rich believes the size of such a terminal only if given whole.
            "TERM": "dumb",
            "COLUMNS": str(WIDTH),
            "LINES": "50",
        }
        self._stack = ExitStack()
        self._served = _ADDRESS

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(self, step: Step) -> tuple[str, ...]:
        """Run a command and give the lines that it prints; a server goes on until the workspace is left.

        Raises:
            AssertionError: It does not end with the exit code 0.
        """
        if step.command.startswith("make "):
            # What the targets do is tested elsewhere; here they must exist.
            self._finish(["make", "--dry-run", "--silent", *step.command.split()[1:]], ROOT)
            return ()
        if _SERVE.match(step.command):
            self._serve(step.command)
            return ()
        command = step.command.replace(_ADDRESS, self._served)
        # A terminal shows no byte order mark.
        printed = self._finish(["sh", "-c", command], self.folder).replace("\ufeff", "")
        return tuple(line.rstrip() for line in printed.splitlines())

    def _finish(self, command: list[str], cwd: Path) -> str:
        ours, theirs = pty.openpty()
        with os.fdopen(ours, "rb", buffering=0) as screen, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                command, cwd=cwd, env=self._environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=errors
            )
            os.close(theirs)
            shown = b"".join(_read(screen.fileno())).decode().replace("\r\n", "\n")
            code = process.wait(600)
            errors.seek(0)
            assert code == 0, f"{command[-1]} ended with {code}:\n{shown}{errors.read().decode()}"
        return shown

    def _serve(self, command: str) -> None:
        words = shlex.split(command)
        start = words.index("kg")
        variables = dict(word.split("=", 1) for word in words[:start])
        process = subprocess.Popen(
            [*words[start:], "--port", "0"],
            executable=str(self.folder / ".bin" / "kg"),
            cwd=self.folder,
            env={**self._environment, **variables},
            stdout=subprocess.PIPE,
            text=True,
        )
        self._stack.callback(_stop, process)
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None, "the server did not say its address"
        self._served = found[0]


#: A command that serves, with variables of the environment before it.
_SERVE = re.compile(r"(?:\w+=\S+ )*kg serve\b")


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate(timeout=30)


def _read(terminal: int) -> Iterator[bytes]:
    """What is printed to a terminal until its last writer is gone, which Linux tells by an error (EIO)."""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            return
        if not chunk:
            return
        yield chunk


def refreshed(text: str, home: Path, folder: Path) -> str:
    """A page with what its commands print now, where it states what they print.

    Args:
        text: The page.
        home: A home in which the seeds are built.
        folder: An empty folder to work in.
    """
    parts, end = [], 0
    for number, block in enumerate(b for b in blocks(text) if b.language == "console"):
        found = steps(block.body)
        if any(step.stated for step in found):
            (folder / str(number)).mkdir(parents=True)
            with Workspace(folder / str(number), home) as workspace:
                printed = [(step, workspace.run(step)) for step in found]
            body = written([replace(step, stated=lines if step.stated else ()) for step, lines in printed])
            parts += [text[end : block.start], body]
            end = block.start + len(block.body)
    return "".join([*parts, text[end:]])


def _main() -> None:
    with tempfile.TemporaryDirectory() as name:
        built = Path(name) / "built"
        built.mkdir()
        with Workspace(built) as workspace:
            workspace.run(Step("kg build seeds"))
        for page in documents():
            before = page.read_text("utf-8")
            after = refreshed(before, built / ".kg", Path(name) / page.name)
            if after != before:
                page.write_text(after, "utf-8")
                print(f"wrote {page}")


if __name__ == "__main__":
    _main()
