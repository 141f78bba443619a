"""`kg releases`: list the releases of a home, compare them, go back to an older one, remove old ones."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kg.cli.options import HomeOption
from kg.cli.releases_diff import diff
from kg.release import DEFAULT_HOME, Home, prune, releases, rollback

__all__ = ["list_releases", "prune_releases", "register", "roll_back"]


def register(app: typer.Typer) -> None:
    """Add the command group to the command line."""
    group = typer.Typer(
        no_args_is_help=True, help="List releases, compare them, go back to an older one, remove old ones."
    )
    group.command("list")(list_releases)
    group.command("diff")(diff)
    group.command("rollback")(roll_back)
    group.command("prune")(prune_releases)
    app.add_typer(group, name="releases")


def list_releases(home: HomeOption = DEFAULT_HOME) -> None:
    """List the releases, the newest first; the current one is marked."""
    where = Home(home)
    found = releases(where)
    current = where.current()
    if not found:
        typer.echo(f"no release in {where.path}")
        return
    table = Table("", "release", "created (UTC)", "quads", box=None, pad_edge=False)
    for release in found:
        mark = "current" if current is not None and release.id == current.id else ""
        table.add_row(mark, release.id, release.manifest.created[:19], str(release.manifest.quads))
    Console().print(table)


def roll_back(
    ident: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="An id, or how it begins; absent, the one before.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Make an older release the current one; a running server takes it up at once."""
    where = Home(home)
    typer.echo(f"current release: {rollback(where, ident).id}")


def prune_releases(
    keep: Annotated[int, typer.Option("--keep", help="How many of the newest to keep.")] = 3,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Remove old releases; the current one always stays."""
    gone = prune(Home(home), keep)
    for release in gone:
        typer.echo(f"removed {release.path.name}")
    if not gone:
        typer.echo("nothing to remove")
