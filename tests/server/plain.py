"""A plain store for the tests, served, with a token that may write to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from kg.release import Home
from kg.tokens import Tokens
from tests.server.serving import Served, serving

__all__ = ["PlainServer", "plain_server", "problem_of", "triples"]


@dataclass(frozen=True)
class PlainServer:
    """A running server, its home, and a client that has a token."""

    served: Served
    home: Home
    client: httpx.Client

    def update(self, text: str) -> httpx.Response:
        return self.client.post("/update", content=text.encode(), headers={"Content-Type": "application/sparql-update"})

    def put(
        self, content: str | bytes, content_type: str = "text/turtle", graph: str = "http://g.example/1"
    ) -> httpx.Response:
        return self.client.put(
            "/store", params={"graph": graph}, content=content, headers={"Content-Type": content_type}
        )


@contextmanager
def plain_server(folder: Path, *options: str) -> Iterator[PlainServer]:
    """Serve a plain store whose home is `home` in a folder."""
    home = Home(folder / "home")
    tokens = Tokens(home)
    if any(token.name == "tests" for token in tokens.all()):
        tokens.revoke("tests")
    secret = tokens.create("tests", "admin")
    few = ("--limit", "workers=2", "--limit", "spares=0", "--limit", "client_seconds=100000")
    with serving(home.path, folder / "errors", "--empty", *few, *options) as running:
        headers = {"Authorization": f"Bearer {secret}"}
        with httpx.Client(base_url=running.url, headers=headers, timeout=120) as client:
            yield PlainServer(running, home, client)


def triples(server: PlainServer) -> list[str]:
    """The lines of the default graph, sorted."""
    answer = server.client.get("/store?default", headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.splitlines())


def problem_of(answer: httpx.Response) -> tuple[int, str]:
    """The status of an answer and the name of its problem."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["type"].rpartition("/")[2]
