"""`kg build`: articles become a release."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import (
    Border,
    CurationOption,
    ExtractorOption,
    HomeOption,
    LlmBudget,
    LlmMaxOutput,
    LlmModel,
    LlmRetries,
    LlmTimeout,
    LlmUrl,
    Reader,
    curation_folder,
    model_settings,
)
from kg.cli.progress import ConsoleReporter

if TYPE_CHECKING:
    from kg.build import BuildSummary

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("build")(build)


def build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Articles, or folders of them.")],
    home: HomeOption = Path(".kg"),
    curation: CurationOption = None,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of publication of files that state none."),
    ] = None,
    border: Border = "korea",
    extractor: ExtractorOption = Reader.RULES,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_budget: LlmBudget = None,
    llm_max_output: LlmMaxOutput = None,
    llm_timeout: LlmTimeout = None,
    llm_retries: LlmRetries = None,
    no_journal: Annotated[
        bool, typer.Option("--no-journal", help="Leave out what was written into the graph of this home.")
    ] = False,
) -> None:
    """Build a release from articles (.txt, .md, .html, .facts.json) and make it the current one."""
    from kg.build import BuildOptions
    from kg.build import build as run
    from kg.release.home import Home

    day: date | None = published.date() if published else None
    options = BuildOptions(
        paths=tuple(paths),
        home=Home(home),
        curation=curation_folder(curation, paths),
        published=day,
        border=border,
        extractor=extractor.value,
        model=model_settings(extractor, llm_url, llm_model, llm_budget, llm_max_output, llm_timeout, llm_retries),
        journal=not no_journal,
    )
    with ConsoleReporter() as report:
        summary = run(options, report)
    for line in describe(summary):
        print(line)
    raise typer.Exit(int(summary.exit_code))


def describe(summary: BuildSummary) -> list[str]:
    """What a build ended with, for people, one line each."""
    lines = [f"{'unchanged' if summary.unchanged else 'published'} release {summary.release}"]
    lines += [f"  {name}: {count}" for name, count in summary.counts.items()]
    lines.append(f"  conflicts: {summary.conflicts}, of which undecided: {summary.undecided}")
    lines.append(f"  quarantined: {len(summary.quarantined)}")
    shown = ", ".join(f"{count} {name}" for name, count in sorted(summary.shapes.items())) or "no results"
    lines.append(f"  shapes: {shown}")
    if summary.withheld:
        shown = ", ".join(f"{what} {count}" for what, count in summary.withheld.items())
        lines.append(f"  withheld by redactions: {shown}")
    if summary.model:
        lines.append(f"  language model: {summary.model}")
    for title, items in (
        ("quarantined", summary.quarantined),
        ("lost decision", summary.lost),
        ("left out", summary.refused),
    ):
        lines += [f"  {title}: {item}" for item in items]
    return lines
