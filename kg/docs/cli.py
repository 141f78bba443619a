"""The page of the command line, made from the commands themselves.

The help that a terminal shows is wrapped to its width, and its layout is the library's; here the same parameters are
read one by one, so that the page is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import typer

from kg.cli import app
from kg.docs.page import Page, cell, code, markdown, table

__all__ = ["pages"]

_KINDS = {int: "N", str: "TEXT", Path: "PATH"}


def pages() -> Iterator[Page]:
    """The page `cli.md`."""
    root = typer.main.get_command(app())
    sections = [section for name, command in _commands(root, "kg") for section in _section(name, command)]
    yield markdown(
        "cli.md",
        "the commands",
        "The command line",
        [
            str(root.help),
            "Every command takes `-h` and `--help`. An error is one sentence on the error stream; the "
            "[exit codes](exit-codes.md) are the same everywhere.",
            *sections,
        ],
    )


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The leaves of a command tree with their full names, sorted."""
    below: dict[str, Any] = getattr(command, "commands", {})
    for part in sorted(below):
        if getattr(below[part], "commands", {}):
            yield from _commands(below[part], f"{name} {part}")
        else:
            yield f"{name} {part}", below[part]


def _section(name: str, command: Any) -> Iterator[str]:
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    yield f"## `{name}`"
    yield _sentences(command.help)
    usage = " ".join([name, *(["[OPTIONS]"] if options else []), *(_metavar(p) for p in arguments)])
    yield f"```text\n{usage}\n```"
    if arguments:
        yield table(("argument", "what"), [(code(_metavar(p)), _what(p)) for p in arguments])
    if options:
        ordered = sorted(options, key=lambda p: max(p.opts, key=len))
        yield table(("option", "default", "what"), [(_names(p), _default(p), _what(p)) for p in ordered])


def _sentences(help_text: str | None) -> str:
    """A command's help; a form feed ends what is for people, as in the library."""
    return "\n\n".join(" ".join(part.split()) for part in (help_text or "").split("\f")[0].split("\n\n"))


def _metavar(parameter: Any) -> str:
    name: str = parameter.metavar or str(parameter.name).upper()
    if parameter.required or name.startswith("["):
        return name
    return f"[{name}]"


def _names(option: Any) -> str:
    longest = sorted([*option.opts, *option.secondary_opts], key=lambda name: (name.startswith("--"), name))
    taken = "" if option.is_flag else f" {option.metavar or _kind(option)}"
    return ", ".join(code(f"{name}{taken}") for name in longest)


def _kind(option: Any) -> str:
    """What an option takes where its command gives it no name of its own."""
    said = option.type_descriptor
    if isinstance(said.annotation, type) and issubclass(said.annotation, Enum):
        return "|".join(str(choice.value) for choice in said.annotation)
    if said.annotation is datetime:
        return str(said.parameter_info.formats[0]).replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")
    # An option that may stand there several times has a list of what it takes.
    return _KINDS[next(iter(get_args(said.annotation)), said.annotation)]


def _default(option: Any) -> str:
    value = option.default
    if option.is_flag or value is None or callable(value):
        return "—"
    return code(str(getattr(value, "value", value)))


def _what(parameter: Any) -> str:
    said = cell(parameter.help or "")
    named = parameter.envvar
    if named:
        names = [named] if isinstance(named, str) else list(named)
        said += f" Also from the environment: {', '.join(f'`{name}`' for name in names)}."
    return said
