"""`kg mcp`: the command that an assistant runs to ask a graph of this machine."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from typing import Annotated

import typer

from kg.cli.options import HomeOption
from kg.release import DEFAULT_HOME, Home
from server.limits import Limits
from server.settings import Settings

__all__ = ["mcp"]

#: One assistant needs fewer processes than a public endpoint; who sets a limit decides.
_FEWER = {"workers": "2", "spares": "1"}


def mcp(
    home: HomeOption = DEFAULT_HOME,
    limit: Annotated[
        list[str] | None,
        typer.Option("--limit", metavar="NAME=AMOUNT", help="A limit of the tools, such as time=10s; repeatable."),
    ] = None,
) -> None:
    """Let an assistant ask the current release, by the Model Context Protocol on standard input and output."""
    fewer = {Limits.variable(name): amount for name, amount in _FEWER.items()}
    settings = Settings.from_environment({**fewer, **os.environ}, home=home, limits=limit)
    _ = Home(settings.home).require_current().manifest  # told before an assistant waits
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # The thread that waits for input cannot be woken, so a signal ends the process at once; its workers end with it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from server.mcp.stdio import serve_stdio  # takes a second, which only this command needs

    asyncio.run(serve_stdio(settings))
