"""`kg export`: the current release as a file: its graphs, straight from its sorted data, or the table of a class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from kg.cli.options import HomeOption
from kg.cli.output import OutputOption, write_output
from kg.errors import UsageError
from kg.exporting import exported
from kg.formats import Format, formats_for
from kg.querying import open_release
from kg.release import DEFAULT_HOME, Home, Release, find
from kg.tables import TABLES, Table, encoded, rows, table_named

__all__ = ["export", "register"]

_OFFERED = tuple(dict.fromkeys((*formats_for("graph"), *formats_for("table"))))
_NAMES = ", ".join(format.name for format in _OFFERED)
_TABLE_NAMES = ", ".join(format.name for format in formats_for("table"))
_CLASSES = ", ".join(table.classes[0].partition(":")[2] for table in TABLES)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(export)


def export(
    format: Annotated[str, typer.Option("--format", "-f", help=f"One of {_NAMES}.")] = "nquads",
    graph: Annotated[
        str | None,
        typer.Option(
            "--graph",
            metavar="IRI",
            help="Only this graph: an IRI, a prefixed name such as graph:vocabulary, or 'default'. "
            "Formats without graph names write the default graph if none is given.",
        ),
    ] = None,
    cls: Annotated[
        str | None,
        typer.Option(
            "--class",
            metavar="CLASS",
            help=f"Only the things of this class: {_CLASSES}. {_TABLE_NAMES} write a table of it, "
            "other formats what the graph says of each.",
        ),
    ] = None,
    output: OutputOption = "-",
    release: Annotated[str | None, typer.Option("--release", metavar="ID", help="Another release.")] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Write the graph, or a table of a class; the same release gives the same bytes."""
    chosen = _format_named(format)
    table = table_named(cls) if cls is not None else None
    if "table" in chosen.kinds:
        if table is None:
            raise UsageError(f"{chosen.name} holds one table: give --class with one of {_CLASSES}")
        if graph is not None:
            raise UsageError(f"{chosen.name} holds the table of a class, which has no --graph: leave it out")
    where = Home(home)
    source = find(where, release) if release is not None else where.require_current()
    if table is not None and "table" in chosen.kinds:
        write_output(output, _table(source, table, chosen))
    else:
        write_output(output, exported(source, chosen, graph, table))


def _format_named(name: str) -> Format:
    wanted = name.strip().lower()
    for format in _OFFERED:
        if wanted in (format.name, *format.other_names, *format.media_types):
            return format
    raise UsageError(f"no format '{name}' to export in: give one of {_NAMES}")


def _table(release: Release, table: Table, format: Format) -> Iterator[bytes]:
    return encoded(table, rows(open_release(release).store, table), format.name, release.revision)
