"""The command `kg`: one module a command, found by name here and by the entry-point group `kg.commands`."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import typer
from typer.exceptions import TyperException

from kg.errors import CrossingsError, ExitCode

__all__ = ["app", "main"]


def app() -> typer.Typer:
    """The application with every command; built on demand, so that importing this module does nothing."""
    from kg.cli import (
        build,
        conflicts,
        evaluate,
        export,
        extract,
        info,
        journal,
        query,
        registry,
        releases,
        review,
        search,
        token,
        validate,
    )

    made = typer.Typer(
        name="kg",
        help="Crossings: news of border crossings as a validated knowledge graph.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    first = (build, extract, evaluate, validate, query, search, export, info, releases, registry, review, conflicts)
    for module in (*first, token, journal):
        module.register(made)
    for point in sorted(entry_points(group="kg.commands"), key=lambda p: p.name):
        made.command(point.name)(point.load())
    return made


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with one of `kg.errors.ExitCode`; an error is one sentence on the error stream."""
    try:
        code = app()(arguments, standalone_mode=False)
    except CrossingsError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(int(error.exit_code))
    except typer.Exit as exit_:
        sys.exit(exit_.exit_code)
    except typer.Abort:
        sys.exit(130)
    except Exception as error:
        _unexpected(error)
    sys.exit(int(code or ExitCode.GOOD))


def _unexpected(error: Exception) -> None:
    """Errors of usage are the user's; anything else is ours, shown with its trace so that it can be mended."""
    if isinstance(error, TyperException):
        print(f"kg: {error.format_message()}", file=sys.stderr)
        sys.exit(int(ExitCode.UNUSABLE))
    import traceback

    traceback.print_exception(error)
    print("kg: this is an error of ours: please report it with the lines above", file=sys.stderr)
    sys.exit(int(ExitCode.OURS))
