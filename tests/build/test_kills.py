"""SIGKILL at random moments of a build: the old release stands and is served whole each time."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from kg.release.home import Home
from tests.support.commands import SEEDS, kg, start
from tests.support.serving import Server

KILLS = 20


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for path in SEEDS.glob("001-*"):
        shutil.copy(path, folder)
    return folder


def test_a_killed_build_changes_nothing(texts: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert kg("build", texts, "--home", home).returncode == 0
    old = Home(home).require_current()
    # Another text makes another release; how long its build takes bounds the moments of the kills.
    extra = texts / "zz-extra.md"
    extra.write_text(
        "---\npublished: 2019-08-02\n---\nA North Korean soldier crossed the Military Demarcation Line on Wednesday, "
        "the South Korean military said. He was taken into custody by South Korean troops.\n"
    )
    spare = tmp_path / "spare"
    shutil.copytree(home, spare, symlinks=True)
    began = time.monotonic()
    assert kg("build", texts, "--home", spare).returncode == 0
    length = time.monotonic() - began
    new = Home(spare).require_current().id
    moments = random.Random(20251019)
    killed = stood = 0
    with Server(home) as server:
        for _ in range(KILLS):
            child = start("build", texts, "--home", home)
            try:
                child.wait(timeout=moments.uniform(0.05, 0.9) * length)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                killed += 1
            child.communicate()
            current = Home(home).require_current()
            current.verify()
            answer = httpx.get(f"{server.url}/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }"})
            assert answer.status_code == 200
            assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) > 0
            stood += current.id == old.id
            if current.id != old.id:
                # Killed after the swap, or done before the kill: the new release is whole; begin again from the old.
                assert current.id == new
                assert kg("releases", "rollback", old.id, "--home", home).returncode == 0
                shutil.rmtree(home / "cache" / "builds", ignore_errors=True)
    assert killed >= KILLS // 2
    assert stood >= KILLS // 2
    assert kg("build", texts, "--home", home).returncode == 0
    assert Home(home).require_current().id != old.id
    assert not list((home / "releases").glob(".building-*"))
