"""`kg serve`: the command that the server adds to the command line."""

from __future__ import annotations

import errno
import logging
import socket
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer
import uvicorn

from kg.cli.options import HomeOption
from kg.errors import UsageError
from kg.release import DEFAULT_HOME, Home, Release
from kg.tokens import Tokens
from server.app import create_app
from server.connection import connection_class
from server.example import PLAIN_EXAMPLE
from server.exchange import BrokenAnswerError
from server.settings import Settings
from server.writing.plain_home import prepared

__all__ = ["listen", "serve", "told_elsewhere"]

#: What uvicorn says of bytes that it cannot read as a request.
_NO_HTTP = ("Invalid HTTP request", "Unsupported upgrade request", "No supported WebSocket library")
#: What it says where we say why.
_NO_START = "Application startup failed"
#: What an operator is told whose server others can reach.
_NO_CONTACT = (
    "kg: no contact is named, so /takedown tells nobody whom to ask for something to be withheld: "
    "give --contact MAIL|URL, or set KG_CONTACT"
)
#: The query of the line that is printed at start.
_FIRST_QUERY = "SELECT ?incident ?label { ?incident a cx:Incident ; skos:prefLabel ?label }"


def serve(
    home: HomeOption = DEFAULT_HOME,
    port: Annotated[int | None, typer.Option("--port", help="The port; 0 takes a free one. [default: 8000]")] = None,
    host: Annotated[str | None, typer.Option("--host", help="The address. [default: 127.0.0.1]")] = None,
    empty: Annotated[
        bool, typer.Option("--empty", help="Serve a plain SPARQL 1.1 store of no project, to be written to.")
    ] = False,
    shapes: Annotated[
        list[str] | None,
        typer.Option(
            "--shapes", metavar="FILE", help="Shapes that a plain store must conform to after each write; repeatable."
        ),
    ] = None,
    no_shapes: Annotated[bool, typer.Option("--no-shapes", help="Let a plain store hold anything.")] = False,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact", metavar="MAIL|URL", help="Where people ask for something to be withheld or corrected."
        ),
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option("--limit", metavar="NAME=AMOUNT", help="A limit of the endpoint, such as time=10s; repeatable."),
    ] = None,
) -> None:
    """Serve the current release over HTTP, with a SPARQL endpoint at /sparql."""
    if no_shapes and shapes:
        raise UsageError("--no-shapes and --shapes cannot both be given: leave out one of the two")
    settings = Settings.from_environment(
        home=home,
        port=port,
        host=host,
        contact=contact,
        empty=empty or None,
        shapes="none" if no_shapes else ",".join(shapes) if shapes else None,
        limits=limit,
    )
    release = _first(settings)
    _ = release.manifest  # a release that cannot be read is told before anybody is served
    logging.getLogger("uvicorn.error").addFilter(told_elsewhere)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    listening = listen(settings.host, settings.port)
    # A client that takes nothing of what is still in the kernel's buffers keeps a connection there no longer (tcp(7)).
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(settings.limits.idle_client * 1000))
    try:
        address = _address(settings.host, listening.getsockname()[1])
        what = f"the plain store {settings.home}" if settings.empty else f"release {release.id} of {settings.home}"
        typer.echo(f"Serving {what} on {address}")
        query = PLAIN_EXAMPLE if settings.empty else _FIRST_QUERY
        typer.echo(f"  curl -H 'Accept: text/csv' '{address}/sparql?query={quote(query)}'")
        if settings.empty and not Tokens(Home(settings.home)).any():
            typer.echo(f"Writes need a token: kg token create NAME --scope admin --home {settings.home}")
        if not (settings.local or settings.empty or settings.named_contact):
            typer.echo(_NO_CONTACT, err=True)
        typer.echo("Stop with Ctrl+C.")
        app = create_app(settings)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            loop="uvloop",
            http=connection_class(settings.limits),
            ws="none",
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=settings.proxies or None,
            timeout_graceful_shutdown=settings.shutdown_seconds,
        )
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except SystemExit:  # so it ends where the application did not begin
            if app.failure is None:
                raise
            raise app.failure from None
    except KeyboardInterrupt:
        # uvicorn has finished what was running and then raises the signal again: the user's wish, not an error.
        typer.echo("Stopped.")
    finally:
        listening.close()


def _first(settings: Settings) -> Release:
    """What is to be served.

    Raises:
        UsageError: There is nothing, or the home holds the other kind of graph.
    """
    home = Home(settings.home)
    if not settings.empty:
        return home.require_current()
    if home.current() is not None:
        raise UsageError(f"{home.path} holds the releases of a knowledge graph: give a plain store another --home")
    if settings.shape_files:
        from kg.shapes.load import load_only  # takes a second, which only this way of serving needs

        load_only([Path(name) for name in settings.shape_files])  # what is wrong with them is told before anybody waits
    return prepared(home)


def told_elsewhere(record: logging.LogRecord) -> bool:
    """Leave out of the log what is no error of ours: answers that broke off are in the log of requests.

    So are bytes that are no HTTP: each stranger could write a line with them.
    """
    if record.exc_info and isinstance(record.exc_info[1], BrokenAnswerError):
        return False
    return not record.getMessage().startswith((*_NO_HTTP, _NO_START))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        UsageError: The port is in use, or the address is none of this machine's.
    """
    try:
        family, kind, protocol, _name, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UsageError(f"'{host}' is no address to listen on ({error.strerror}): give another --host") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(where)
        made.listen(2048)
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"port {port} on {host} is in use: stop what uses it, or give another --port") from error
        raise UsageError(
            f"port {port} on {host} cannot be used ({error.strerror}): give another --port or --host"
        ) from error
    made.set_inheritable(False)
    return made


def _address(host: str, port: int) -> str:
    """The address for people.

    >>> _address("127.0.0.1", 8000), _address("::1", 8000)
    ('http://127.0.0.1:8000', 'http://[::1]:8000')
    """
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
