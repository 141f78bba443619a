"""`kg validate`: check a release, or any RDF files, against shapes, and say on which line a shape is broken."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import HomeOption, curation_folder
from kg.cli.output import write_output
from kg.cli.plain import harmless
from kg.cli.telling import Telling
from kg.errors import ExitCode, UsageError
from kg.resources import seeds_dir

if TYPE_CHECKING:
    from kg.shapes.outcome import Outcome

__all__ = ["register"]


class _Severity(StrEnum):
    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


#: The formats, in the order in which they are listed.
_FORMATS = ("human", "json", "turtle", "junit", "sarif", "github", "markdown")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("validate")(validate)


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILES_OR_DIRS...]", help="RDF files and folders; absent, the current release."),
    ] = None,
    home: HomeOption = Path(".kg"),
    shapes: Annotated[
        list[Path] | None,
        typer.Option(
            "--shapes",
            metavar="FILE",
            help="Shapes in any RDF syntax, used instead of the project's; may be given again.",
        ),
    ] = None,
    more_shapes: Annotated[
        list[Path] | None,
        typer.Option("--more-shapes", metavar="FILE", help="Shapes in any RDF syntax that are added to the project's."),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            help=f"One of {', '.join(_FORMATS)}; with a file, written there. May be given again; default: human.",
        ),
    ] = None,
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="Where a format without a file goes; '-' is standard output.")
    ] = "-",
    severity: Annotated[
        _Severity, typer.Option("--severity", help="From which severity on a result gives the exit code 1.")
    ] = _Severity.VIOLATION,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Results that are known: they pass, and what is gone is told."),
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Write the results of this run to the --baseline FILE.")
    ] = False,
    changed_since: Annotated[
        str | None,
        typer.Option(
            "--changed-since", metavar="GITREF", help="Report only results in files that changed since a commit."
        ),
    ] = None,
    focus: Annotated[
        list[str] | None, typer.Option("--focus", metavar="IRI", help="Look at this focus node; may be given again.")
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="DIR", help="Articles: quotes are checked, results lead to their lines."),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="Which engine validates; auto goes by the graph's size.")
    ] = "auto",
    advanced: Annotated[
        bool, typer.Option("--advanced", help="Turn SHACL Advanced Features on: rules, functions, targets.")
    ] = False,
    js: Annotated[bool, typer.Option("--js", help="Turn SHACL-JS on: it runs the JavaScript of the shapes.")] = False,
) -> None:
    """Check the current release, or RDF files, against shapes, and say where each result stands.

    Several files are read as one graph. A text that is not at hand leaves its quotes unchecked: they are counted as
    `not-checked`. `owl:imports` is not followed.
    """
    from kg.release.home import Home
    from kg.shapes.baseline import Baseline, read_baseline
    from kg.shapes.check import Request, check

    wanted = _outputs(formats or [], out)
    if shapes and more_shapes:
        raise UsageError("--shapes replaces the project's shapes and --more-shapes adds to them: give one of the two")
    if write_baseline and baseline is None:
        raise UsageError("--write-baseline needs the file: name it with --baseline FILE")
    if write_baseline and (focus or changed_since):
        raise UsageError("--write-baseline records a whole run: leave --focus and --changed-since out")
    known = read_baseline(baseline) if baseline is not None and not write_baseline else None
    request = Request(
        files=files or (),
        release=None if files else Home(home).require_current(),
        shapes=shapes or (),
        more_shapes=more_shapes or (),
        texts=texts,
        seeds=seeds_dir(),
        curation=curation_folder(None, [texts] if texts is not None else []),
        engine=engine,
        focus=frozenset(focus or ()),
        advanced=advanced,
        js=js,
        severity=severity.value,
    )
    outcome = check(request, Telling())
    if write_baseline:
        made = Baseline.of(outcome.new, outcome.root)
        write_output(str(baseline), [made.text().encode()])
        known = made
    if known is not None:
        outcome = known.applied(outcome, [outcome.rules.short(iri) for iri in focus or ()])
    if changed_since is not None:
        outcome = _changed(outcome, changed_since, [*(shapes or ()), *(more_shapes or ())], files or [])
    for writer, where in wanted:
        write_output(where, [writer(outcome).encode("utf-8", "surrogatepass")])
    if outcome.failed:
        raise typer.Exit(int(ExitCode.NOT_WHOLLY_GOOD))


def _outputs(formats: list[str], out: str) -> list[tuple[Callable[[Outcome], str], str]]:
    """What to write, and where; where every format has a file, a person reads the standard output."""
    found: list[tuple[str, str]] = []
    for given in formats:
        name, with_file, file = given.partition("=")
        if name not in _FORMATS:
            raise UsageError(f"there is no format '{name}': give one of {', '.join(_FORMATS)}")
        if with_file and not file:
            raise UsageError(f"--format {given} names no file: write {name}=FILE, or {name} alone")
        found.append((name, file or out))
    if all("=" in given for given in formats):
        found.append(("human", out))
    places = [place for _, place in found]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        where = "the standard output" if twice == "-" else twice
        raise UsageError(f"two formats would be written to {where}: give one of them a file, --format FORMAT=FILE")
    return [(_writer(name), place) for name, place in found]


def _writer(name: str) -> Callable[[Outcome], str]:
    from kg.shapes.annotations import workflow_commands
    from kg.shapes.human import human
    from kg.shapes.json_report import json_report
    from kg.shapes.junit import junit
    from kg.shapes.markdown import markdown
    from kg.shapes.sarif import sarif

    writers: dict[str, Callable[[Outcome], str]] = {
        "human": lambda outcome: harmless(human(outcome)),
        "json": json_report,
        "turtle": lambda outcome: outcome.turtle(),
        "junit": junit,
        "sarif": sarif,
        "github": lambda outcome: harmless(workflow_commands(outcome)),
        "markdown": lambda outcome: harmless(markdown(outcome)),
    }
    return writers[name]


def _changed(outcome: Outcome, ref: str, shapes: list[Path], named: list[Path]) -> Outcome:
    """The outcome without what stands in files that did not change.

    What a change of the shapes, or a file that is gone, can break stands in any file, so then all of it counts.
    """
    from kg.shapes.changed import changes_since

    changes = changes_since(ref, Path.cwd())
    if any(changes.touch(path) for path in shapes):
        return outcome.narrowed(lambda _: True, f"The shapes changed since {ref}, so every result counts.")
    folders = [path.resolve() for path in named if path.is_dir()]
    gone = [path for path in changes.gone if any(path.is_relative_to(folder) for folder in folders)]
    if gone:
        return outcome.narrowed(lambda _: True, f"Files were removed since {ref}, so every result counts.")
    return outcome.narrowed(
        lambda finding: any(
            changes.touch(place.path) for place in (finding.location, *(place for _, place in finding.related))
        ),
        f"Only results in files that changed since {ref} are told.",
    )
