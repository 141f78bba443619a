"""The pages of `docs/` that are made from the tables of the server; `kg.docs` finds them by its entry-point group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from kg.docs.page import Page, cell, markdown, table
from server.problems import PROBLEMS
from server.replies import PROBLEM_TYPE
from server.settings import Settings

__all__ = ["pages"]


def pages() -> Iterator[Page]:
    """The pages of the server."""
    yield _problems()
    yield _settings()


def _problems() -> Page:
    kinds = sorted(PROBLEMS.values(), key=lambda kind: (kind.status, kind.name))
    return markdown(
        "problems.md",
        "server.problems.PROBLEMS",
        "Problems of the endpoint",
        [
            f"What the server cannot answer, it answers with `{PROBLEM_TYPE}` (RFC 9457): `type` is an IRI that ends "
            "in the name below, `title` and `status` are those of the table, `detail` is a sentence about this request "
            "and `line`, `column` (both from 1) and `snippet` say where in the query it is wrong, where that is known.",
            table(("name", "status", "title"), [(f"`{k.name}`", str(k.status), cell(k.title)) for k in kinds]),
        ],
    )


def _settings() -> Page:
    rows = [
        (f"`{known.metadata['variable']}`", f"`{known.default}`", cell(known.metadata["help"]))
        for known in sorted(fields(Settings), key=lambda known: str(known.metadata["variable"]))
    ]
    return markdown(
        "settings.md",
        "server.settings.Settings",
        "Settings of the server",
        [
            "The server reads these variables of the environment when it starts; an option of `kg serve` goes before "
            "the variable of the same name.",
            table(("variable", "default", "what"), rows),
        ],
    )
