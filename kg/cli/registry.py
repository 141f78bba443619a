"""`kg registry`: the canonical ids that were given, and those that a build would add."""

from __future__ import annotations

import difflib
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Border, CurationOption, HomeOption, curation_folder
from kg.cli.progress import ConsoleReporter
from kg.errors import UsageError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(name="registry", help="The registry of canonical ids.", no_args_is_help=True)
    group.command("show")(show)
    group.command("update")(update)
    app.add_typer(group)


def show(home: HomeOption = Path(".kg"), curation: CurationOption = None) -> None:
    """List the registered ids with their labels."""
    from kg.curation import load_curation

    del home  # every command takes it; the registry stands with the curation
    for entry in load_curation(curation_folder(curation)).registry:
        print(f"{entry.id}\t{f'replaced by {entry.replaced_by}' if entry.replaced_by else entry.label}")


def update(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="The articles whose ids are registered.")],
    home: HomeOption = Path(".kg"),
    curation: CurationOption = None,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of publication of files that state none.")
    ] = None,
    border: Border = "korea",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Show what would be registered as a diff, and write it after a yes."""
    from kg.atomic import write_atomically
    from kg.build import BuildOptions, link
    from kg.curation import registry_text
    from kg.identity.decisions import updated_registry
    from kg.mapping.labels import labels
    from kg.release.home import Home

    folder = curation_folder(curation, paths)
    if folder is None:
        raise UsageError("a registry needs a folder of curation: give one with --curation DIR")
    folder.mkdir(parents=True, exist_ok=True)
    day = published.date() if published else None
    options = BuildOptions(paths=tuple(paths), home=Home(home), curation=folder, published=day, border=border)
    with ConsoleReporter() as report:
        linked = link(options, report)
    entities = {e.iri: e for e in linked.consolidated.entities}
    entries = updated_registry(
        linked.curation, linked.consolidated.identity, linked.articles, labels(entities, linked.knowledge)
    )
    path = folder / "registry.yaml"
    old = path.read_text("utf-8") if path.is_file() else ""
    new = registry_text(entries)
    if old == new:
        print(f"{path}: nothing to register")
        return
    names = (str(path), str(path))
    print("".join(difflib.unified_diff(old.splitlines(True), new.splitlines(True), *names)), end="")
    if yes or typer.confirm(f"Write {path}?"):
        write_atomically(path, new)
        print(f"{path}: written")
