"""`kg evaluate`: the shipped pipeline against a folder of gold."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Border, HomeOption
from kg.cli.progress import ConsoleReporter
from kg.errors import ExitCode

__all__ = ["register"]


class _Format(StrEnum):
    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("evaluate")(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of *.gold.yaml, and perhaps set.yaml.")],
    articles: Annotated[
        Path | None, typer.Option("--articles", metavar="DIR", help="The folder of the texts; absent, the gold's own.")
    ] = None,
    format_: Annotated[_Format, typer.Option("--format", help="Tables, or everything as JSON.")] = _Format.TABLE,
    at_least: Annotated[
        list[str] | None,
        typer.Option("--at-least", metavar="NUMBER=VALUE", help="As entity.Incident.f1=0.85: end with 1 if less."),
    ] = None,
    at_most: Annotated[
        list[str] | None,
        typer.Option("--at-most", metavar="NUMBER=VALUE", help="As leaks=0: end with 1 if it is more."),
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="List in the tables also what is missed or wrong.")
    ] = False,
    curation: Annotated[
        Path | None, typer.Option("--curation", metavar="DIR", help="Link by a folder of curation; absent, by none.")
    ] = None,
    border: Border = "korea",
    home: HomeOption = Path(".kg"),
) -> None:
    """Score the pipeline against gold: what it finds, what it misses, and what it should not say."""
    del home  # every command takes it; this one keeps nothing
    import msgspec
    from rich.console import Console

    from kg.evaluate.checks import check
    from kg.evaluate.evaluate import evaluate as run
    from kg.evaluate.folder import read_texts
    from kg.evaluate.limits import read_limits
    from kg.evaluate.run import find
    from kg.evaluate.table import print_report
    from kg.knowledge import Knowledge

    limits = read_limits(at_least or (), at_most or ())
    folder = read_texts(gold, articles)
    check(folder, Knowledge.load(border))
    with ConsoleReporter() as report:
        found = find(folder, border, report, curation)
    made = run(folder, found)
    if format_ is _Format.JSON:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n")
    else:
        print_report(made, Console(width=None if sys.stdout.isatty() else 120, highlight=False), details=details)
    broken = [sentence for limit in limits if (sentence := limit.broken(made)) is not None]
    for sentence in broken:
        print(f"kg: {sentence}", file=sys.stderr)
    if broken:
        raise typer.Exit(int(ExitCode.NOT_WHOLLY_GOOD))
