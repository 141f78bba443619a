"""`kg query`: ask the current release a SPARQL query."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import DefaultGraph, Literal, NamedNode
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.options import HomeOption
from kg.cli.output import OutputOption, write_output
from kg.errors import UsageError
from kg.formats import FORMATS, by_name
from kg.namespaces import curie, expand
from kg.query_text import QueryText
from kg.querying import ReleaseStore, Rows, Value, open_release, rows, run
from kg.release import DEFAULT_HOME, Home

__all__ = ["query", "register"]

_NAMES = ", ".join(format.name for format in FORMATS)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(query)


def query(
    question: Annotated[str, typer.Argument(metavar="QUERY|FILE|-", help="SPARQL, a file of it, or '-' for stdin.")],
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help=f"table, {_NAMES}. [default: table on a terminal, else csv or turtle]"),
    ] = None,
    output: OutputOption = "-",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Ask the current release; the project's prefixes need no declaration."""
    text = QueryText(read_question(question))
    held = open_release(Home(home).require_current())
    kind = text.kind
    if format is None:
        on_terminal = output == "-" and sys.stdout.isatty()
        format = "table" if on_terminal else {"results": "csv", "graph": "turtle", "dataset": "nquads"}[kind]
    if format == "table":
        if output != "-":
            raise UsageError("--format table is for the terminal: name another format for --output")
        found = rows(held, text)
        _print_table(held, found)
        hint = found.hint
    else:
        answer = run(held, text, by_name(format, kind))
        write_output(output, [answer.body])
        hint = answer.hint
    if hint is not None:
        typer.echo(f"hint: {hint}", err=True)


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


def _print_table(held: ReleaseStore, found: Rows) -> None:
    @lru_cache(maxsize=10_000)
    def label_of(iri: str) -> str:
        labels = held.store.quads_for_pattern(NamedNode(iri), NamedNode(expand("skos:prefLabel")), None, DefaultGraph())
        return min((quad.object.value for quad in labels if isinstance(quad.object, Literal)), default=curie(iri))

    def cell(value: Value) -> Text:
        if value is None:
            return Text("")
        shown = label_of(value.value) if isinstance(value, NamedNode) else getattr(value, "value", str(value))
        return Text(_harmless(shown), style="cyan" if isinstance(value, NamedNode) else "")

    table = Table()
    for name in found.variables:
        table.add_column(Text(_harmless(name)))
    for row in found.rows:
        table.add_row(*map(cell, row))
    console = Console()
    console.print(table)
    console.print(f"{len(found.rows)} row{'' if len(found.rows) == 1 else 's'}", style="dim")


def _harmless(text: str) -> str:
    """Text without control characters: strangers' text must not steer a terminal."""
    return "".join(mark if mark.isprintable() or mark == "\n" else "\ufffd" for mark in text)
