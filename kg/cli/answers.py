"""An answer of the graph on a terminal or in a file: what `kg query` and `kg ask` share."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Annotated

import typer
from pyoxigraph import DefaultGraph, Literal, NamedNode
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.answer_csv import answer_csv
from kg.cli.output import write_output
from kg.errors import UsageError
from kg.formats import FORMATS, by_name
from kg.namespaces import curie, expand
from kg.query_text import QueryText
from kg.querying import ReleaseStore, Rows, Value, rows, run

__all__ = ["AnswerFormat", "tell_answer"]

_NAMES = ", ".join(format.name for format in FORMATS if format.kinds != ("table",))

AnswerFormat = Annotated[
    str | None,
    typer.Option("--format", "-f", help=f"table, {_NAMES}. [default: table on a terminal, else csv or turtle]"),
]


def tell_answer(held: ReleaseStore, text: QueryText, format: str | None, output: str, *, guarded: bool = False) -> None:
    """Ask a query and write its answer; a hint on why it may be empty goes to the error stream.

    Args:
        held: What is asked.
        text: The query.
        format: The name of a format or `table`; absent, a table on a terminal, else CSV or Turtle.
        output: A file's path, or `-`.
        guarded: Whether CSV is for people, and no cell of it runs as a formula; else it is that of SPARQL 1.1.

    Raises:
        UsageError: The format does not fit the answer or the place, or the file cannot be written.
        QueryError: The query cannot be asked.
    """
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
    elif guarded and by_name(format, kind).name == "csv":
        found = rows(held, text)
        write_output(output, [answer_csv(found.variables, found.rows)])
        hint = found.hint
    else:
        answer = run(held, text, by_name(format, kind))
        write_output(output, [answer.body])
        hint = answer.hint
    if hint is not None:
        typer.echo(f"hint: {hint}", err=True)


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
