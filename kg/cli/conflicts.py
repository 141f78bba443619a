"""`kg conflicts`: where the sources of the current release disagree."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.options import HomeOption
from kg.cli.plain import harmless
from kg.release import DEFAULT_HOME, Home

if TYPE_CHECKING:
    from kg.conflicts import Dispute, Said, Side

__all__ = ["conflicts", "register"]


class _Format(StrEnum):
    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(conflicts)


def conflicts(
    property_: Annotated[
        str | None, typer.Option("--property", metavar="NAME", help="Only on this property, such as cx:actorType.")
    ] = None,
    undecided: Annotated[bool, typer.Option("--undecided", help="Only those in which no rule chose a value.")] = False,
    format_: Annotated[_Format, typer.Option("--format", help="For people, or for programs.")] = _Format.TABLE,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """List where sources disagree: the values, who says which, and the rule that chose."""
    import msgspec

    from kg.conflicts import disputes
    from kg.querying import open_release

    found = disputes(open_release(Home(home).require_current()), property_, undecided=undecided)
    if format_ is _Format.JSON:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
        return
    console = Console()
    for dispute in found:
        _print(console, dispute)
    count = sum(d.undecided for d in found)
    console.print(f"{len(found)} conflict{'' if len(found) == 1 else 's'}, {count} undecided", style="dim")


def _print(console: Console, dispute: Dispute) -> None:
    console.print(Text(harmless(f"{dispute.property.removeprefix('cx:')} of {dispute.label}"), style="bold"))
    chose = "no rule chose a value" if dispute.undecided else f"chosen by {dispute.rule} ({dispute.rule_label})"
    console.print(Text(f"{chose}; {dispute.subject}"))
    table = Table(show_lines=False)
    for name in ("value", "sources", "said by", "date", "certainty", "words"):
        table.add_column(name)
    for side in dispute.sides:
        for number, said in enumerate(side.claims):
            first = _first(side) if number == 0 else ("", "")
            table.add_row(*(Text(harmless(cell)) for cell in (*first, *_row(said))))
    console.print(table)


def _first(side: Side) -> tuple[str, str]:
    chosen = f"{side.label} (chosen)" if side.preferred else side.label
    return chosen, _range(side.independent_min, side.independent_max)


def _row(said: Said) -> Sequence[str]:
    who = said.source if said.speaker is None else f"{said.source}: {said.speaker}"
    words = f"{said.withheld} words at {said.start}, withheld" if said.quote is None else said.quote
    worked_out = "" if said.rule is None else f" ({said.rule})"
    return who, said.published or "none stated", said.certainty, f"{words}{worked_out}"


def _range(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"
