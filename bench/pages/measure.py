"""Asks a server for its pages in turn with lookups, and notes how long each took and how much came."""

from __future__ import annotations

import re
import time
from urllib.parse import urlencode

import msgspec

from bench.endpoint.corpus import Corpus
from bench.endpoint.http import Connection
from bench.endpoint.process_tree import processor_seconds
from bench.endpoint.servers import Crossings
from bench.pages.kinds import LOOKUP, addresses, get
from kg.namespaces import BASE

__all__ = ["Kind", "Measured", "measure"]

_TIMEOUT = 60.0
#: How many pages of a kind are made at least.
_LEAST = 12
_LOADS = re.compile(rb"(?:src|href)=\"(/static/[^\"]+)\"")


class Kind(msgspec.Struct):
    """One kind of page.

    Attributes:
        name: What it is called.
        pages: How many were asked for.
        made: Seconds of each answer by round, none of which the server had kept.
        again: Seconds of answers that it had kept.
        processor: Seconds of processors that a page takes to be made.
        transfer: Bytes of the largest first visit.
        failure: Why it was not measured.
    """

    name: str
    pages: int
    made: list[list[float]]
    again: list[float]
    processor: float
    transfer: int
    failure: str | None = None


class Measured(msgspec.Struct):
    """All that was measured over one corpus; `lookups` are seconds of single lookups."""

    name: str
    quads: int
    articles: int
    lookups: list[float]
    kinds: list[Kind]


def measure(name: str, corpus: Corpus, rounds: int, many: int) -> Measured:
    """Start a server over a corpus and ask for its pages.

    Args:
        name: What the corpus is called.
        corpus: What is served.
        rounds: How often each page is made, after one round that is not counted.
        many: How many pages of a kind, at most.
    """
    with Crossings(corpus) as server:
        connection = Connection(server.target.host, server.target.port, _TIMEOUT)
        pages = addresses(connection, many)
        lookup = get("/sparql?" + urlencode({"query": LOOKUP.format(iri=_incident(pages)), "format": "json"}))
        assert server.process_id is not None  # it runs
        kinds = []
        lookups: list[float] = []
        for kind, paths in pages.items():
            failure = _failure(connection, paths)
            transfer = 0 if failure else max(_transfer(connection, path) for path in paths)
            before = processor_seconds(server.process_id)
            # The kernel counts processor time in hundredths of a second, so a kind is asked for often enough to tell.
            turns = 0 if failure else max(rounds, -(-_LEAST // len(paths)))
            made = [
                [_timed(connection, get(path, host=f"127.0.0.1:{1 + turn}")) for path in paths] for turn in range(turns)
            ]
            spent = (processor_seconds(server.process_id) - before) / max(1, turns * len(paths))
            again = [] if failure else [_timed(connection, get(path)) for path in paths]
            kinds.append(Kind(kind, len(paths), made, again, spent, transfer, failure))
            # No cache has seen the text of a lookup: a comment behind it has a new number.
            lookups += [
                _timed(connection, lookup.replace(b"&format", f"%23{len(lookups)}.{n}&format".encode()))
                for n in range(5)
            ]
        connection.close()
    return Measured(name, corpus.quads, corpus.articles, lookups, kinds)


def _incident(pages: dict[str, list[str]]) -> str:
    return BASE + pages["incident"][0].removeprefix("/").removesuffix(".html")


def _failure(connection: Connection, paths: list[str]) -> str | None:
    """Why a kind cannot be measured; asking is the round that is not counted."""
    for path in paths:
        reply = connection.exchange(get(path))
        if reply.status != 200:
            return f"{path} is answered with status {reply.status}"
    return None


def _timed(connection: Connection, request: bytes) -> float:
    began = time.perf_counter()
    connection.exchange(request)
    return time.perf_counter() - began


def _transfer(connection: Connection, path: str) -> int:
    """Bytes of the bodies of a first visit: the page and the files that it loads, compressed."""
    packed = "Accept-Encoding: gzip"
    files = sorted(set(_LOADS.findall(connection.exchange(get(path)).body)))
    sizes = [len(connection.exchange(get(file.decode("ascii"), packed)).body) for file in files]
    return len(connection.exchange(get(path, packed)).body) + sum(sizes)
