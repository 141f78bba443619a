"""Tells whoever waits how it goes: one line a stage on the error stream, with the time since the start."""

from __future__ import annotations

import sys
import time

__all__ = ["Teller"]


class Teller:
    """A `kg.build_options.Reporter` that keeps silent about single files."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def stage(self, name: str, total: int = 0) -> None:
        """A stage begins."""
        many = f" ({total})" if total else ""
        print(f"{time.perf_counter() - self._began:7.1f} s  {name}{many}", file=sys.stderr, flush=True)

    def step(self, what: str) -> None:
        """One of thousands: nothing is told."""

    def warn(self, sentence: str) -> None:
        """Something is not wholly good."""
        print(f"           ! {sentence}", file=sys.stderr, flush=True)
