"""`kg.open`: which release a place stands for, on the disk or behind an address."""

from __future__ import annotations

import os
import re

from kg.client.backend import Backend
from kg.client.given import given_seconds, given_text
from kg.client.graph import Graph
from kg.client.waiting import PATIENCE, TIMEOUT
from kg.errors import UsageError

__all__ = ["open_graph"]

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def open_graph(
    where: str | os.PathLike[str] | None = None,
    *,
    release: str | None = None,
    timeout: float = TIMEOUT,
    patience: float = PATIENCE,
) -> Graph:
    """Open a release; `kg.open` is this function.

    Args:
        where: A home directory, the directory of a release, or the base address of a server (`http://` or `https://`).
            Absent, the home of the command line: `KG_HOME`, else `.kg`.
        release: The id of a release that is kept there, or its beginning. Absent, the current one.
        timeout: How many seconds a server may be silent.
        patience: How many seconds to wait altogether, each time a server is asked, while it says that it is busy.

    Raises:
        UsageError: There is no graph in that place, or something is not of its type.
        NotFoundError: It has no such release.
        GraphError: The release cannot be opened.
        RemoteError: The server is down, or is no server of Crossings.

    >>> kg.open(release_path, release=release.id[:4]).id == release.id
    True
    """
    if where is not None and not isinstance(where, (str, os.PathLike)):
        raise UsageError(f"a value of the type {type(where).__name__} is no place of a graph: give a path or address")
    if release is not None and not given_text("the release", release).strip():
        raise UsageError("the release is empty: give an id or its beginning, or leave it out for the current one")
    timeout, patience = given_seconds("timeout", timeout), given_seconds("patience", patience, none=True)
    backend: Backend
    if isinstance(where, str) and _ADDRESS.match(where):
        from kg.client.remote import RemoteBackend

        backend = RemoteBackend(given_text("the address", where), release, timeout=timeout, patience=patience)
    else:
        if isinstance(where, str) and "://" in where:
            raise UsageError(f"{where} is no directory, and no address that begins with http:// or https://")
        from kg.client.local import LocalBackend

        backend = LocalBackend(where, release)
    return Graph(backend)
