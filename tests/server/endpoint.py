"""A SPARQL endpoint of somebody else, good and bad, as a real HTTP server in a thread."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

__all__ = ["Endpoint"]


class Endpoint:
    """Answers for as long as the `with` block lasts: `/sparql` well, other paths badly.

    Args:
        iris: The values of `?i` in the solutions that it gives, each with a `?note`.
        elsewhere: Where `/redirect` redirects to.
    """

    def __init__(self, iris: list[str], elsewhere: str = "") -> None:
        self.asked: list[tuple[str, str]] = []
        self.let_go = threading.Event()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                endpoint.asked.append((self.path, body))
                self._answer()

            def do_GET(self) -> None:
                endpoint.asked.append((self.path, ""))
                self._answer()

            def _answer(self) -> None:
                path = self.path.partition("?")[0]
                if path == "/redirect":
                    self.send_response(307)
                    self.send_header("Location", elsewhere)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                elif path == "/error":
                    self.send_error(500, "an error of the endpoint")
                elif path == "/garbage":
                    self._send(b"nothing that is a result")
                elif path == "/slow":
                    endpoint.let_go.wait(120)
                    self.close_connection = True
                elif path == "/endless":
                    self._endless()
                else:
                    self._send(json.dumps(document).encode())

            def _send(self, body: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _endless(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.end_headers()
                self.close_connection = True
                try:
                    while not endpoint.let_go.is_set():
                        self.wfile.write(b" " * 65_536)
                except OSError:  # the caller has had enough
                    return

            def log_message(self, format: str, *arguments: Any) -> None:
                """Say nothing."""

        bindings = [{"i": {"type": "uri", "value": iri}, "note": {"type": "literal", "value": "seen"}} for iri in iris]
        document = {"head": {"vars": ["i", "note"]}, "results": {"bindings": bindings}}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def url(self, path: str = "/sparql", host: str = "127.0.0.1") -> str:
        """An address of it."""
        return f"http://{host}:{self.port}{path}"

    def __enter__(self) -> Endpoint:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._thread.join(60)
        self._server.server_close()
