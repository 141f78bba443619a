"""`kg token`: make, list and revoke the tokens that allow writes."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kg.cli.options import HomeOption
from kg.release.home import DEFAULT_HOME, Home

__all__ = ["register"]


class _Scope(StrEnum):
    CURATE = "curate"
    ADMIN = "admin"


def register(app: typer.Typer) -> None:
    """Add the command group to the command line."""
    group = typer.Typer(no_args_is_help=True, help="The tokens that allow writes; without one, writes are off.")
    group.command("create")(create)
    group.command("list")(list_tokens)
    group.command("revoke")(revoke)
    app.add_typer(group, name="token")


def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called in lists and in the journal.")],
    scope: Annotated[
        _Scope, typer.Option("--scope", help="What it may do: write to the graph, or all that can be asked.")
    ],
    expires: Annotated[
        datetime | None, typer.Option("--expires", formats=["%Y-%m-%d"], help="Its last day (UTC).")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Make a token and print it; it is shown this once and kept nowhere."""
    from kg.tokens import Tokens

    secret = Tokens(Home(home)).create(name, scope.value, expires.date() if expires else None)
    print(f"{name} may {scope.value}; keep the token, it is not shown again", file=sys.stderr)
    print(secret)


def list_tokens(home: HomeOption = DEFAULT_HOME) -> None:
    """List the tokens by name; none of them can be shown."""
    from kg.tokens import Tokens

    found = Tokens(Home(home)).all()
    if not found:
        print("no token: writes are off")
        return
    today = datetime.now(UTC).date()
    table = Table("name", "scope", "created (UTC)", "expires", box=None, pad_edge=False)
    for token in found:
        until = "never" if token.expires is None else str(token.expires)
        expired = "" if token.valid(today) else " (past)"
        table.add_row(token.name, token.scope, f"{token.created:%Y-%m-%d %H:%M:%S}", f"{until}{expired}")
    Console().print(table)


def revoke(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The token's name.")], home: HomeOption = DEFAULT_HOME
) -> None:
    """Remove a token; it opens nothing from now on, in a running server either."""
    from kg.tokens import Tokens

    print(f"revoked {Tokens(Home(home)).revoke(name).name}")
