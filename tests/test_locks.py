from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.locks import exclusive
from tests.support.commands import environment

HOLD = """
import sys
from pathlib import Path
from kg.locks import exclusive
with exclusive(Path(sys.argv[1]), "the thing"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lock"
    told = pytest.raises(UsageError, match=f"the journal is being written by process {os.getpid()}")
    with exclusive(path, "the journal"), told, exclusive(path, "the journal"):
        raise AssertionError("two hold it")
    with exclusive(path, "the journal"):
        assert path.read_text() == f"{os.getpid()}\n"


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match=f"process {holder.pid}"), exclusive(path, "the thing"):
            raise AssertionError("two hold it")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with exclusive(path, "the thing"):
            assert path.read_text() == f"{os.getpid()}\n"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be made"), exclusive(tmp_path / "file" / "lock", "the thing"):
        raise AssertionError("it was made")
