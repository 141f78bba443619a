"""Graphs in which every shape is broken on one focus node in a hundred or more: copies of the small graph.

Each graph has as many copies as `COPIES`, and each copy is broken for several shapes at once, as long as no change
undoes another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.namespaces import PREFIXES
from kg.shapes.data import union
from kg.shapes.engines.indexed.engine import Program, compile_shapes, index_of, run_program
from kg.shapes.load import load_shapes
from tests.shapes.graphs import Baseline, Edit, baseline
from tests.shapes.mutations import MUTATIONS

__all__ = ["Broken", "broken_graphs"]

#: How many copies of the small graph one graph has.
COPIES = 2
#: For how many shapes one copy is broken at most: the fewer graphs, the fewer runs of pyshacl.
_TOGETHER = 12

_OWN = re.compile(
    r"/(id/(?:article|claim|mention|evidence|conflict|incident|person|statistic|judgement|correction)|graph/article)/"
    r"([0-9a-f]{16,64})\b"
)
#: Ids that mutations give, the same in each copy.
_GIVEN = re.compile(r"/id/([a-z]+)/(Bad_One|one|other)>")


@dataclass(frozen=True)
class Broken:
    """One graph.

    Attributes:
        names: The shapes that it breaks, by their local names.
        quads: All quads.
        texts: The texts of its articles.
    """

    names: tuple[str, ...]
    quads: frozenset[Quad]
    texts: dict[str, str]


@cache
def broken_graphs() -> tuple[Broken, ...]:
    """Graphs that break every shape between them."""
    groups: list[_Group] = []
    for name in sorted(MUTATIONS):
        if not any(group.takes(name) for group in groups):
            groups.append(_Group())
            assert groups[-1].takes(name), f"the mutation {name} breaks nothing in a copy of the graph"
    return tuple(group.graph() for group in groups)


class _Group:
    """Copies that are broken in the same ways."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._edits = [Edit(copy, made=1000 * number) for number, copy in enumerate(_copies())]

    def takes(self, name: str) -> bool:
        """Break all copies in one way more, if each is then broken in that way and in those before."""
        if len(self._names) == _TOGETHER:
            return False
        edits = [_broken(edit, name) for edit in self._edits]
        for edit in edits:
            if edit is None or not _fired(edit) >= {*self._names, name}:
                return False
        self._names.append(name)
        self._edits = [edit for edit in edits if edit is not None]
        return True

    def graph(self) -> Broken:
        """The copies as one graph; the places, organisations and routes of the gazetteer gather the claims of all."""
        quads = frozenset(quad for number, edit in enumerate(self._edits) for quad in _told_apart(edit.quads, number))
        texts = {name: text for edit in self._edits for name, text in edit.texts.items()}
        return Broken(tuple(self._names), quads, texts)


def _broken(edit: Edit, name: str) -> Edit | None:
    """A copy of a graph, broken; nothing where what is to be changed was changed before."""
    changed = Edit(edit.base, made=edit.made)
    changed.quads, changed.texts = set(edit.quads), dict(edit.texts)
    try:
        MUTATIONS[name](changed)
    except (AssertionError, IndexError, StopIteration, KeyError):  # there is nothing to change any more
        return None
    return changed


@cache
def _copies() -> tuple[Baseline, ...]:
    """The small graph under other ids: in each copy another node is the first of its kind, and is the one broken."""
    base = baseline()
    return tuple(
        replace(
            base,
            quads=frozenset(_renamed(base.quads, number)),
            texts={_other(name, number): text for name, text in base.texts.items()},
            names={key: NamedNode(_other(node.value, number)) for key, node in base.names.items()},
        )
        for number in range(COPIES)
    )


def _renamed(quads: Iterable[Quad], number: int) -> Iterable[Quad]:
    return _parsed(_other(_lines(quads), number))


def _other(words: str, number: int) -> str:
    def renamed(found: re.Match[str]) -> str:
        return f"/{found[1]}/{sha256(f'{number} {found[2]}'.encode()).hexdigest()[: len(found[2])]}"

    return _OWN.sub(renamed, words)


def _told_apart(quads: Iterable[Quad], number: int) -> Iterable[Quad]:
    """Quads in which a copy's number is part of the ids that are the same in each."""
    return _parsed(_GIVEN.sub(rf"/id/\1/\g<2>{number}>", _lines(quads)))


def _lines(quads: Iterable[Quad]) -> str:
    return (pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()


def _parsed(lines: str) -> Iterable[Quad]:
    return pyoxigraph.parse(lines, format=RdfFormat.N_QUADS)


def _fired(edit: Edit) -> set[str]:
    """The shapes that break on a node on which they do not in the copy as it was."""
    before = _before(edit.base.names["row"])
    found = _results(edit.quads, edit.texts)
    return {shape for shape, nodes in found.items() if nodes - before.get(shape, set())}


@cache
def _before(row: NamedNode) -> dict[str, set[str]]:
    """The results of a copy as it was, named by one of its nodes."""
    copy = next(copy for copy in _copies() if copy.names["row"] == row)
    return _results(copy.quads, copy.texts)


def _results(quads: Iterable[Quad], texts: dict[str, str]) -> dict[str, set[str]]:
    """The focus nodes that break each shape."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for result in run_program(_program(), index_of(union(quads, texts)), focus=frozenset(), tell=lambda _: None):
        found[result.shape.removeprefix(PREFIXES["cxsh"])].add(result.focus)
    return found


@cache
def _program() -> Program:
    return compile_shapes(load_shapes())
