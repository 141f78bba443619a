"""What XML cannot carry, and the engine writes all the same: an honest error instead of an ill-formed document.

XML 1.0, sections 2.2 and 2.11; Namespaces in XML 1.0, section 4; RDF 1.1 XML Syntax, section 5.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Quad, Triple

from kg.errors import UsageError

__all__ = ["NAME_START", "UnwritableError", "carried", "named_predicates"]


class UnwritableError(UsageError):
    """A format cannot carry what is to be written; another one can."""


#: The letters with which names may begin in XML, and in SPARQL as well.
NAME_START = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
#: An IRI that ends in a name without a colon, as a predicate must.
_NAMED = re.compile(rf"[{NAME_START}_][{NAME_START}_0-9.\u00b7\u0300-\u036f\u203f-\u2040-]*\Z")
#: Characters that no document holds, in UTF-8.
_NONE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def carried(chunk: bytes, title: str, before: bytes = b"") -> bytes:
    """Some bytes of a document, fit to be handed out.

    A carriage return is read as a line feed, so it becomes a character reference; the engine writes none of its own.

    Args:
        chunk: What the engine wrote.
        title: The name of the format, for the error.
        before: The last two bytes before them, or more, where they are not the first.

    Raises:
        UnwritableError: There is a character in them that XML cannot carry.

    >>> carried(b"a\\rb", "XML")
    b'a&#13;b'
    """
    if _NONE.search(before + chunk):
        raise UnwritableError(
            f"the answer holds a control character, which {title} cannot carry: ask for another format"
        )
    return chunk.replace(b"\r", b"&#13;")


def named_predicates(statements: Iterable[Triple] | Iterable[Quad]) -> Iterator[Any]:
    """The same statements, while RDF/XML can carry their predicates: it writes them as names of elements.

    Raises:
        UnwritableError: An IRI ends in no name.
    """
    known: set[str] = set()
    for statement in statements:
        predicate = statement.predicate.value
        if predicate not in known:
            if not _NAMED.search(predicate):
                raise UnwritableError(
                    f"RDF/XML cannot carry the predicate <{predicate}>, which ends in no name: ask for another format"
                )
            known.add(predicate)
        yield statement
