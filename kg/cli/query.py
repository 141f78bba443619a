"""`kg query`: ask the current release a SPARQL query."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.answers import AnswerFormat, tell_answer
from kg.cli.options import HomeOption
from kg.cli.output import OutputOption
from kg.errors import UsageError
from kg.query_text import QueryText
from kg.querying import open_release
from kg.release import DEFAULT_HOME, Home

__all__ = ["query", "register"]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(query)


def query(
    question: Annotated[str, typer.Argument(metavar="QUERY|FILE|-", help="SPARQL, a file of it, or '-' for stdin.")],
    format: AnswerFormat = None,
    output: OutputOption = "-",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Ask the current release; the project's prefixes need no declaration."""
    text = QueryText(read_question(question))
    tell_answer(open_release(Home(home).require_current()), text, format, output)


def read_question(question: str) -> str:
    """The query that an argument stands for: standard input, a file's text, or the argument itself.

    Raises:
        UsageError: A file is named that is not there or is not UTF-8.
    """
    try:
        if question == "-":
            return sys.stdin.buffer.read().decode()
        # No query is a file's name: it has a bracket. Asking the file system for it might fail for its length alone.
        if "{" not in question and "\n" not in question:
            path = Path(question)
            if path.is_file() or path.suffix in (".rq", ".sparql"):
                return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"{question}: the query is not UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise UsageError(f"{question}: the query cannot be read ({error.strerror})") from error
    return question
