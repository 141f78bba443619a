"""Limits that a number of an evaluation must keep, so that a build can fail where it is not good enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import msgspec

from kg.errors import UsageError
from kg.evaluate.report import Report

__all__ = ["Limit", "read_limits"]


@dataclass(frozen=True)
class Limit:
    """The name of a number, and the least or greatest value that it may have.

    The name is the keys of `kg.evaluate.report.Numbers` that lead to it, with points between; `without_disputed.`
    before it means the number without the disputed rows.
    """

    name: str
    value: float
    least: bool

    def broken(self, report: Report) -> str | None:
        """A sentence if the limit is not kept; None if it is.

        Raises:
            UsageError: There is no number of that name.
        """
        numbers = msgspec.to_builtins(report.numbers)
        if report.without_disputed is not None:
            numbers["without_disputed"] = msgspec.to_builtins(report.without_disputed)
        found = self._number(numbers)
        if found is None:
            return f"{self.name} cannot be said, for the gold has nothing of it: it does not keep {self.value:g}"
        if self.least and found < self.value:
            return f"{self.name} is {found:.4g}, which is less than {self.value:g}"
        if not self.least and found > self.value:
            return f"{self.name} is {found:.4g}, which is more than {self.value:g}"
        return None

    def _number(self, numbers: Any) -> float | None:
        at, walked = numbers, ""
        for key in self.name.split("."):
            if not isinstance(at, dict) or key not in at:
                known = ", ".join(at) if isinstance(at, dict) else "nothing below"
                raise UsageError(f"no number '{self.name}': {walked or 'the report'} has {known}")
            at, walked = at[key], f"{walked}.{key}".removeprefix(".")
        if isinstance(at, dict):
            raise UsageError(f"'{self.name}' is no number: name one of {', '.join(f'{self.name}.{key}' for key in at)}")
        return None if at is None else float(at)


def read_limits(at_least: Sequence[str], at_most: Sequence[str]) -> list[Limit]:
    """The limits that options give, each `NAME=VALUE`.

    Raises:
        UsageError: An option that is no name with a number.
    """
    limits = []
    for option, words, least in (("--at-least", at_least, True), ("--at-most", at_most, False)):
        for word in words:
            name, _, value = word.partition("=")
            try:
                number = float(value)
            except ValueError:
                number = nan
            if not name.strip() or not isfinite(number):
                raise UsageError(f"{option} '{word}': give NUMBER=VALUE, as entity.Incident.f1=0.85")
            limits.append(Limit(name.strip(), number, least))
    return limits
