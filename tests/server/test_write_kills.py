"""The writer is killed at any moment: no acknowledged write is lost, and no half of one is ever seen.

CROSSINGS_KILLS sets how often it is killed.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kg.release import Home
from kg.tokens import Tokens
from tests.server.asking import eventually
from tests.server.plain import plain_server
from tests.server.serving import serving
from tests.support.commands import SEEDS, kg

_KILLS = int(os.environ.get("CROSSINGS_KILLS") or 0)
_GRAPH = "https://w3id.org/crossings/graph/annotation/kills"
#: Each write has two quads: half of one would show.
_HALVES = ("left", "right")
_TYPE = {"Content-Type": "application/sparql-update"}


def _writer_pid(server: int) -> int | None:
    """The process of the writer among the children of a server."""
    for child in Path(f"/proc/{server}/task").glob("*/children"):
        for pid in child.read_text("ascii").split():
            try:
                if b"server.writing.writer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return int(pid)
            except FileNotFoundError:  # it has just ended
                continue
    return None


class _Killer(threading.Thread):
    """Kills the writer of a server again and again, at random moments."""

    def __init__(self, server: int, kills: int, most: float) -> None:
        super().__init__()
        self._server, self._kills, self._most = server, kills, most
        self.killed = 0
        self.stop = threading.Event()
        self.answered = threading.Event()

    def run(self) -> None:
        chance = random.Random(20251019)
        while self.killed < self._kills and not self.stop.is_set():
            # Most often while it writes, and now and then while it starts.
            if chance.random() < 0.8:
                while not self.answered.wait(1) and not self.stop.is_set():
                    pass
            self.stop.wait(chance.random() * self._most)
            self.answered.clear()
            pid = _writer_pid(self._server)
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
                self.killed += 1


Rows = set[tuple[int, str]]
#: The number of a write that nobody disturbs.
_AFTER = 1_000_000


def _written_until(killer: _Killer, write: Callable[[int], httpx.Response], seen: Callable[[], Rows]) -> None:
    """Write numbers until the killer has done its work; look each time at what can be read."""
    acknowledged: set[int] = set()
    tried = 0
    killer.start()
    try:
        while killer.is_alive() or tried < 3:
            tried += 1
            answer = write(tried)
            assert answer.status_code in (204, 503), answer.text
            if answer.status_code == 204:
                acknowledged.add(tried)
                killer.answered.set()
            held = seen()
            numbers = {number for number, _half in held}
            assert held == {(number, half) for number in numbers for half in _HALVES}, "half of a write was seen"
            assert acknowledged <= numbers, f"lost: {sorted(acknowledged - numbers)}"
    finally:
        killer.stop.set()
        killer.join()
    assert killer.killed >= 1
    assert acknowledged


def _rows(text: str) -> set[tuple[int, str]]:
    lines = [line.split() for line in text.splitlines()]
    names = [(subject.strip("<>"), predicate.strip("<>")) for subject, predicate, *_ in lines]
    return {(int(subject.rpartition("/")[2]), predicate.rpartition("/")[2]) for subject, predicate in names}


def _data(number: int) -> str:
    return " ".join(f"<http://n.example/{number}> <http://p.example/{half}> {number} ." for half in _HALVES)


def test_plain_store(tmp_path: Path) -> None:
    with plain_server(tmp_path, "--no-shapes") as server:
        killer = _Killer(server.served.process.pid, _KILLS or 30, 0.2)
        accept = {"Accept": "application/n-triples"}
        _written_until(
            killer,
            lambda number: server.update(f"INSERT DATA {{ {_data(number)} }}"),
            lambda: _rows(server.client.get("/store?default", headers=accept).text),
        )
        assert server.served.process.poll() is None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kills") / "home"
    built = kg("build", str(SEEDS / "004-goseong-staff-sergeant.md"), "--home", str(folder))
    assert built.returncode == 0, built.stderr
    return folder


def test_knowledge_graph(home: Path, tmp_path: Path) -> None:
    secret = Tokens(Home(home)).create("kills", "curate")
    few = ("--limit", "workers=2", "--limit", "spares=0", "--limit", "client_seconds=100000")
    accept = {"Accept": "application/n-triples"}

    with (
        serving(home, tmp_path / "errors", *few) as running,
        httpx.Client(base_url=running.url, headers={"Authorization": f"Bearer {secret}"}, timeout=600) as client,
    ):

        def write(number: int) -> httpx.Response:
            update = f"INSERT DATA {{ GRAPH <{_GRAPH}> {{ {_data(number)} }} }}"
            return client.post("/update", content=update.encode(), headers=_TYPE)

        def seen() -> Rows:
            found = client.get("/store", params={"graph": _GRAPH}, headers=accept)
            assert found.status_code in (200, 404)
            return _rows(found.text) if found.status_code == 200 else set()

        _written_until(_Killer(running.process.pid, _KILLS or 6, 6), write, seen)
        # What a writer recorded that was killed before it answered is served once another takes its place.
        assert eventually(lambda: write(_AFTER).status_code == 204)
        last = seen()
    # What the journal holds is what the next build holds.
    rebuilt = kg("build", str(SEEDS / "004-goseong-staff-sergeant.md"), "--home", str(home))
    assert rebuilt.returncode == 0, rebuilt.stderr
    asked = kg("query", f"SELECT ?s ?p {{ GRAPH <{_GRAPH}> {{ ?s ?p ?o }} }}", "--format", "tsv", "--home", str(home))
    assert _rows("\n".join(asked.stdout.splitlines()[1:])) == last
