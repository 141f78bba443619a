"""Terms as plain strings, which Python hashes once and compares fast; terms of rdflib are slow and large.

An IRI is itself; a blank node begins with `_:`; a literal is its lexical form between quotes, with `@` and its language
or `^^` and its datatype behind the last quote. Nothing is escaped, for neither of these can hold a quote. A literal is
written as rdflib normalises it, since pyshacl sees no other, and `xsd:string` is left out.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import BNode, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import XSD
from rdflib.term import Node

from kg.errors import UsageError
from kg.shapes.report import GENID, Term

__all__ = ["is_blank", "is_literal", "node_of", "node_of_rdflib", "rdflib_of", "term_of"]

_STRING = str(XSD.string)
_LIMIT = 200_000
_normal: dict[tuple[str, str], str] = {}
_terms: dict[str, Node] = {}


def is_literal(node: str) -> bool:
    """Whether a node is a literal."""
    return node[:1] == '"'


def is_blank(node: str) -> bool:
    """Whether a node is a blank node."""
    return node[:2] == "_:"


def node_of(term: object) -> str:
    """The string of a term of pyoxigraph.

    Raises:
        UsageError: The term is a triple, which SHACL has no word for.
    """
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, Literal):
        if term.language:
            return f'"{term.value}"@{term.language}'
        datatype = term.datatype.value
        if datatype == _STRING:
            return f'"{term.value}"'
        key = (term.value, datatype)
        known = _normal.get(key)
        if known is None:
            if len(_normal) > _LIMIT:
                _normal.clear()
            known = _normal[key] = node_of_rdflib(RdfLiteral(term.value, datatype=URIRef(datatype)))
        return known
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    raise UsageError(f"{term} cannot be validated: SHACL 1.0 knows no triple terms, leave it out")


def node_of_rdflib(term: Node) -> str:
    """The string of a term of rdflib."""
    if isinstance(term, RdfLiteral):
        if term.language:
            return f'"{term}"@{term.language}'
        return f'"{term}"^^{term.datatype}' if term.datatype is not None else f'"{term}"'
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def rdflib_of(node: str) -> Node:
    """The term of rdflib that a string stands for."""
    known = _terms.get(node)
    if known is None:
        if len(_terms) > _LIMIT:
            _terms.clear()
        known = _terms[node] = _rdflib_of(node)
    return known


def _rdflib_of(node: str) -> Node:
    if is_blank(node):
        return BNode(node[2:])
    if not is_literal(node):
        return URIRef(node)
    words, mark = _parts(node)
    if mark.startswith("@"):
        return RdfLiteral(words, lang=mark[1:])
    return RdfLiteral(words, datatype=URIRef(mark[2:])) if mark else RdfLiteral(words)


def term_of(node: str) -> Term:
    """The term of a result that a string stands for; a blank node becomes an IRI."""
    if is_blank(node):
        return NamedNode(GENID + node[2:])
    if not is_literal(node):
        return NamedNode(node)
    words, mark = _parts(node)
    if mark.startswith("@"):
        return Literal(words, language=mark[1:])
    return Literal(words, datatype=NamedNode(mark[2:] or _STRING))


def _parts(node: str) -> tuple[str, str]:
    end = node.rindex('"')
    return node[1:end], node[end + 1 :]
