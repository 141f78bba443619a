"""A TCP listener that nobody may call: it notes each connection and answers none."""

from __future__ import annotations

import queue
import socket
import threading
from types import TracebackType

__all__ = ["SilentListener"]


class SilentListener:
    """Listens on the loopback for as long as the `with` block lasts; `url` is an address there."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._heard: queue.Queue[tuple[str, int]] = queue.Queue()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/sparql"

    def __enter__(self) -> SilentListener:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # this ends a waiting accept(2), which closing does not
        self._thread.join(30)
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, address = self._socket.accept()
            except OSError:  # the end of the `with` block
                return
            connection.close()
            self._heard.put(address)

    def callers(self) -> list[tuple[str, int]]:
        """Who has connected since it was asked last.

        The kernel hands connections out in the order in which they came. So we connect ourselves and wait until that
        is heard: whoever came before us has been heard by then, and that we are heard shows that the listener hears.
        """
        with socket.create_connection(("127.0.0.1", self.port), 30) as ours:
            own = ours.getsockname()
            callers = []
            while (caller := self._heard.get(timeout=30)) != own:
                callers.append(caller)
        return callers
