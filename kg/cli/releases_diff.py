"""`kg releases diff`: what changed from one release to another, as tables, JSON, or a patch."""

from __future__ import annotations

import io
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from kg.cli.options import HomeOption
from kg.cli.output import OutputOption, write_output
from kg.namespaces import curie
from kg.release import DEFAULT_HOME, Home, Release, find
from kg.release.changes import LISTED, Changes, Entity, Group, changes_between
from kg.release.merging import lines_of
from kg.release.patches import patch
from kg.release.shown import shown_term

__all__ = ["DiffFormat", "diff"]


class DiffFormat(StrEnum):
    """How a difference is written."""

    TABLE = "table"
    JSON = "json"
    PATCH = "patch"


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A release: its id, or how it begins.")],
    after: Annotated[
        str | None, typer.Argument(metavar="[B]", help="Another one; absent, the current release.")
    ] = None,
    format: Annotated[
        DiffFormat, typer.Option("--format", "-f", help="Tables, JSON, or every quad as RDF Patch.")
    ] = DiffFormat.TABLE,
    listed: Annotated[
        int, typer.Option("--limit", min=0, help="How many entities of each class are listed; all are counted.")
    ] = LISTED,
    output: OutputOption = "-",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Say what changed from release A to release B."""
    where = Home(home)
    one = find(where, before)
    other = find(where, after) if after is not None else where.require_current()
    write_output(output, _written(one, other, format, listed))


def _written(before: Release, after: Release, format: DiffFormat, listed: int) -> Iterator[bytes]:
    if format is DiffFormat.PATCH:
        for row in patch(lines_of(before), lines_of(after)):
            yield row + b"\n"
        return
    found = changes_between(before, after, listed)
    if format is DiffFormat.JSON:
        yield msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
        return
    text = io.StringIO()
    _print(Console(file=text, width=120, soft_wrap=True), found)
    yield text.getvalue().encode()


def _print(console: Console, found: Changes) -> None:
    console.print(f"from {found.before} to {found.after}: {found.added} quads added, {found.removed} removed")
    if not found.added and not found.removed:
        console.print("the two are the same")
        return
    quads = Table("graphs", "added", "removed", box=None, pad_edge=False)
    for graph in found.graphs:
        quads.add_row(graph.graph, str(graph.added), str(graph.removed))
    console.print(quads)
    if found.classes:
        classes = Table("class", "added", "removed", "changed", box=None, pad_edge=False)
        for cls in found.classes:
            classes.add_row(cls.name, str(cls.added.total), str(cls.removed.total), str(cls.changed.total))
        console.print(classes)
    for cls in found.classes:
        for fate, group in (("added", cls.added), ("removed", cls.removed), ("changed", cls.changed)):
            _print_group(console, f"{cls.name} {fate}", group)
    for merge in found.merged:
        console.print(f"merged: {curie(merge.iri)} into {curie(merge.into)}", markup=False, highlight=False)
    _rest(console, found.merged_total - len(found.merged), "merged")
    for iri in found.withheld:
        console.print(f"withheld: {curie(iri)}", markup=False, highlight=False)
    _rest(console, found.withheld_total - len(found.withheld), "withheld")


def _print_group(console: Console, heading: str, group: Group) -> None:
    if not group.listed:
        return
    console.print(f"{heading}:", markup=False, highlight=False)
    for entity in group.listed:
        _print_entity(console, entity)
    _rest(console, group.rest, heading)


def _print_entity(console: Console, entity: Entity) -> None:
    named = f" {entity.label}" if entity.label else ""
    console.print(f"  {curie(entity.iri)}{named}", markup=False, highlight=False)
    for changed in entity.properties:
        old, new = (", ".join(map(shown_term, values)) or "nothing" for values in (changed.old, changed.new))
        more = f" (and {changed.more} more)" if changed.more else ""
        console.print(f"    {curie(changed.property)}: {old} -> {new}{more}", markup=False, highlight=False)


def _rest(console: Console, count: int, what: str) -> None:
    if count > 0:
        console.print(f"  and {count} more {what}", markup=False, highlight=False)
