"""`kg ask`: ask a question of the library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.answers import AnswerFormat, tell_answer
from kg.cli.options import HomeOption
from kg.cli.output import OutputOption
from kg.errors import UsageError
from kg.query_text import QueryText
from kg.querying import open_release
from kg.questions import Question, question, questions
from kg.questions.parameters import written
from kg.release import DEFAULT_HOME, Home, find

__all__ = ["ask", "register"]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    # What a question takes is known when its name has been read, so its parameters come as further words.
    app.command(context_settings={"ignore_unknown_options": True})(ask)


def ask(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME] [--PARAMETER VALUE]...", help="The question and its parameters; none lists all questions."
        ),
    ] = None,
    about: Annotated[bool, typer.Option("--about", help="Say what the question asks, takes and answers.")] = False,
    format: AnswerFormat = None,
    output: OutputOption = "-",
    release: Annotated[str | None, typer.Option("--release", metavar="ID", help="Another release.")] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Ask a question of the library; without a name, list the questions.

    CSV is for spreadsheets: an apostrophe stands before a text that would run as a formula. That of kg query is exact.
    """
    name, given = _read(words or [])
    if name is None:
        if given:
            raise UsageError(f"--{next(iter(given))} needs a question: kg ask NAME --{next(iter(given))} VALUE")
        _list()
        return
    found = question(name)
    if about:
        _about(found)
        return
    text = QueryText(found.bound(found.terms(given)))
    where = Home(home)
    held = open_release(find(where, release) if release is not None else where.require_current())
    tell_answer(held, text, format, output, guarded=True)


def _read(words: list[str]) -> tuple[str | None, dict[str, str]]:
    """The name of the question and the texts of its parameters.

    Raises:
        UsageError: The words are not a name and `--parameter value`.
    """
    name: str | None = None
    given: dict[str, str] = {}
    rest: Iterator[str] = iter(words)
    for word in rest:
        if not word.startswith("-"):
            if name is not None:
                raise UsageError(f"'{word}' comes after the question {name}: give a parameter as --parameter VALUE")
            name = word
            continue
        parameter, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not parameter:
            raise UsageError(f"there is no option {word}: give a parameter as --parameter VALUE")
        if not equals:
            following = next(rest, None)
            if following is None:
                raise UsageError(f"{word} has no value: give it as {word} VALUE")
            value = following
        if parameter in given:
            raise UsageError(f"--{parameter} is given twice: give it once")
        given[parameter] = value
    return name, given


def _list() -> None:
    console = Console()
    table = Table("question", "what", "parameters", box=None, pad_edge=False)
    for found in questions():
        table.add_row(Text(found.name), Text(found.title), Text(", ".join(each.name for each in found.parameters)))
    console.print(table)
    console.print("kg ask NAME asks one; kg ask NAME --about says what it takes and answers.", style="dim")


def _about(found: Question) -> None:
    console = Console()
    console.print(Text(found.title, style="bold"))
    console.print(Text(found.description))
    if found.parameters:
        table = Table("parameter", "a value is", "default", "what", box=None, pad_edge=False)
        for each in found.parameters:
            default = written(each.default) if each.default is not None else ""
            table.add_row(Text(f"--{each.name}"), Text(each.words), Text(default), Text(each.meaning))
        console.print()
        console.print(table)
    table = Table("column", "type", "what", box=None, pad_edge=False)
    for column in found.columns:
        table.add_row(Text(column.name), Text(column.kind), Text(column.meaning))
    console.print()
    console.print(table)
