"""Terms for people, from how N-Triples has them."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.namespaces import curie

__all__ = ["shown_term"]


def shown_term(term: str) -> str:
    """A term in N-Triples, for people: the prefixed name of an IRI, the text of a literal.

    >>> shown_term('"two\\\\nlines"@en'), shown_term("<https://w3id.org/crossings/vocabulary/front#eastern>")
    ('two lines', 'front:eastern')
    """
    (quad,) = parse(f"<urn:s> <urn:p> {term} .", format=RdfFormat.N_TRIPLES)
    value = quad.object
    if isinstance(value, NamedNode):
        return curie(value.value)
    return " ".join(value.value.split()) if isinstance(value, Literal) else term
