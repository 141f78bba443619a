"""What a program gives to the client, looked at before it is used: texts, whole numbers, seconds."""

from __future__ import annotations

import math

from kg.errors import UsageError

__all__ = ["given_number", "given_seconds", "given_text"]


def given_text(what: str, value: object) -> str:
    """A text of characters.

    Args:
        what: What it is, for the message: `the query`.
        value: What was given.

    Raises:
        UsageError: It is no text, or holds half a character.
    """
    if not isinstance(value, str):
        raise UsageError(f"{what} is {_named(value)}: give a text")
    half = next((at for at, mark in enumerate(value) if "\ud800" <= mark <= "\udfff"), None)
    if half is not None:
        raise UsageError(f"{what} holds a lone surrogate at {half}, which is no character")
    return value


def given_number(what: str, value: object, least: int, most: int) -> int:
    """A whole number within bounds.

    Raises:
        UsageError: It is none.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise UsageError(f"{what} is {_named(value)}: give a number from {least} to {most}")
    if not least <= value <= most:
        raise UsageError(f"{what} is {value}: give a number from {least} to {most}")
    return value


def given_seconds(what: str, value: object, *, none: bool = False) -> float:
    """A number of seconds.

    Args:
        what: What it is, for the message.
        value: What was given.
        none: Whether it may be 0.

    Raises:
        UsageError: It is no number, below 0 or without end.
    """
    wanted = "a number of seconds not below 0" if none else "a number of seconds above 0"
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise UsageError(f"{what} is {_named(value)}: give {wanted}")
    if not math.isfinite(value) or value < 0 or (value == 0 and not none):
        raise UsageError(f"{what} is {value:g}: give {wanted}")
    return float(value)


def _named(value: object) -> str:
    return "None" if value is None else f"of the type {type(value).__name__}"
