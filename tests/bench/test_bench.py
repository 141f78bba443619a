"""The measurements run and say what they measured; how fast or how much is for `bench/README.md`, not for a test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def measured(module: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", module, "--json", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode in {0, 1}, done.stderr  # 1: the limit is not kept, which few texts cannot tell
    found: dict[str, float] = json.loads(done.stdout)
    return found


def test_speed_is_a_ratio_to_the_parser_in_one_run() -> None:
    found = measured("bench.speed", "--texts", "4", "--repetitions", "1")
    assert found["texts"] == 4
    assert found["read and extract, ratio"] > 1
    assert found["read, extract, link and map, ratio"] > found["read and extract, ratio"]


def test_memory_is_looked_at_twice() -> None:
    found = measured("bench.memory", "--few", "3", "--many", "6")
    assert found["current 3"] > 0
    assert found["current ratio"] == pytest.approx(found["current 6"] / found["current 3"])
    assert found["peak 6"] >= found["peak 3"]
