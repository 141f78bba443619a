"""A release that is published, rolled back, pruned or broken under a running server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kg.errors import GraphError, UsageError
from kg.release import Home, Release, prune, publish, rollback
from kg.release.manifest import Reissue
from kg.release.reissue import prepare, swap_in
from server.releases.served_release import ServedRelease
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


def reissued(home: Home, release: Release, number: int) -> None:
    note = Reissue(supersedes=release.id, digest=release.manifest.digest, on="2031-06-01")
    with home.lock():
        swap_in(home, [prepare(home, release, content(number), note)])


def test_one_that_was_issued_again_is_told_of_once_and_is_served_whatever_it_lacks(tmp_path: Path) -> None:
    home = Home(tmp_path)
    older, current = (publish(home, content(incidents)) for incidents in (1, 2))
    ids = older.id, current.id
    told: list[str] = []
    served = ServedRelease(home, on_reissue=lambda release: told.append(release.id), behind=lambda release: True)
    assert served.get().id == ids[1]
    reissued(home, current, 3)
    assert served.held is None
    assert (served.get().id, served.get().id) == (f"{ids[1]}+r1",) * 2
    assert served.failure is None
    reissued(home, older, 4)
    assert told == [f"{ids[1]}+r1"]
    assert served.older(ids[0]).id == served.older(f"{ids[0]} r1").id == f"{ids[0]}+r1"
    assert told == [f"{ids[1]}+r1", f"{ids[0]}+r1"]
    assert ServedRelease(home, on_reissue=lambda release: told.append(release.id)).get().id == f"{ids[1]}+r1"
    assert len(told) == 2, "a server that began behind it has nothing to forget"


def test_nobody_is_answered_from_what_was_issued_again_though_the_new_one_is_broken(tmp_path: Path) -> None:
    home = Home(tmp_path)
    release = publish(home, content(1))
    served = ServedRelease(home)
    assert served.get().id == release.id
    reissued(home, release, 2)
    for path in home.require_current().store_path.iterdir():
        path.unlink()
    with pytest.raises(GraphError):
        served.get()


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
