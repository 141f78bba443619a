"""The writer: the one process that changes what is served. It applies one write at a time and answers when it is safe.

It may be killed at any moment: what it had not answered is either whole and served or never was.
"""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from typing import Protocol, get_args

import msgspec

from kg.errors import CrossingsError
from kg.release import Home
from kg.release.snapshots import Snapshots
from server.problems import Problem, problem_of
from server.workers.child import run_child
from server.workers.isolation import isolate
from server.workers.wire import Failure, FrameReader, Hello, decode, message
from server.writing.plain_store import PlainStore
from server.writing.wire import Rejected, Update, Write, WriterSettings, Written

#: What a problem of a query is called where it is one of an update.
_OF_UPDATES = {"malformed-query": "malformed-update"}


class _Written(Protocol):
    def apply(self, write: Write) -> Written | Rejected: ...


def _opened(settings: WriterSettings) -> _Written:
    if settings.mode == "graph":
        from server.writing.knowledge_graph import (
            KnowledgeGraph,  # with all that links articles, which the other has no use for
        )

        return KnowledgeGraph(Home(settings.home), settings.nesting)
    shapes = None
    if settings.gate:
        from kg.shapes.load import load_only, load_shapes  # takes a second, and a store without shapes needs it not

        shapes = load_only([Path(name) for name in settings.shapes]) if settings.shapes else load_shapes()
    return PlainStore(Home(settings.home), settings.nesting, shapes, ours=not settings.shapes)


def _run(connection: socket.socket, content: bytes) -> None:
    settings = msgspec.json.decode(content, type=WriterSettings)
    protections = isolate(settings.memory, files=True)
    with Snapshots(Home(settings.home)).writing():
        held = _opened(settings)
        connection.sendall(message(Hello(protections=protections)))
        reader = FrameReader()
        while chunk := connection.recv(1 << 20):
            for kind, payload in reader.feed(chunk):
                record = decode(kind, payload)
                assert isinstance(record, get_args(Write))  # nothing else is sent
                connection.sendall(message(_answer(held, record)))


def _answer(held: _Written, write: Write) -> Written | Rejected | Failure:
    try:
        return held.apply(write)
    except Problem as problem:
        return _failure(problem)
    except CrossingsError as error:
        told = problem_of(error, write.text if isinstance(write, Update) else None)
        return _failure(replace(told, name=_OF_UPDATES.get(told.name, told.name)))
    except MemoryError:
        return _failure(Problem("out-of-memory", "the write needs more memory than the writer has: send less at once"))


def _failure(problem: Problem) -> Failure:
    return Failure(name=problem.name, detail=problem.detail, members=problem.members, headers=problem.headers)


if __name__ == "__main__":
    run_child(_run)
