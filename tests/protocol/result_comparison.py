"""Whether two answers are the same: solutions as bags or in order, graphs up to the names of blank nodes.

SPARQL 1.1 Query, section 18.5 (solutions are a multiset); RDF 1.1 Concepts, section 3.6 (isomorphism). Blank nodes are
given canonical names (RDF Dataset Canonicalization 1.0), so that what is equal up to their names becomes equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

__all__ = ["Row", "same_graph", "same_rows"]

Term = NamedNode | BlankNode | Literal | Triple
#: A solution: the terms by variable; one that is not bound is absent.
Row = Mapping[str, Term]

_MARK = "urn:comparison:"


def same_graph(one: Iterable[Triple], other: Iterable[Triple]) -> bool:
    """Whether two graphs are isomorphic."""
    return _canonical(Quad(*triple) for triple in one) == _canonical(Quad(*triple) for triple in other)


def same_rows(found: Sequence[Row], expected: Sequence[Row], *, ordered: bool = False, lax: bool = False) -> bool:
    """Whether two sequences of solutions say the same.

    Args:
        found: The solutions of an answer.
        expected: What they must be.
        ordered: Whether their order counts.
        lax: Whether a solution may come fewer times than expected, but once, as REDUCED allows.
    """
    if ordered:
        return len(found) == len(expected) and _canonical(_numbered(found)) == _canonical(_numbered(expected))
    ours, theirs = Counter(map(_key, found)), Counter(map(_key, expected))
    if lax:
        return ours.keys() == theirs.keys() and all(ours[row] <= theirs[row] for row in ours)
    without_blank = [Counter({row: n for row, n in rows.items() if not _has_blank(row)}) for rows in (ours, theirs)]
    if without_blank[0] != without_blank[1] or ours.total() != theirs.total():
        return False
    return _canonical(_counted(ours)) == _canonical(_counted(theirs))


_Key = frozenset[tuple[str, Term]]


def _key(row: Row) -> _Key:
    return frozenset(row.items())


def _has_blank(row: _Key) -> bool:
    return any(isinstance(term, BlankNode) for _name, term in row)


def _counted(rows: Counter[_Key]) -> Iterable[Quad]:
    """The solutions with blank nodes as a graph: a node for each different one, with how often it comes."""
    for number, (row, count) in enumerate(rows.items()):
        if _has_blank(row):
            node = BlankNode(f"solution{number}")
            yield Quad(node, NamedNode(_MARK + "count"), Literal(count))
            yield from _bindings(node, row)


def _numbered(rows: Sequence[Row]) -> Iterable[Quad]:
    """The solutions as a graph: a node for each, with its place."""
    for number, row in enumerate(rows):
        node = NamedNode(f"{_MARK}solution/{number}")
        yield Quad(node, NamedNode(_MARK + "place"), Literal(number))
        yield from _bindings(node, row.items())


def _bindings(node: NamedNode | BlankNode, row: Iterable[tuple[str, Term]]) -> Iterable[Quad]:
    for name, term in row:
        yield Quad(node, NamedNode(f"{_MARK}variable/{name}"), term)


def _canonical(quads: Iterable[Quad]) -> set[Quad]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)
