"""Snapshots: whole or not at all, one writer, and the working store is never trusted after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import GraphError, UsageError
from kg.release import Home, Manifest
from kg.release.snapshots import Snapshots

ROOT = Path(__file__).resolve().parents[2]
A, P = NamedNode("http://a"), NamedNode("http://p")


def _manifest(revision: int) -> Manifest:
    return Manifest(id="plain", digest="", created="", software="", quads=0, revision=revision)


def _quad(value: object) -> Quad:
    return Quad(A, P, Literal(str(value)))


def test_snapshot_is_what_the_store_held(tmp_path: Path) -> None:
    snapshots = Snapshots(Home(tmp_path))
    assert snapshots.current() is None
    with snapshots.writing():
        store = snapshots.copy(None)
        store.add(_quad(1))
        first = snapshots.publish(store, _manifest(1))
        store.add(_quad(2))
        assert list(Store.read_only(str(first.store_path))) == [_quad(1)]
        second = snapshots.publish(store, _manifest(2))
    served = snapshots.current()
    assert served is not None
    assert served.path == second.path
    assert (served.revision, served.manifest.quads) == ("plain.2", 2)
    assert set(Store.read_only(str(served.store_path))) == {_quad(1), _quad(2)}
    assert list(Store.read_only(str(first.store_path))) == [_quad(1)]


def test_copy_forgets_what_was_not_published(tmp_path: Path) -> None:
    snapshots = Snapshots(Home(tmp_path))
    with snapshots.writing():
        store = snapshots.copy(None)
        store.add(_quad(1))
        served = snapshots.publish(store, _manifest(1))
        store.add(_quad(2))
        del store
        assert list(snapshots.copy(served)) == [_quad(1)]


def test_one_writer(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.release import Home\n"
        "from kg.release.snapshots import Snapshots\n"
        "with Snapshots(Home(Path(sys.argv[1]))).writing(): print('in', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == "in\n"
    held = rf"is being written by process {other.pid}: stop the server that takes its writes"
    with pytest.raises(UsageError, match=held), Snapshots(Home(tmp_path)).writing():
        pass
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()
    with Snapshots(Home(tmp_path)).writing():
        pass


def test_a_snapshot_that_is_gone_is_told(tmp_path: Path) -> None:
    snapshots = Snapshots(Home(tmp_path))
    snapshots.link.symlink_to("snapshots/plain.1")
    with pytest.raises(GraphError, match=r"points to snapshots/plain\.1, which is gone"):
        snapshots.current()


def test_old_ones_go(tmp_path: Path) -> None:
    snapshots = Snapshots(Home(tmp_path))
    with snapshots.writing():
        store = snapshots.copy(None)
        made = []
        for number in (1, 2, 3):
            store.add(_quad(number))
            made.append(snapshots.publish(store, _manifest(number)).path)
        os.utime(made[0], (0, 0))
        snapshots.prune(60)
        assert [path.exists() for path in made] == [False, True, True]
        for path in made[1:]:
            os.utime(path, (0, 0))
        snapshots.prune(60)
    # The one that is served stays, however old.
    assert [path.exists() for path in made] == [False, False, True]


_WRITER = """
import sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from kg.release import Home, Manifest
from kg.release.snapshots import Snapshots

snapshots = Snapshots(Home(Path(sys.argv[1])))
with snapshots.writing():
    served = snapshots.current()
    number = served.manifest.revision if served else 0
    store = snapshots.copy(served)
    while True:
        number += 1
        # Two quads a write: half of one would show.
        store.extend([Quad(NamedNode("http://a"), NamedNode(f"http://p/{half}"), Literal(number)) for half in "ab"])
        snapshots.publish(store, Manifest(id="plain", digest="", created="", software="", quads=0, revision=number))
        print(number, flush=True)
"""


def test_kills_lose_nothing_and_show_no_half(tmp_path: Path) -> None:
    acknowledged = 0
    for kill in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert writer.stdout is not None
        for _ in range(1 + kill % 3):
            acknowledged = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else acknowledged
        writer.wait()
        writer.stdout.close()
        served = Snapshots(Home(tmp_path)).current()
        assert served is not None
        number = served.manifest.revision
        assert number in (acknowledged, acknowledged + 1)
        held = {(q.predicate.value[-1], int(q.object.value)) for q in Store.read_only(str(served.store_path))}
        assert held == {(half, n) for half in "ab" for n in range(1, number + 1)}
