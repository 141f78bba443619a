"""`kg extract`: the facts of one article, without any store."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Border, HomeOption

__all__ = ["register"]


class _Format(StrEnum):
    JSON = "json"
    TURTLE = "turtle"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("extract")(extract)


def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One article.")],
    format_: Annotated[_Format, typer.Option("--format", help="Facts as JSON, or the article's graph.")] = _Format.JSON,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of publication, where the file states none."),
    ] = None,
    border: Border = "korea",
    home: HomeOption = Path(".kg"),
) -> None:
    """Print the facts of one article."""
    del home  # every command takes it; this one needs no home
    import msgspec

    from kg.article.read import read
    from kg.extract.pipeline import extract as run
    from kg.facts.model import Facts
    from kg.mapping.single import article_turtle
    from kg.mapping.statements import ArticleStatements

    source = read(file, published.date() if published else None)
    facts = source if isinstance(source, Facts) else run(source, border)
    if format_ is _Format.JSON:
        encoded = msgspec.json.format(msgspec.json.encode(facts), indent=2)
        sys.stdout.write(encoded.decode() + "\n")
        return
    text, passages = (None, None) if isinstance(source, Facts) else (source.text, source.passages)
    sys.stdout.write(article_turtle(ArticleStatements.of(facts, text, passages), border))
