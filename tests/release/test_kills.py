"""A builder that publishes in a loop is killed at random moments: the home must open whole each time."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import tests.release.content as made
from kg.querying import open_release, rows
from kg.release import Home, publish, releases

KILLS = 20
ROOT = Path(made.__file__).resolve().parents[2]


def test_killed_at_twenty_moments_a_whole_release_stands(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, made.content(1))
    moments = random.Random(20)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    left_behind = 0
    for kill in range(KILLS):
        start = 100 * (kill + 1)
        command = [sys.executable, "-m", "tests.release.content", str(tmp_path), str(start)]
        builder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert builder.stdout is not None
        published = builder.stdout.readline().strip()
        # One publication takes some 50 to 100 ms here: the moment falls anywhere within one or two of them.
        time.sleep(moments.uniform(0, 0.15))
        os.kill(builder.pid, signal.SIGKILL)
        rest = builder.stdout.read().split()
        assert builder.wait() == -signal.SIGKILL
        builder.stdout.close()

        last = [published, *rest][-1]
        assert len(last) == 16
        left_behind += len(list(home.path.rglob(".building-*")))
        known = releases(home)
        current = home.require_current()
        assert current.problems() == []
        # What was said to be published is there; the current one is that, or one that was swapped in after it.
        at = [release.id for release in known].index(last)
        assert current.id in [release.id for release in known[: at + 1]]
        (row,) = rows(open_release(current), "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }").rows
        assert getattr(row[0], "value", "") == str(current.manifest.counts["Incident"])
    assert left_behind > 0, "no kill fell into a publication: the test proves nothing"
    publish(home, made.content(2))
    assert list(home.path.rglob(".building-*")) == []
    assert all(release.problems() == [] for release in releases(home))
