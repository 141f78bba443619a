"""What the server and its workers say to one another: frames over a socket, each a kind, a length and a payload.

A worker says `hello` when it is ready. It is sent one `ask` at a time and answers with `head`, any number of `data` and
`end`, or with `failure` at any point. The writer is sent one `write` at a time and answers with `written`, `rejected`
or `failure`. Nothing else is ever sent, so a process that dies leaves a socket that ends.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import Any

import msgspec

from server.writing.wire import Document, Rejected, Write, Written

__all__ = ["Ask", "End", "Failure", "FrameKind", "FrameReader", "Head", "Hello", "Open", "decode", "frame", "message"]


class FrameKind(IntEnum):
    """The kinds of frames, each with the record that its payload is (MessagePack), or bytes for `DATA`."""

    HELLO = 1
    ASK = 2
    OPEN = 3
    HEAD = 4
    DATA = 5
    END = 6
    FAILURE = 7
    WRITE = 8
    WRITTEN = 9
    REJECTED = 10


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """A worker is ready: which protections hold in it, by name, each with whether it does."""

    protections: dict[str, bool]


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """A release that will be asked: open it now."""

    release: str


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A query, or the document to validate, or the graph to read where there is neither.

    `release` is the directory of the release; `coding` is gzip, zstd or nothing; `base` is that of relative IRIs, if
    not the project's; `check` asks only whether the query can be asked: the answer has no bytes.
    """

    release: str
    query: str | None = None
    graph: str | None = None
    document: Document | None = None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    accept: str | None = None
    format: str | None = None
    coding: str | None = None
    base: str | None = None
    check: bool = False


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer is: its media type, its format by name, its coding, and whether asking again may give another."""

    content_type: str
    format: str
    coding: str | None = None
    volatile: bool = False


class End(msgspec.Struct, frozen=True, kw_only=True):
    """The answer is whole; `hint` is a sentence for who asked, where nothing was found."""

    hint: str | None = None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """There is no answer, or no more of it: a problem by the name of its kind."""

    name: str
    detail: str
    members: dict[str, Any] = {}
    headers: dict[str, str] = {}


Record = Hello | Open | Ask | Head | End | Failure | Write | Written | Rejected
_KINDS: dict[type, FrameKind] = {
    Hello: FrameKind.HELLO,
    Ask: FrameKind.ASK,
    Open: FrameKind.OPEN,
    Head: FrameKind.HEAD,
    End: FrameKind.END,
    Failure: FrameKind.FAILURE,
    Written: FrameKind.WRITTEN,
    Rejected: FrameKind.REJECTED,
}
_DECODERS: dict[FrameKind, msgspec.msgpack.Decoder[Any]] = {
    FrameKind.WRITE: msgspec.msgpack.Decoder(Write),
    **{kind: msgspec.msgpack.Decoder(record) for record, kind in _KINDS.items()},
}
_ENCODER = msgspec.msgpack.Encoder()
_START = struct.Struct(">BI")


def frame(kind: FrameKind, payload: bytes) -> bytes:
    """A frame as bytes."""
    return _START.pack(kind, len(payload)) + payload


def message(record: Record) -> bytes:
    """A record as a frame."""
    return frame(_KINDS.get(type(record), FrameKind.WRITE), _ENCODER.encode(record))


def decode(kind: FrameKind, payload: bytes) -> Record:
    """The record of a frame that is not `DATA`.

    Raises:
        msgspec.MsgspecError: The payload is no such record.
    """
    record: Record = _DECODERS[kind].decode(payload)
    return record


class FrameReader:
    """Takes bytes as they come and hands out whole frames."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, chunk: bytes) -> list[tuple[FrameKind, bytes]]:
        """The frames that are whole now.

        >>> reader = FrameReader()
        >>> reader.feed(frame(FrameKind.DATA, b"abc")[:6])
        []
        >>> reader.feed(frame(FrameKind.DATA, b"abc")[6:])
        [(<FrameKind.DATA: 5>, b'abc')]
        """
        held = self._held
        held += chunk
        position = 0
        frames: list[tuple[FrameKind, bytes]] = []
        while len(held) - position >= _START.size:
            kind, length = _START.unpack_from(held, position)
            end = position + _START.size + length
            if len(held) < end:
                break
            frames.append((FrameKind(kind), bytes(held[position + _START.size : end])))
            position = end
        if position:
            del held[:position]
        return frames
