"""`kg info`: what the current release is and holds."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from kg.cli.options import HomeOption
from kg.release import DEFAULT_HOME, Home

__all__ = ["info", "register"]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(info)


def info(
    home: HomeOption = DEFAULT_HOME,
    as_json: Annotated[bool, typer.Option("--json", help="The manifest, as JSON.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check every checksum; exit code 1 if one is wrong.")
    ] = False,
) -> None:
    """Say what the current release is and holds."""
    release = Home(home).require_current()
    manifest = release.manifest
    if verify:
        release.verify()
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
        return
    facts: list[tuple[str, object]] = [
        ("release", manifest.id),
        ("sha256", manifest.digest),
        ("created", f"{manifest.created[:19]} UTC"),
        ("made by", manifest.software),
        ("directory", release.path),
        ("quads", manifest.quads),
        *manifest.counts.items(),
        ("quarantined", len(manifest.quarantined)),
    ]
    if verify:
        facts.append(("checked", "all parts are as the manifest says"))
    width = max(len(name) for name, _value in facts)
    for name, value in facts:
        typer.echo(f"{name.ljust(width)}  {value}")
    for note in manifest.notes:
        typer.echo(f"note: {note}")
