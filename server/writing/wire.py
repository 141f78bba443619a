"""What the server and its writer say to one another: what the writer must know, a write, and what became of it.

They travel as the frames of `server.workers.wire` do, one write at a time: `write` is answered with `written`,
`rejected` or `failure`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = [
    "ArticleSent",
    "DecisionSent",
    "Document",
    "GraphWrite",
    "Mode",
    "Refresh",
    "Rejected",
    "Rejection",
    "Update",
    "Write",
    "WriterSettings",
    "Written",
]


#: What is written to: a plain triple store, or a knowledge graph.
Mode = Literal["plain", "graph"]


class WriterSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What the writer must know: its home, what it is, its memory in bytes, the limits of updates, its shapes.

    `shapes` are files of shapes, or nothing for those of the project; `gate` says whether there are any at all.
    """

    home: str
    mode: Mode
    memory: int
    nesting: int
    gate: bool = True
    shapes: tuple[str, ...] = ()


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document of RDF, or a text, as it was sent."""

    content_type: str
    content: bytes


class Update(msgspec.Struct, frozen=True, kw_only=True, tag="update"):
    """A SPARQL update; `using` and `using_named` are the graphs of the request, `base` that of relative IRIs."""

    text: str
    base: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    by: str = ""


class GraphWrite(msgspec.Struct, frozen=True, kw_only=True, tag="graph"):
    """A write of the Graph Store Protocol; no graph is the default graph."""

    action: Literal["put", "post", "delete"]
    base: str
    graph: str | None = None
    documents: tuple[Document, ...] = ()
    by: str = ""


class ArticleSent(msgspec.Struct, frozen=True, kw_only=True, tag="article"):
    """An article: its source, what it is called, the day it appeared (ISO 8601) if it states none, and the rights.

    `keep` says whether its text may be kept; else its quotes are checked now, and only what it says is kept.
    """

    content_type: str
    content: bytes
    name: str
    published: str | None = None
    keep: bool = False
    by: str = ""


class DecisionSent(msgspec.Struct, frozen=True, kw_only=True, tag="decision"):
    """A judgement or a correction, as JSON."""

    document: bytes
    by: str = ""


class Refresh(msgspec.Struct, frozen=True, kw_only=True, tag="refresh"):
    """Nothing is written: a new release may have been built, and what it lacks is to be served with it."""

    by: str = ""


#: What can be written; `by` is the name of the token.
Write = Update | GraphWrite | ArticleSent | DecisionSent | Refresh


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A write is on the disk and is served.

    `created` says whether what it names was not there before; `answer` is a document of JSON for who sent it.
    """

    revision: str
    created: bool = False
    answer: bytes = b""


class Rejection(msgspec.Struct, frozen=True, kw_only=True):
    """One result of the shapes against a write."""

    severity: str
    shape: str
    focus: str
    path: str | None
    message: str


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """A write that breaks the shapes: nothing changed. `report` is the whole report as Turtle."""

    report: str
    results: tuple[Rejection, ...]
