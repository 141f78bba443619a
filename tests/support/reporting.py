"""A reporter that nobody listens to."""

from __future__ import annotations

__all__ = ["Silent"]


class Silent:
    """A `kg.build.Reporter` that keeps what it is warned of."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def stage(self, name: str, total: int = 0) -> None:
        del name, total

    def step(self, what: str) -> None:
        del what

    def warn(self, sentence: str) -> None:
        self.warnings.append(sentence)
