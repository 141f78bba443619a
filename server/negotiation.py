"""Which format an answer has: the one that a request names, else the one that its Accept header likes best."""

from __future__ import annotations

from functools import lru_cache

from kg.errors import UsageError
from kg.formats import Format, Kind, by_name, formats_for, negotiate
from server.problems import Problem

__all__ = ["chosen_format"]


@lru_cache(maxsize=512)
def chosen_format(kind: Kind, accept: str | None, name: str | None) -> Format:
    """The format of an answer.

    Args:
        kind: What is to be written.
        accept: The Accept header.
        name: The name of a format, which goes before the header.

    Raises:
        Problem: The name is none of a format of this kind, or nothing in the header is acceptable.
    """
    if name is not None:
        try:
            return by_name(name, kind)
        except UsageError as error:
            raise Problem("unknown-format", str(error)) from error
    chosen = negotiate(accept, kind)
    if chosen is None:
        offered = [format.media_type for format in formats_for(kind)]
        detail = f"'{accept}' names none of the formats of this answer: {', '.join(offered)}"
        raise Problem("not-acceptable", detail, {"available": offered}, {"Vary": "Accept, Accept-Encoding"})
    return chosen
