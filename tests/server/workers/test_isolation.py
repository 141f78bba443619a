"""Each protection of a worker holds alone: a process protects itself, then tries what it must not be able to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tests.server.no_namespace as no_namespace
from server.workers.isolation import PROTECTIONS, lower_priority
from tests.server.listener import SilentListener
from tests.server.serving import environment

#: Protects itself, runs the lines that follow, and tells what holds and which error, by its number, each line met.
SCRIPT = """
import json, os, signal, socket, sys
from server.workers.isolation import isolate, listen_inside

held = isolate(int(sys.argv[1]), sockets=sys.argv[2] == "sockets")
met = []
for line in sys.argv[3:]:
    try:
        exec(line)
        met.append(None)
    except OSError as error:
        met.append(error.errno)
    except MemoryError:
        met.append("no memory")
print(json.dumps([held, met]))
"""
GIGABYTE = 1_000_000_000
Told = tuple[dict[str, bool], list[int | str | None]]


def protected(*lines: str, sockets: bool = False, before: tuple[str, ...] = ()) -> Told:
    given = [*before, sys.executable, "-W", "error", "-c", SCRIPT, str(GIGABYTE), "sockets" if sockets else "none"]
    done = subprocess.run([*given, *lines], capture_output=True, text=True, env=environment(), timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    held, met = json.loads(done.stdout)
    return held, met


def connecting(listener: SilentListener) -> str:
    return f"socket.create_connection(('127.0.0.1', {listener.port}), 5)"


WITHOUT_NAMESPACE = (sys.executable, no_namespace.__file__)


@pytest.fixture
def namespaces() -> None:
    held, _met = protected(sockets=True)
    if not held["network-namespace"]:
        pytest.skip("this system gives no process a network namespace of its own")


def test_all_protections_have_a_word_and_are_told() -> None:
    held, _met = protected()
    assert list(held) == list(PROTECTIONS)
    assert held["memory-limit"]
    assert held["no-file-writes"]
    assert held["ends-with-server"]
    assert held["no-sockets"] or held["network-namespace"]


@pytest.mark.usefixtures("namespaces")
def test_the_namespace_alone_leaves_nothing_to_reach() -> None:
    with SilentListener() as listener:
        udp = f"socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {listener.port}))"
        outside = "socket.create_connection(('192.0.2.1', 80), 5)"
        held, met = protected("socket.socket()", connecting(listener), udp, outside, sockets=True)
        assert held["network-namespace"]
        assert not held["no-sockets"]
        assert met[0] is None
        assert all(isinstance(number, int) and os.strerror(number) == "Network is unreachable" for number in met[1:])
        assert listener.callers() == []


@pytest.mark.usefixtures("namespaces")
def test_the_loopback_inside_the_namespace_is_another_one() -> None:
    with SilentListener() as listener:
        inside = "taken = listen_inside(); socket.create_connection(taken.getsockname(), 5)"
        _held, met = protected(inside, connecting(listener), sockets=True)
        assert met[0] is None
        assert isinstance(met[1], int)
        assert os.strerror(met[1]) == "Connection refused"
        assert listener.callers() == []


def test_the_filter_alone_lets_no_socket_be_made() -> None:
    kinds = ["socket.socket(socket.AF_INET)", "socket.socket(socket.AF_INET6)", "socket.socket(socket.AF_UNIX)"]
    with SilentListener() as listener:
        held, met = protected(*kinds, connecting(listener), before=WITHOUT_NAMESPACE)
        assert not held["network-namespace"]
        assert held["no-sockets"]
        assert [isinstance(number, int) and os.strerror(number) for number in met] == ["Permission denied"] * 4
        assert listener.callers() == []


def test_a_process_that_is_not_protected_is_heard() -> None:
    with SilentListener() as listener:
        subprocess.run([sys.executable, "-c", f"import socket; {connecting(listener)}.close()"], check=True, timeout=60)
        assert len(listener.callers()) == 1


def test_memory_is_bounded() -> None:
    _held, met = protected(f"bytearray({GIGABYTE // 4})", f"bytearray({GIGABYTE})")
    assert met == [None, "no memory"]


def test_no_file_can_be_written(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"as it was")
    new = tmp_path / "new"
    lines = [f"os.write(os.open({str(path)!r}, os.O_WRONLY | os.O_CREAT), b'x')" for path in (kept, new)]
    _held, met = protected(*lines, f"os.truncate({str(new)!r}, 100)")
    assert [isinstance(number, int) and os.strerror(number) for number in met] == ["File too large"] * 3
    assert kept.read_bytes() == b"as it was"
    assert new.read_bytes() == b""


def test_what_a_process_has_open_can_still_be_written() -> None:
    _held, met = protected("os.write(1, b'')", "os.write(os.pipe()[1], b'x')")
    assert met == [None, None]


def test_a_process_gives_way_to_others() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as process:
        assert lower_priority(process.pid, 19)
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == 19
    assert not lower_priority(process.pid, 19)
