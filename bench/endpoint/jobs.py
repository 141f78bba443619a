"""What a client process is asked for, and what it answers; it is started here and does its work in `asking`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import msgspec

__all__ = ["NONCE", "STRANDED", "Answer", "Job", "Load", "Step", "Target", "run"]

#: The name of what a stranded request was answered.
STRANDED = "stranded"
#: What stands in a request where a number makes it another; no percent sign changes it.
NONCE = "NONCE"


class Target(msgspec.Struct, frozen=True):
    """Where a server listens, and the path of its endpoint."""

    host: str
    port: int
    path: str

    def request(self, query: str, graph: bool) -> str:
        """A query as a GET request; `graph` where its answer is a graph."""
        accept = "application/n-triples" if graph else "application/sparql-results+json"
        head = f"Host: {self.host}:{self.port}\r\nAccept: {accept}\r\n"
        return f"GET {self.path}?query={quote(query, safe='')} HTTP/1.1\r\n{head}\r\n"


class Step(msgspec.Struct, frozen=True):
    """One request; `look` where its answer is counted and hashed after it was timed."""

    server: str
    name: str
    request: str
    graph: bool = False
    look: bool = False


class Load(msgspec.Struct, frozen=True):
    """Many connections that ask one server for some time, each the next request of its own list again and again.

    Args:
        server: Which server.
        requests: What is asked.
        clients: How many connections.
        seconds: How long.
        vary: What makes each request another one, with a number, in the place of `NONCE`; empty: they stay the same.
        strand: Requests that further connections send from another address of this machine, again as soon as they
            are answered; their answers are named `STRANDED`.
    """

    server: str
    requests: tuple[str, ...]
    clients: int
    seconds: float
    vary: str = ""
    strand: tuple[str, ...] = ()


class Job(msgspec.Struct, frozen=True):
    """What a client process is asked for: steps, or a load."""

    targets: dict[str, Target]
    timeout: float
    steps: tuple[Step, ...] = ()
    load: Load | None = None


class Answer(msgspec.Struct, frozen=True):
    """How one request went: seconds, or what failed; `rows` and `digest` where the answer was looked at."""

    server: str
    name: str
    seconds: float
    failure: str | None = None
    rows: int | None = None
    digest: str | None = None
    size: int = 0


def run(job: Job) -> list[Answer]:
    """Run a job in a client process of its own.

    Raises:
        RuntimeError: The client failed, which is an error of ours.
    """
    child = subprocess.run(
        [sys.executable, "-m", "bench.endpoint.asking"],
        input=msgspec.json.encode(job),
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    if child.returncode:
        raise RuntimeError(f"the measuring client ended with {child.returncode}: see its lines above")
    return msgspec.json.decode(child.stdout, type=list[Answer])
