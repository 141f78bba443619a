from __future__ import annotations

import pytest

from kg import errors
from kg.errors import CrossingsError, ExitCode, InputError, QueryError


def test_the_exit_codes_are_the_documented_ones() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4]
    assert all(code.meaning for code in ExitCode)


@pytest.mark.parametrize("name", [n for n in errors.__all__ if n.endswith("Error")])
def test_every_error_says_its_exit_code(name: str) -> None:
    kind = getattr(errors, name)
    assert issubclass(kind, CrossingsError)
    assert kind.exit_code in ExitCode
    assert name in (errors.__doc__ or ""), "the tree in the module's docstring is complete"


def test_errors_carry_what_they_are_about() -> None:
    error = InputError("a.txt", "is empty")
    assert (str(error), error.path, error.exit_code) == ("a.txt: is empty", "a.txt", 2)
    assert QueryError("no", 3, 4).line == 3
