"""What the tests of a server under attack share: a problem's name, the workers' ids, a metric's value, waiting."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
from prometheus_client.parser import text_string_to_metric_families

__all__ = ["address_of", "asked", "ended", "eventually", "limited", "metric", "problem_name", "workers_of"]


def problem_name(answer: httpx.Response) -> str:
    """The name of the problem that an answer is; that it is well-formed is asserted."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document = answer.json()
    assert document["status"] == answer.status_code
    assert document["title"]
    assert document["detail"]
    return str(document["type"]).rpartition("/")[2]


def workers_of(server: int) -> set[int]:
    """The ids of a server's worker processes."""
    found = set()
    for path in Path("/proc").iterdir():
        if not path.name.isdecimal():
            continue
        try:
            parent = int((path / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
            arguments = (path / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it ended meanwhile
            continue
        if parent == server and b"server.workers.worker" in arguments:
            found.add(int(path.name))
    return found


def ended(pid: int, seconds: float = 60) -> bool:
    """Wait until a process has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def metric(url: str, name: str, **labels: str) -> float:
    """The value of a metric, summed over what the labels leave open."""
    text = httpx.get(f"{url}/metrics", timeout=60).text
    return sum(
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def eventually(done: Callable[[], bool], seconds: float = 60) -> bool:
    """Look again and again, where nothing tells of itself when it is done."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.02)
    return False


def limited(*limits: str) -> list[str]:
    """The options that set some limits."""
    return [part for limit in limits for part in ("--limit", limit)]


def address_of(url: str) -> tuple[str, int]:
    """Where a server of ours listens."""
    return ("127.0.0.1", int(url.rpartition(":")[2]))


@contextmanager
def asked(url: str, *queries: str, client: str = "") -> Iterator[list[socket.socket]]:
    """Ask each query over a connection of its own for as long as the `with` block lasts, and then go away.

    A client is named to a server that believes a proxy.
    """
    forwarded = f"X-Forwarded-For: {client}\r\n" if client else ""
    with ExitStack() as stack:
        connections = []
        for query in queries:
            connection = stack.enter_context(socket.create_connection(address_of(url), 60))
            connection.sendall(
                f"GET /sparql?timeout=60&query={quote(query)} HTTP/1.1\r\n{forwarded}Host: x\r\n\r\n".encode()
            )
            connections.append(connection)
        yield connections
