from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.release import Home, publish
from tests.release.content import content

HOLD = """
import sys
from pathlib import Path
from kg.release import Home
with Home(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_home_is_the_argument_then_the_variable_then_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_HOME", "from-variable")
    assert Home().path == Path("from-variable")
    assert Home("given").path == Path("given")
    monkeypatch.setenv("KG_HOME", "")
    assert Home().path == Path(".kg")


def test_a_home_that_was_never_built_in_has_no_release_and_says_what_to_do(tmp_path: Path) -> None:
    home = Home(tmp_path / "nothing")
    assert home.current() is None
    with pytest.raises(UsageError, match=r"no release in .*nothing: run kg build"):
        home.require_current()
    assert not home.path.exists()


def test_a_link_to_nothing_and_a_file_in_its_place_are_named(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.current_link.symlink_to("releases/gone")
    with pytest.raises(UsageError, match="points to releases/gone, which is gone"):
        home.current()
    home.current_link.unlink()
    home.current_link.write_text("x")
    with pytest.raises(UsageError, match="is no symbolic link"):
        home.current()


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match=r"file.* cannot be used as a home"), Home(tmp_path / "file").lock():
        pass


def test_a_second_builder_is_told_the_process_of_the_first(tmp_path: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdin is not None
    assert first.stdout is not None
    try:
        assert first.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match=f"is being changed by process {first.pid}:"):
            publish(Home(tmp_path), content())
        first.kill()
        first.wait()
        assert publish(Home(tmp_path), content()).id == Home(tmp_path).require_current().id
    finally:
        first.kill()
        first.wait()
        first.stdin.close()
        first.stdout.close()


def test_the_lock_may_be_taken_again_by_its_thread_and_by_no_other(tmp_path: Path) -> None:
    refused: list[str] = []

    def other() -> None:
        try:
            with Home(tmp_path).lock():
                refused.append("got it")
        except UsageError as error:
            refused.append(str(error))

    with Home(tmp_path).lock(), Home(tmp_path).lock():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(refused) == 1
    assert "another thread" in refused[0]
    with Home(tmp_path).lock():  # it was given back
        pass
