"""The application with one command alone, which the command line builds for the command that it is given."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import typer

from kg.cli import app
from tests.support.commands import ROOT, environment


def commands(made: typer.Typer) -> dict[str, Any]:
    return dict(typer.main.get_command(made).commands)  # type: ignore[attr-defined]


NAMES = sorted(commands(app()))


def test_there_are_commands_of_the_server_and_groups_among_them() -> None:
    assert {"build", "serve", "mcp", "releases", "query"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_command_alone_is_what_it_is_among_all(name: str) -> None:
    (alone,) = commands(app(name)).values()
    among = commands(app())[name]
    assert (alone.name, alone.help) == (name, among.help)
    assert [each.opts for each in alone.params] == [each.opts for each in among.params]
    assert sorted(getattr(alone, "commands", {})) == sorted(getattr(among, "commands", {}))


@pytest.mark.parametrize("name", ["no such command", "--help", "", None])
def test_what_is_no_command_has_all_of_them(name: str | None) -> None:
    assert sorted(commands(app(name))) == NAMES


def test_a_command_does_not_wait_for_the_modules_of_others() -> None:
    program = (
        "import sys\n"
        "from kg.cli import main\n"
        "try:\n    main(['info', '--help'])\nexcept SystemExit as end:\n    code = end.code\n"
        "print(code, *sorted({'fastapi', 'rdflib', 'spacy', 'kg.cli.build', 'kg.cli.info'} & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "0 kg.cli.info"
