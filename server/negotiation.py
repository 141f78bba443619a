"""Which format an answer has: the one that a request names, else the one that its Accept header likes best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.errors import UsageError
from kg.formats import Format, Kind, by_name, formats_for, negotiate, parse_accept
from server.problems import Problem

__all__ = ["HTML", "chosen_format", "chosen_name"]

#: The media types of a page.
HTML = ("text/html", "application/xhtml+xml")


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


def chosen_name(offered: Mapping[str, Sequence[str]], accept: str | None, name: str | None) -> str:
    """The name of the form of an answer that is no format of the graph alone, such as a page or a citation.

    Args:
        offered: The media types of each form by its name; the first form is sent to who does not mind.
        accept: The Accept header.
        name: The name that the request gives, which goes before the header.

    Raises:
        Problem: The name is none of them, or nothing in the header is acceptable.

    >>> chosen_name({"html": HTML, "json": ("application/json",)}, "application/json, */*;q=0.5", None)
    'json'
    """
    if name is not None:
        wanted = name.strip().lower()
        for known, media_types in offered.items():
            if wanted == known or wanted in media_types:
                return known
        raise Problem("unknown-format", f"no format '{name}' for this answer: give one of {', '.join(offered)}")
    if accept is None or not accept.strip():
        return next(iter(offered))
    ranges = parse_accept(accept)
    weighed = []
    for index, (known, media_types) in enumerate(offered.items()):
        for media_type in media_types:
            fitting = [found for found in ranges if found.matches(media_type)]
            closest = max(fitting, key=lambda found: (found.specificity, found.q), default=None)
            if closest is not None and closest.q > 0:
                weighed.append((closest.q, closest.specificity, -index, known))
    if not weighed:
        media = [types[0] for types in offered.values()]
        detail = f"'{accept}' names none of the formats of this answer: {', '.join(media)}"
        raise Problem("not-acceptable", detail, {"available": media}, {"Vary": "Accept, Accept-Encoding"})
    return max(weighed)[3]
