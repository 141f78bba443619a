"""`kg search`: find things of the current release by their names, in any usual spelling, and by what is quoted."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from kg.cli.options import HomeOption
from kg.errors import UsageError
from kg.release import DEFAULT_HOME, Home
from kg.search.answer import Answer, Hit
from kg.search.documents import CLASSES
from kg.search.search import LIMIT, SearchIndex

__all__ = ["register", "search"]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(search)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What to look for.")],
    cls: Annotated[
        str | None, typer.Option("--class", metavar="CLASS", help=f"Only things of this class: {', '.join(CLASSES)}.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="The answer, as JSON.")] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Find people, places, incidents, articles and words of a vocabulary in the current release."""
    index = SearchIndex(Home(home).require_current().search_path)
    try:
        answer = index.search(" ".join(words), cls=cls, limit=limit)
    except ValueError as error:
        raise UsageError(f"--class: {error}") from error
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
        return
    for hit in answer.hits:
        _print(hit)
    typer.echo(_last_line(answer))


def _print(hit: Hit) -> None:
    korean = f" {hit.korean}" if hit.korean else ""
    note = f" ({hit.note})" if hit.note else ""
    typer.echo(f"{hit.cls.ljust(12)}  {hit.label}{korean}{note}")
    typer.echo(f"{' ' * 14}<{hit.iri}>")
    if hit.matched.snippet.text != hit.label:
        typer.echo(f"{' ' * 14}{hit.matched.kind}: {hit.matched.snippet.text}")


def _last_line(answer: Answer) -> str:
    if not answer.hits:
        return "nothing found: try fewer words, the beginning of a word, or another spelling"
    shown = f"{len(answer.hits)} of {answer.total}" if answer.total > len(answer.hits) else str(answer.total)
    counts = ", ".join(f"{count} {cls}" for cls, count in answer.classes.items())
    return f"{shown} found ({counts})"
