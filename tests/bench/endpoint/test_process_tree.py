from __future__ import annotations

import os
import subprocess
import sys

from bench.endpoint.process_tree import descendants, memory

CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
GRANDCHILD = "import sys; held = bytearray(30 * 2**20); print('ready', flush=True); sys.stdin.read()"


def test_a_tree_counts_with_all_that_descends_from_it() -> None:
    command = [sys.executable, "-c", CHILD, GRANDCHILD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        family = descendants(child.pid)
        taken = memory(child.pid)
        assert child.stdin is not None
        child.stdin.close()
    assert family[0] == child.pid
    assert len(family) == taken.processes == 2
    assert set(family) < set(descendants(os.getpid()) + family)
    assert taken.rss >= taken.pss > 30


def test_a_process_that_is_gone_takes_nothing() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert memory(child.pid) == (0, 0, 0)
