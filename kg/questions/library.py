"""The questions there are, by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from kg.errors import NotFoundError
from kg.questions.header import question_of
from kg.questions.question import Question
from kg.resources import queries_dir

__all__ = ["UnknownQuestion", "question", "questions", "unknown_question"]


def questions(folder: Path | None = None) -> list[Question]:
    """All questions of a folder, sorted by name.

    Args:
        folder: The folder, by default the one that is shipped; that one is read once a process.

    Raises:
        UsageError: A header is not what it should be.
    """
    return list(_shipped()) if folder is None else _read(folder)


def question(name: str) -> Question:
    """The shipped question of a name.

    Raises:
        NotFoundError: There is none; the message gives names that are like it.
    """
    by_name = {found.name: found for found in _shipped()}
    if name in by_name:
        return by_name[name]
    raise NotFoundError(unknown_question(name, by_name, "kg ask lists those there are").message)


@dataclass(frozen=True)
class UnknownQuestion:
    """A name that no question has.

    Attributes:
        message: That, in a sentence, and what may have been meant.
        near: The names that are like it.
    """

    message: str
    near: list[str]


def unknown_question(name: str, names: Iterable[str], otherwise: str) -> UnknownQuestion:
    """What to say of a name that no question has.

    Args:
        name: The name.
        names: Those there are.
        otherwise: What to do where none is like it.

    >>> unknown_question("route", ["incidents", "routes"], "kg ask lists those there are").message
    "there is no question 'route': did you mean routes?"
    """
    near = get_close_matches(name[:100], list(names), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else otherwise
    return UnknownQuestion(f"there is no question '{name[:60]}': {hint}", near)


@cache
def _shipped() -> tuple[Question, ...]:
    return tuple(_read(queries_dir()))


def _read(folder: Path) -> list[Question]:
    return [question_of(path) for path in sorted(folder.glob("*.rq"))]
