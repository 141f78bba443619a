"""Content codings: which one a client takes, and the compressor that writes it (RFC 9110, section 12.5.3; RFC 8878)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

import zstandard

__all__ = ["CODINGS", "Compressor", "compressor", "preferred_coding"]


class Compressor(Protocol):
    """Takes bytes and gives compressed ones; `flush` gives the rest."""

    def compress(self, data: bytes, /) -> bytes:
        """What is ready after some more bytes."""
        ...

    def flush(self) -> bytes:
        """All that is left; the end."""
        ...


def _gzip() -> Compressor:
    # 31 writes the header and trailer of gzip. The header that zlib writes has no time in it: the same bytes each time.
    return zlib.compressobj(6, zlib.DEFLATED, 31)


def _zstd() -> Compressor:
    return zstandard.ZstdCompressor(level=3).compressobj()


#: The codings, the preferred one first.
CODINGS: dict[str, Callable[[], Compressor]] = {"zstd": _zstd, "gzip": _gzip}


def compressor(coding: str) -> Compressor:
    """A new compressor."""
    return CODINGS[coding]()


def preferred_coding(header: str | None) -> str | None:
    """The coding that a client likes best among those we have, or None for none at all.

    Unlike a media type, that nothing is acceptable is no reason to refuse: an uncompressed answer serves everybody.

    >>> preferred_coding("gzip, deflate, br"), preferred_coding("zstd;q=0, *;q=0.5"), preferred_coding(None)
    ('gzip', 'gzip', None)
    """
    if not header:
        return None
    weights: dict[str, float] = {}
    for element in header.split(","):
        name, _, parameters = element.partition(";")
        weight = 1.0
        for parameter in parameters.split(";"):
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    weight = float(value)
                except ValueError:
                    weight = 0.0
        weights[name.strip().lower()] = weight
    every = weights.get("*", 0.0)
    best = max(CODINGS, key=lambda name: weights.get(name, weights.get(f"x-{name}", every)))
    weight = weights.get(best, weights.get(f"x-{best}", every))
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None
