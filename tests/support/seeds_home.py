"""The release of the seeds, which many tests look at: built once in a run, whichever process asks first."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kg.locks import exclusive
from tests.support.commands import SEEDS, kg

__all__ = ["copied_seeds"]


def copied_seeds(factory: pytest.TempPathFactory) -> Path:
    """A home of one's own with the release of the seeds.

    Args:
        factory: Makes its folder; the processes of a run have their folders in one.
    """
    own = factory.getbasetemp()
    run = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
    built = run / "seeds-of-the-run" / "home"
    with exclusive(built.with_name("lock"), "the release of the seeds", wait=True):
        if not built.exists():
            making = built.with_name("making")
            done = kg("build", SEEDS, "--home", making)
            assert done.returncode == 0, done.stdout + done.stderr
            making.rename(built)
    copy = factory.mktemp("seeds") / "home"
    shutil.copytree(built, copy, symlinks=True)
    return copy
