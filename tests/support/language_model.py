"""A real HTTP server that speaks the protocol of chat completions, with a scripted model behind it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from kg.llm.settings import ModelSettings

__all__ = ["MODEL", "ModelServer", "Question", "Reply", "answer", "claim", "completion", "entity"]

MODEL = "scripted-model"


@dataclass(frozen=True)
class Question:
    """One request as the server got it; header names are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """What stands between the marks: the article as the model is shown it."""
        message: str = self.body["messages"][1]["content"]
        first, mark, rest = message.split("\n", 2)
        assert mark in first
        shown, ending = rest[: -len(mark)], rest[-len(mark) :]
        assert ending == mark
        return shown.removesuffix("\n")


@dataclass(frozen=True)
class Reply:
    """What the server sends."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: bool = False
    broken: bool = False


def entity(ident: str, cls: str, *quotes: str, name: str | None = None) -> dict[str, Any]:
    """An entity of the wire."""
    return {"id": ident, "cls": cls, "quotes": list(quotes), "name": name}


def claim(subject: str, predicate: str, value: str, quote: str, **rest: Any) -> dict[str, Any]:
    """A claim of the wire, plainly asserted unless said otherwise."""
    plain = {"certainty": "asserted", "negated": False, "specificity": "specific", "attribution": None}
    return {"subject": subject, "predicate": predicate, "value": value, "quote": quote, **plain, **rest}


def answer(entities: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]]) -> str:
    """The text of an answer."""
    return json.dumps({"entities": list(entities), "claims": list(claims)})


def completion(content: str | None, finish: str = "stop", tokens: int | None = 900, **message: Any) -> Reply:
    """A whole answer of the protocol."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    body: dict[str, Any] = {"id": "x", "object": "chat.completion", "model": MODEL, "choices": [choice]}
    if tokens is not None:
        body["usage"] = {"prompt_tokens": tokens - 1, "completion_tokens": 1, "total_tokens": tokens}
    return Reply(json.dumps(body).encode())


class ModelServer:
    """The server for as long as the `with` block lasts.

    Args:
        model: Answers a question.

    Attributes:
        asked: The questions so far.
        url: The base address that `KG_LLM_URL` takes.
    """

    def __init__(self, model: Callable[[Question], Reply]) -> None:
        self.model = model
        self.asked: list[Question] = []
        self.url = ""
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    def settings(self, **given: Any) -> ModelSettings:
        """Settings that ask this server."""
        return ModelSettings(**{"url": self.url, "model": MODEL, "retries": 0, "timeout": 20.0, **given})

    def __enter__(self) -> ModelServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                question = Question(self.path, headers, json.loads(data))
                outer.asked.append(question)
                reply = outer.model(question)
                time.sleep(reply.delay)
                self._send(reply)

            def _send(self, reply: Reply) -> None:
                try:
                    if reply.broken:
                        self.close_connection = True
                        return
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("content-length", str(len(reply.body)))
                    self.end_headers()
                    for part in [reply.body] if not reply.drip else [bytes([sign]) for sign in reply.body]:
                        self.wfile.write(part)
                        self.wfile.flush()
                        time.sleep(0.05 if reply.drip else 0)
                except (BrokenPipeError, ConnectionResetError):
                    # The client gave up, which is what some tests are about.
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                del format, args

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        assert self._thread is not None
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=30)
