"""A worker process: opens releases, evaluates one query at a time, writes the answer into its socket.

A query may end it; the server sees the socket end and starts another.
"""

from __future__ import annotations

import socket
import sys
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from pyoxigraph import DefaultGraph, NamedNode, Triple

from kg.answer_output import AnswerOutput
from kg.errors import CrossingsError
from kg.formats import Format, Kind
from kg.namespaces import BASE, PREFIXES
from kg.query_text import QueryText
from kg.querying import Dataset, QueryLimits, ReleaseStore, check_query, open_release, write_answer, write_triples
from kg.rdf_input import rdf_format, read_rdf
from server.codings import Compressor, compressor
from server.negotiation import chosen_format
from server.problems import Problem, problem_of
from server.workers.child import run_child
from server.workers.isolation import isolate, listen_inside
from server.workers.services import ServiceRule, gateway_iri
from server.workers.wire import Ask, End, Failure, FrameKind, FrameReader, Head, Hello, Open, decode, frame, message
from server.writing.wire import Document

__all__ = ["WorkerSettings"]

#: Chunks are gathered into frames of at least this size, in bytes.
_FRAME = 65_536
#: An answer shorter than this is not worth compressing, in bytes.
_COMPRESSED = 1_000


class WorkerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker must know: its memory, the limits of queries and answers, which endpoints SERVICE may call.

    `shapes` are the files of the shapes that documents are validated against, if not those of the project.
    `plain` says that it is a store of no project: no prefix is known, and a graph that is not there is an empty one.
    `release` is the directory of the release to open before it says that it is ready: its first query does not wait.
    """

    memory: int
    rows: int
    bytes: int
    nesting: int
    merged_quads: int
    older_releases: int
    services: tuple[str, ...] = ()
    plain: bool = False
    shapes: tuple[str, ...] = ()
    release: str | None = None


class _Releases:
    """The releases that are open: the current one and a few older ones, the one that was asked longest ago goes."""

    def __init__(self, older: int) -> None:
        self._older = older
        self._open: OrderedDict[str, ReleaseStore] = OrderedDict()

    def get(self, directory: str) -> ReleaseStore:
        held = self._open.get(directory)
        if held is None:
            held = self._open[directory] = open_release(Path(directory))
            while len(self._open) > self._older + 1:
                self._open.popitem(last=False)
        self._open.move_to_end(directory)
        return held


class _Answer:
    """The way of an answer into the socket: gathered, compressed if it is long enough, framed."""

    def __init__(self, connection: socket.socket, coding: str | None) -> None:
        self._connection = connection
        self._coding = coding
        self._held: list[bytes] = []
        self._size = 0
        self._head: Head | None = None
        self._begun = False
        self._compressor: Compressor | None = None

    def begin(self, head: Head) -> None:
        self._head = head

    def write(self, chunk: bytes) -> None:
        self._held.append(chunk)
        self._size += len(chunk)
        if self._size >= _FRAME:
            self._connection.sendall(self._flushed(last=False))

    def end(self, hint: str | None) -> None:
        # One call of the system for the whole of a small answer.
        self._connection.sendall(self._flushed(last=True) + message(End(hint=hint)))

    def _flushed(self, *, last: bool) -> bytes:
        content = b"".join(self._held)
        self._held.clear()
        self._size = 0
        started = b""
        if not self._begun:
            assert self._head is not None  # nothing is written before the format is chosen
            if self._coding is not None and (not last or len(content) >= _COMPRESSED):
                self._compressor = compressor(self._coding)
                self._head = msgspec.structs.replace(self._head, coding=self._coding)
            started = message(self._head)
            self._begun = True
        if self._compressor is not None:
            content = self._compressor.compress(content) + (self._compressor.flush() if last else b"")
        return started + frame(FrameKind.DATA, content) if content else started


class _Worker:
    def __init__(self, connection: socket.socket, settings: WorkerSettings) -> None:
        self._connection = connection
        self._settings = settings
        self._releases = _Releases(settings.older_releases)
        self._rule = ServiceRule(settings.services)
        self._gateway: Callable[[str], str] | None = None

    def run(self) -> None:
        """Answer until the server closes the socket."""
        protections = isolate(self._settings.memory, sockets=bool(self._settings.services))
        if self._settings.services and not protections["network-namespace"]:
            raise CrossingsError(
                "SERVICE hosts are allowed, but this system gives workers no network namespace, and without one they "
                "could reach everything: allow user namespaces, or leave KG_SERVICE_HOSTS empty"
            )
        if self._settings.release is not None:
            self._open(self._settings.release)
        if self._settings.services:
            with listen_inside() as listening:
                self._gateway = partial(gateway_iri, listening.getsockname()[1])
                hello = message(Hello(protections=protections))
                socket.send_fds(self._connection, [hello], [listening.fileno()])
        else:
            self._connection.sendall(message(Hello(protections=protections)))
        reader = FrameReader()
        while chunk := self._connection.recv(65_536):
            for kind, payload in reader.feed(chunk):
                record = decode(kind, payload)
                if isinstance(record, Ask):
                    self._answer(record)
                elif isinstance(record, Open):
                    self._open(record.release)

    def _open(self, release: str) -> None:
        try:
            self._releases.get(release)
        except CrossingsError as error:  # who asks it will be told
            print(error, file=sys.stderr)

    def _answer(self, ask: Ask) -> None:
        answer = _Answer(self._connection, ask.coding)
        try:
            hint = None
            if ask.query is not None:
                hint = self._query(ask, ask.query, answer)
            elif ask.document is not None:
                self._validate(ask, ask.document, answer)
            else:
                self._graph(ask, answer)
        except Problem as problem:
            self._fail(problem)
        except CrossingsError as error:
            self._fail(problem_of(error, ask.query))
        except MemoryError:
            self._fail(Problem("out-of-memory", "the query needs more memory than a worker has: ask for less"))
        else:
            answer.end(hint)

    def _fail(self, problem: Problem) -> None:
        self._connection.sendall(
            message(Failure(name=problem.name, detail=problem.detail, members=problem.members, headers=problem.headers))
        )

    def _query(self, ask: Ask, query: str, answer: _Answer) -> str | None:
        known = {} if self._settings.plain else PREFIXES
        text = QueryText(query, known, ask.base or BASE)
        # An Accept header that cannot be met is told before an evaluation that may take long.
        early = chosen_format(text.kind, ask.accept, ask.format) if text.form is not None else None

        def choose(kind: Kind) -> Format:
            format = early if early is not None and kind == text.kind else chosen_format(kind, ask.accept, ask.format)
            answer.begin(Head(content_type=format.content_type, format=format.name, volatile=text.volatile))
            return format

        limits = QueryLimits(
            nesting=self._settings.nesting,
            merged_quads=self._settings.merged_quads,
            rows=self._settings.rows,
            bytes=self._settings.bytes,
            absent_graphs=self._settings.plain,
            service=self._rule.allows if self._settings.services else None,
            gateway=self._gateway,
        )
        held = self._releases.get(ask.release)
        if ask.check:
            check_query(held, text, limits)
            answer.begin(Head(content_type="text/plain", format="none", volatile=text.volatile))
            return None
        return write_answer(held, text, choose, answer.write, Dataset(ask.default, ask.named), limits)

    def _graph(self, ask: Ask, answer: _Answer) -> None:
        """A graph, for the Graph Store Protocol; no name is the default graph."""
        format = chosen_format("graph", ask.accept, ask.format)
        held = self._releases.get(ask.release)
        graph = DefaultGraph() if ask.graph is None else NamedNode(ask.graph)
        if isinstance(graph, NamedNode) and not held.store.contains_named_graph(graph):
            raise Problem("graph-not-found", f"there is no graph <{ask.graph}>")
        answer.begin(Head(content_type=format.content_type, format=format.name))
        output = AnswerOutput(format, answer.write, self._settings.rows, self._settings.bytes)
        triples = (
            Triple(quad.subject, quad.predicate, quad.object)
            for quad in held.store.quads_for_pattern(None, None, None, graph)
        )
        write_triples(triples, format, output)

    def _validate(self, ask: Ask, document: Document, answer: _Answer) -> None:
        """The report of the shapes on a document that came with the request."""
        format = chosen_format("graph", ask.accept, ask.format)
        syntax = rdf_format(document.content_type)
        assert syntax is not None  # the server has looked
        quads = read_rdf(document.content, syntax, ask.base or BASE, max_depth=self._settings.nesting)
        # Few workers are ever asked for it, and it takes a second.
        from kg.shapes.load import load_only
        from kg.shapes.validate import validate

        shapes = load_only([Path(name) for name in self._settings.shapes]) if self._settings.shapes else None
        report = validate(quads, shapes=shapes, ours=shapes is None)
        answer.begin(Head(content_type=format.content_type, format=format.name))
        output = AnswerOutput(format, answer.write, self._settings.rows, self._settings.bytes)
        write_triples(report.triples(), format, output)


def _run(connection: socket.socket, settings: bytes) -> None:
    _Worker(connection, msgspec.json.decode(settings, type=WorkerSettings)).run()


if __name__ == "__main__":
    run_child(_run)
