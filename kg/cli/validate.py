"""`kg validate`: check a release, or any RDF files, against the shapes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import HomeOption
from kg.errors import ExitCode

__all__ = ["register"]


class _Format(StrEnum):
    HUMAN = "human"
    TURTLE = "turtle"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("validate")(validate)


def validate(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE...]", help="RDF files; absent, the current release.")
    ] = None,
    home: HomeOption = Path(".kg"),
    format_: Annotated[
        _Format, typer.Option("--format", help="For people, or a sh:ValidationReport in Turtle.")
    ] = _Format.HUMAN,
    shapes: Annotated[
        list[Path] | None, typer.Option("--shapes", help="A Turtle file of further shapes; may be given again.")
    ] = None,
) -> None:
    """Check the current release, or RDF files, against the shapes.

    A text that is not at hand leaves its quotes unchecked: they are counted as `not-checked`.
    """
    from kg.release.home import Home
    from kg.shapes.load import load_shapes
    from kg.shapes.read import read_quads, release_quads
    from kg.shapes.validate import validate as run

    loaded = load_shapes(shapes or ())
    quads = read_quads(files) if files else release_quads(Home(home).require_current())

    def tell(what: str) -> None:
        if sys.stderr.isatty():
            print(what, file=sys.stderr)

    report = run(quads, shapes=loaded, progress=tell)
    sys.stdout.write(report.turtle() if format_ is _Format.TURTLE else report.text())
    if report.counts()["violation"]:
        raise typer.Exit(int(ExitCode.NOT_WHOLLY_GOOD))
