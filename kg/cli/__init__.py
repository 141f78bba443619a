"""The command `kg`: one module a command, found by name here and by the entry-point group `kg.commands`."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import entry_points

import typer
from typer.exceptions import TyperException

from kg.errors import CrossingsError, ExitCode

__all__ = ["app", "main"]


#: The commands, in the order of the help; each is the module of its name.
_COMMANDS = (
    *("build", "extract", "evaluate", "validate", "query", "ask", "search", "export", "info", "releases", "registry"),
    *("review", "conflicts", "redact", "token", "journal"),
)


def app(only: str | None = None) -> typer.Typer:
    """The application, built on demand, so that importing this module does nothing.

    Args:
        only: The one command to have, where it is known which: the modules of the others are not imported then, some of
            which take longer than the command. Without it, or where it is none, the application has all of them.
    """
    made = typer.Typer(
        name="kg",
        help="Crossings: news of border crossings as a validated knowledge graph.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_nothing)
    points = {point.name: point for point in sorted(entry_points(group="kg.commands"), key=lambda point: point.name)}
    known = only in _COMMANDS or only in points
    for name in _COMMANDS:
        if name == only or not known:
            import_module(f"kg.cli.{name}").register(made)
    for name, point in points.items():
        if name == only or not known:
            made.command(name)(point.load())
    return made


def _nothing() -> None:
    # With it the application has commands even where it has one alone, whose name is then still to be given.
    pass


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with one of `kg.errors.ExitCode`; an error is one sentence on the error stream."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = app(given[0] if given else None)(arguments, standalone_mode=False)
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
