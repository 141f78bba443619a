"""The servers that are measured, each a process of its own over the same quads: this one and `oxigraph serve`.

A server is started on a free port of this machine, is ready once it says so or answers, and is ended with all that
descends from it. What it loaded is kept beside the corpus, so that a second run does not load again.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.endpoint.corpus import Corpus
from bench.endpoint.jobs import Target
from bench.endpoint.process_tree import Memory, descendants, memory
from kg.errors import UsageError

__all__ = ["Crossings", "Oxigraph", "Server", "free_port", "tool"]

_READY_SECONDS = 300.0
#: Seconds to end well, which a query that never ends prevents.
_PATIENCE = 3.0
_HOST = "127.0.0.1"
_ROOT = Path(__file__).resolve().parents[2]


class Server(ABC):
    """A server over a corpus; a context manager that starts and ends it.

    Args:
        corpus: What it serves.
        port: The port; absent, a free one.
    """

    #: Its name in the tables.
    name: str
    #: The path of its endpoint.
    path: str = "/sparql"

    def __init__(self, corpus: Corpus, port: int | None = None) -> None:
        self.corpus = corpus
        self.port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def target(self) -> Target:
        """Where it listens."""
        return Target(_HOST, self.port, self.path)

    @property
    def version(self) -> str:
        """Its name and version."""
        return self.name

    @property
    def process_id(self) -> int | None:
        """Its process, while it runs."""
        return self._process.pid if self._process is not None else None

    @property
    def log(self) -> Path:
        """What it prints."""
        return self.corpus.path / f"{self.name.replace(' ', '-')}.log"

    @abstractmethod
    def missing(self) -> str | None:
        """Why it cannot be measured here, as a clause, or None where it can."""

    @abstractmethod
    def prepare(self) -> None:
        """Load the corpus, unless that was done before."""

    @abstractmethod
    def command(self) -> Sequence[str | Path]:
        """What starts it, in the foreground."""

    def environment(self) -> Mapping[str, str]:
        """Variables beside those of this process."""
        return {}

    def __enter__(self) -> Self:
        self.prepare()
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [str(part) for part in self.command()],
                cwd=_ROOT,
                env={**os.environ, **self.environment()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._await()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """End it and all that descends from it: asked first, killed after `_PATIENCE`."""
        process = self._process
        if process is None:
            return
        family = descendants(process.pid)
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            for member in family:
                _kill(member)
            process.wait()
        self._process = None

    def memory(self) -> Memory:
        """What it and all that descends from it take now."""
        assert self._process is not None  # it was started
        return memory(self._process.pid)

    def _await(self) -> None:
        """Wait until it takes connections: there is no event of another process's port, so it is tried."""
        assert self._process is not None  # __enter__
        end = time.monotonic() + _READY_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                tail = self.log.read_text("utf-8", "replace")[-500:]
                raise UsageError(f"{self.name} ended with {self._process.returncode} before it answered: {tail}")
            try:
                socket.create_connection((_HOST, self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise UsageError(f"{self.name} does not listen on port {self.port} after {_READY_SECONDS:g} s: see {self.log}")


#: One client here stands for many: its share of the workers is not what is measured.
_ONE_FOR_MANY = {"KG_LIMIT_CLIENT_SECONDS": "1000000", "KG_LIMIT_CLIENT_QUERIES": "1000"}


class Crossings(Server):
    """This server, as `kg serve` starts it.

    Args:
        corpus: What it serves.
        settings: Further variables of its environment.
    """

    name = "crossings"

    def __init__(self, corpus: Corpus, settings: Mapping[str, str] | None = None) -> None:
        super().__init__(corpus)
        self._settings = dict(settings or {})

    @property
    def version(self) -> str:
        """The commit of the checkout, marked where files differ from it."""
        git = subprocess.run(
            ["git", "describe", "--always", "--dirty"], cwd=_ROOT, capture_output=True, text=True, check=False
        )
        return f"crossings at {git.stdout.strip() or 'an unknown commit'}"

    def missing(self) -> str | None:
        """It is always there."""
        return None

    def prepare(self) -> None:
        """The corpus is a home directory already."""

    def command(self) -> Sequence[str | Path]:
        """`kg serve` on the port that is free."""
        return [sys.executable, "-m", "kg", "serve", "--home", self.corpus.home.resolve(), "--port", str(self.port)]

    def environment(self) -> Mapping[str, str]:
        """The settings that are measured, and the checkout before any installation."""
        return {"PYTHONPATH": str(_ROOT), **_ONE_FOR_MANY, **self._settings}


class Oxigraph(Server):
    """`oxigraph serve`, the Rust server over the same engine, with a store of its own loaded from the dump."""

    name = "oxigraph"
    path = "/query"

    @property
    def version(self) -> str:
        """As it tells it."""
        return _first_line([str(tool("oxigraph")), "--version"])

    def missing(self) -> str | None:
        """It comes with the dependency group `bench`."""
        return None if tool("oxigraph") else "the program oxigraph is not installed (pip install oxigraph)"

    @property
    def store(self) -> Path:
        """Its store."""
        return self.corpus.path / "oxigraph"

    def prepare(self) -> None:
        """Bulk-load and optimise, as a release's own store is."""
        done = self.store / "loaded"
        if done.is_file():
            return
        shutil.rmtree(self.store, ignore_errors=True)
        for action in (["load", "--file", str(self.corpus.dump)], ["optimize"]):
            subprocess.run(
                [str(tool("oxigraph")), action[0], "--location", str(self.store), *action[1:]],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        done.touch()

    def command(self) -> Sequence[str | Path]:
        """`oxigraph serve`."""
        oxigraph = tool("oxigraph")
        assert oxigraph is not None  # missing
        return [oxigraph, "serve", "--location", self.store, "--bind", f"{_HOST}:{self.port}"]


def tool(name: str) -> Path | None:
    """A program beside this Python, else on the path."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.is_file() else shutil.which(name)
    return Path(found) if found else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _first_line(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return re.sub(r"\s+", " ", (done.stdout or done.stderr).strip().splitlines()[0])


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
