"""Where the W3C test suites are, for tests that run when they are there."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["w3c_sparql"]


def w3c_sparql() -> Path | None:
    """The folder of the SPARQL suites, with `sparql10` and `sparql11` in it, or None where it is not there."""
    shared = Path(os.environ.get("CROSSINGS_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    folder = shared / "w3c" / "sparql"
    return folder if folder.is_dir() else None
