"""Tells a person how a build goes: a progress bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

__all__ = ["ConsoleReporter"]


class ConsoleReporter:
    """A `kg.build.Reporter` on the error stream, so that the standard output stays clean."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> ConsoleReporter:
        if self._console.is_terminal:
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, TimeElapsedColumn(), console=self._console, transient=True)
            self._bar.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def stage(self, name: str, total: int = 0) -> None:
        """A stage begins."""
        if self._bar is None:
            print(f"{name}{f' ({total})' if total else ''}", file=sys.stderr, flush=True)
            return
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(name, total=total or None)

    def step(self, what: str) -> None:
        """One step of the stage is done."""
        if self._bar is None:
            print(f"  {what}", file=sys.stderr, flush=True)
        elif self._task is not None:
            self._bar.advance(self._task)

    def warn(self, sentence: str) -> None:
        """Something is not wholly good: the line stays on the screen."""
        if self._bar is None:
            print(f"! {sentence}", file=sys.stderr, flush=True)
        else:
            self._bar.console.print(f"! {sentence}", markup=False)
