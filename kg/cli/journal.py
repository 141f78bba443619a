"""`kg journal`: what was written into the graph of a home, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.options import HomeOption
from kg.cli.plain import harmless
from kg.release.home import DEFAULT_HOME, Home

if TYPE_CHECKING:
    from kg.journal import Write

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("journal")(journal)


def journal(
    home: HomeOption = DEFAULT_HOME,
    after: Annotated[int, typer.Option("--after", metavar="N", help="Only the entries after this one.")] = 0,
) -> None:
    """List what was written into this graph, by whom and when, the oldest first."""
    from kg.journal import Journal

    found = Journal(Home(home)).entries()[max(after, 0) :]
    if not found:
        print("no entry")
        return
    table = Table("", "at (UTC)", "by", "what", box=None, pad_edge=False)
    for entry in found:
        cells = (str(entry.number), f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.by, described(entry.write))
        table.add_row(*(Text(harmless(cell)) for cell in cells))
    Console().print(table)


def described(write: Write) -> str:
    """A write in a line, for people."""
    from kg.journal import AnnotationWrite, ArticleWrite

    if isinstance(write, ArticleWrite):
        held = f"{len(write.text):,} characters" if write.text is not None else "its facts alone"
        return f"article {write.name} ({write.media_type}, {held})"
    if isinstance(write, AnnotationWrite):
        return f"annotation, {len(write.added)} quads added, {len(write.removed)} removed"
    if write.judgement is not None:
        return f"judgement {write.judgement.judgement} by {write.judgement.by}: {write.judgement.reason}"
    assert write.correction is not None  # DecisionWrite
    return f"correction by {write.correction.by}: {write.correction.reason}"
