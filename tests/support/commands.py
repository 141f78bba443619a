"""Runs the command `kg` as a process of its own, as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["ROOT", "SEEDS", "environment", "kg", "shared", "start"]

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"


def shared() -> Path | None:
    """The folder of the originals and the gold, where it is there."""
    folder = Path(os.environ.get("CROSSINGS_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "seeds").is_dir() else None


def environment() -> dict[str, str]:
    """The environment of a child: the checkout is importable, and no setting of the user's leaks in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"}


def start(*arguments: str | Path, cwd: Path | None = None) -> subprocess.Popen[str]:
    """Start `kg` and do not wait for it."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=cwd, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def kg(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `kg` to its end."""
    child = start(*arguments, cwd=cwd)
    out, err = child.communicate(timeout=600)
    return subprocess.CompletedProcess(child.args, child.returncode, out, err)
