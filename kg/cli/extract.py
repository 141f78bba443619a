"""`kg extract`: the facts of one article, without any store."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    Border,
    ExtractorOption,
    HomeOption,
    LlmBudget,
    LlmMaxOutput,
    LlmModel,
    LlmRetries,
    LlmTimeout,
    LlmUrl,
    Reader,
    model_settings,
)

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
    extractor: ExtractorOption = Reader.RULES,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_budget: LlmBudget = None,
    llm_max_output: LlmMaxOutput = None,
    llm_timeout: LlmTimeout = None,
    llm_retries: LlmRetries = None,
) -> None:
    """Print the facts of one article."""
    import msgspec

    from kg.article.agencies import load_agencies
    from kg.article.read import read
    from kg.extract.pipeline import extract as run
    from kg.facts.model import Facts
    from kg.mapping.single import article_turtle
    from kg.mapping.statements import ArticleStatements
    from kg.release.home import Home

    settings = model_settings(extractor, llm_url, llm_model, llm_budget, llm_max_output, llm_timeout, llm_retries)
    source = read(file, published.date() if published else None, load_agencies(border))
    if isinstance(source, Facts):
        facts = source
    elif settings is None:
        facts = run(source, border)
    else:
        from kg.llm.extractor import ModelExtractor

        with ModelExtractor(settings, Home(home).cache_path / "llm", border) as model:
            facts = model.extract(source, run(source, border) if extractor is Reader.BOTH else None)
            for reason, count in sorted(model.dropped.items()):
                print(f"left out of the answer: {count} {reason}", file=sys.stderr)
    if format_ is _Format.JSON:
        encoded = msgspec.json.format(msgspec.json.encode(facts), indent=2)
        sys.stdout.write(encoded.decode() + "\n")
        return
    text, passages = (None, None) if isinstance(source, Facts) else (source.text, source.passages)
    sys.stdout.write(article_turtle(ArticleStatements.of(facts, text, passages), border))
