"""A real server process on a free port."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path
from types import TracebackType

import httpx

from tests.support.commands import start

__all__ = ["Server", "free_port"]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """`kg serve` for as long as the `with` block lasts; `url` is its address."""

    def __init__(self, home: Path, *options: str) -> None:
        self._home = home
        self._options = options
        self.url = ""
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Server:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._child = start("serve", "--home", self._home, "--port", str(port), *self._options)
        transport = httpx.HTTPTransport(
            retries=12
        )  # httpx waits longer before each: an answer is awaited, not slept for
        with httpx.Client(transport=transport, timeout=60) as client:
            try:
                client.get(f"{self.url}/health").raise_for_status()
            except httpx.HTTPError as error:
                self._child.kill()
                out, err = self._child.communicate()
                raise AssertionError(f"the server did not come up: {out}{err}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._child is not None
        self._child.terminate()
        self._child.communicate(timeout=30)
