"""A release that is published, rolled back, pruned or broken under a running server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kg.errors import UsageError
from kg.release import Home, prune, publish, rollback
from server.release import ServedRelease
from tests.release.content import content
from tests.server.serving import serving

COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?i a cx:Incident }"}


def eventually(done: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.02)
    return False


def test_no_request_is_dropped_while_releases_come_and_go(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    publish(home, content(1))
    seen: list[tuple[int, str]] = []
    stop = threading.Event()
    with serving(home.path, tmp_path / "errors") as served:

        def ask() -> None:
            with httpx.Client(base_url=served.url, timeout=30) as client:
                while not stop.is_set():
                    answer = client.get("/sparql", params=COUNT)
                    value = answer.json()["results"]["bindings"][0]["n"]["value"] if answer.is_success else answer.text
                    seen.append((answer.status_code, value))

        asking = [threading.Thread(target=ask) for _ in range(3)]
        for thread in asking:
            thread.start()
        try:
            # The first release is asked before the second may take its place.
            assert eventually(lambda: (200, "1") in seen)
            for incidents in (2, 3, 4, 5):
                publish(home, content(incidents))
                assert eventually(lambda wanted=str(incidents): (200, wanted) in seen)  # type: ignore[misc]
            rollback(home)
            mark = len(seen)
            assert eventually(lambda: (200, "4") in seen[mark:])
            prune(home, 1)
        finally:
            stop.set()
            for thread in asking:
                thread.join()
        health = httpx.get(f"{served.url}/health").json()
        assert health["release"] == home.require_current().id
    assert {status for status, _value in seen} == {200}
    assert {value for _status, value in seen} == {"1", "2", "3", "4", "5"}


def test_a_release_that_cannot_be_opened_leaves_the_one_before(tmp_path: Path) -> None:
    home = Home(tmp_path)
    good = publish(home, content(1))
    served = ServedRelease(home)
    assert served.get().id == good.id
    broken = publish(home, content(2))
    (broken.store_path / "CURRENT").write_text("MANIFEST-999999\n")
    assert served.get().id == good.id
    assert served.failure is not None
    assert "cannot be opened" in served.failure
    rollback(home, good.id)
    assert served.get().id == good.id
    mended = publish(home, content(2))
    assert served.get().id == mended.id == broken.id
    assert served.failure is None


def test_a_home_that_vanishes_leaves_the_open_release(tmp_path: Path) -> None:
    home = Home(tmp_path)
    release = publish(home, content(1))
    served = ServedRelease(home)
    assert served.get().id == release.id
    home.current_link.unlink()
    assert served.get().id == release.id


def test_a_home_without_a_release_has_none_to_serve(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="run kg build"):
        ServedRelease(Home(tmp_path)).get()
