"""Terms as SPARQL writes them, so that what a tool answers can be put back into a query as it is."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from kg.namespaces import curie, expand
from server.page_queries import Term

__all__ = ["iri_of", "written"]

#: A local name that needs no escapes (SPARQL 1.1 Query Language, rule PN_LOCAL).
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
#: The lexical forms that a query may have without quotation marks, by datatype.
_BARE = {
    expand("xsd:integer"): re.compile(r"-?[0-9]+"),
    expand("xsd:decimal"): re.compile(r"-?[0-9]+\.[0-9]+"),
    expand("xsd:boolean"): re.compile(r"true|false"),
}
_STRING = expand("xsd:string")


def written(term: Term | None) -> str | None:
    """A term in the notation of SPARQL with the prefixes of the project; None for what is not bound.

    >>> written(NamedNode(expand("cx:Incident"))), written(NamedNode(expand("id:route/dmz")))
    ('cx:Incident', '<https://w3id.org/crossings/id/route/dmz>')
    >>> written(Literal(3)), written(Literal("2025-07-03", datatype=NamedNode(expand("xsd:date"))))
    ('3', '"2025-07-03"^^xsd:date')
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        short = curie(term.value)
        _prefix, colon, local = short.partition(":")
        return short if short != term.value and colon and _LOCAL.fullmatch(local) else str(term)
    if isinstance(term, Literal) and term.language is None and term.datatype.value != _STRING:
        bare = _BARE.get(term.datatype.value)
        if bare is not None and bare.fullmatch(term.value):
            return term.value
        return f"{Literal(term.value)}^^{written(term.datatype)}"
    return str(term)


def iri_of(given: str, within: str = "id:") -> str:
    """The IRI that somebody means: in full, in angle brackets, as a prefixed name, or without the prefix.

    Args:
        given: The text.
        within: The prefix that is meant where there is none.

    >>> iri_of("route/dmz") == iri_of("id:route/dmz") == iri_of("<https://w3id.org/crossings/id/route/dmz>")
    True
    """
    text = given.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    text = text.replace("\\/", "/")
    try:
        return expand(text if ":" in text else within + text)
    except KeyError:
        return text
