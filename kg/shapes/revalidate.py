"""Keeps a graph and its report together: after a change only the focus nodes that it can touch are checked again.

`Revalidator` is made once and lives as long as the writer does. `change` is told which quads go and which come, and
says which results go and come with them; `undo` takes a change back. The report is at any time the one that a full run
over the same quads would give.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

import pyoxigraph
from pyoxigraph import Literal, Quad
from rdflib import Graph

from kg.namespaces import expand
from kg.shapes.data import shipped_vocabulary, triples_of
from kg.shapes.engines.indexed.engine import Program, program_of, run_left
from kg.shapes.engines.indexed.index import Index, Triple
from kg.shapes.engines.indexed.nodes import node_of
from kg.shapes.engines.indexed.reach import Trigger, triggers
from kg.shapes.load import load_shapes
from kg.shapes.report import Report, Result

__all__ = ["Change", "Revalidator"]

_TEXT, _ADMITTED, _ORIGINAL = (expand(name) for name in ("cx:text", "cx:admitted", "cxsh:originalText"))
_NO_TEXTS: Mapping[str, str | None] = {}


@dataclass(frozen=True)
class Change:
    """What a change did.

    Attributes:
        gone: The results that there are no more, sorted.
        new: The results that there were not before, sorted.
        checked: How many pairs of a shape and a focus node were checked again.
        removed: The quads that went.
        added: The quads that came.
        texts: The texts of articles before the change, of those that it changed.
    """

    gone: tuple[Result, ...]
    new: tuple[Result, ...]
    checked: int
    removed: tuple[Quad, ...] = field(repr=False)
    added: tuple[Quad, ...] = field(repr=False)
    texts: Mapping[str, str | None] = field(repr=False)


class Revalidator:
    """A graph in memory, its report, and what each shape reads of the graph.

    Args:
        quads: All quads, each once.
        texts: The texts of articles by the article's IRI.
        shapes: The shapes, from `load_shapes`; absent, those of the ontology. A shape that has to be left to pyshacl
            is checked whole at each change, which takes as long as pyshacl does.

    Raises:
        ShapesError: The shapes cannot be run.
        UsageError: The graph holds what cannot be validated.
    """

    def __init__(
        self, quads: Iterable[Quad], *, texts: Mapping[str, str] | None = None, shapes: Graph | None = None
    ) -> None:
        self._program = program_of(load_shapes() if shapes is None else shapes)
        self._index = Index()
        #: How often a triple stands in the union beyond the first time.
        self._again: Counter[Triple] = Counter()
        self._texts = dict(texts or {})
        self._kept: dict[str, str] = {}
        #: How often the graph has an entry of the admissibility table; without one it is given the ontology's own.
        self._admitted = 0
        self._left: set[Result] = set()
        #: For each shape, the results of each focus node that has some.
        self._results: list[dict[str, set[Result]]] = [{} for _ in self._program.compiled]
        self._count: Counter[Result] = Counter()
        self._ordered: list[tuple[tuple[object, ...], Result]] = []
        self._by_predicate, self._by_any = _pulled_by(self._program)
        self._set_up(quads)

    @property
    def report(self) -> Report:
        """The report of the graph as it is now."""
        return Report(tuple(result for _, result in self._ordered))

    def change(
        self, removed: Iterable[Quad], added: Iterable[Quad], *, texts: Mapping[str, str | None] = _NO_TEXTS
    ) -> Change:
        """Take quads out, put quads in, and check what that can touch.

        Args:
            removed: Quads that are in the graph.
            added: Quads that are not.
            texts: Texts of articles that come, or nothing where one goes.

        Raises:
            ShapesError: A shape that pyshacl checks cannot be run.
            UsageError: A quad holds what cannot be validated; nothing is changed then.
        """
        removed, added = tuple(removed), tuple(added)
        delta, admitted = self._delta(removed, added, texts)
        before = {article: self._texts.get(article) for article in texts}
        come = [triple for triple, number in delta.items() if number > 0 and self._put(triple, number)]
        go = [triple for triple, number in delta.items() if 0 < self._times(triple) <= -number]
        # A changed triple is followed over the old and the new triples together.
        touched = self._touched([*come, *go])
        self._take_all(delta, -1)
        try:
            found = [self._checked(number, nodes) for number, nodes in enumerate(touched)]
            left = run_left(self._program, self._index) if come or go else self._left
        except BaseException:
            for triple, number in delta.items():
                if number < 0:
                    self._put(triple, -number)
            self._take_all(delta, 1)
            raise
        self._admitted = admitted
        self._keep_texts(texts)
        had: dict[Result, bool] = {}
        for of, results in zip(self._results, found, strict=True):
            self._renew(of, results, had)
        self._left = self._replace(self._left, left, had)
        gone = sorted((r for r, was in had.items() if was and not self._count[r]), key=Result.order)
        new = sorted((r for r, was in had.items() if not was and self._count[r]), key=Result.order)
        self._settle(gone, new)
        checked = sum(results is not None for of in found for results in of.values())
        return Change(tuple(gone), tuple(new), checked, removed, added, before)

    def undo(self, change: Change) -> Change:
        """Take the last change back."""
        return self.change(change.added, change.removed, texts=change.texts)

    def _set_up(self, quads: Iterable[Quad]) -> None:
        for quad in quads:
            for triple in map(_triple, triples_of(quad)):
                self._admitted += triple[1] == _ADMITTED
                self._put(triple, 1)
        if not self._admitted:
            for triple in _shipped():
                self._put(triple, 1)
        for article, text in self._texts.items():
            if not self._index.count(article, _TEXT):
                self._put(_original(article, text), 1)
        for number, of in enumerate(self._results):
            self._renew(of, self._checked(number, None), {})
        self._left = self._replace(set(), run_left(self._program, self._index), {})
        self._ordered = sorted(((result.order(), result) for result in self._count), key=itemgetter(0))

    def _delta(
        self, removed: Iterable[Quad], added: Iterable[Quad], texts: Mapping[str, str | None]
    ) -> tuple[dict[Triple, int], int]:
        """How much more or less often each triple stands in the union, and how often the table has an entry then."""
        delta = Counter[Triple]()
        for quads, sign in ((removed, -1), (added, 1)):
            for quad in quads:
                for triple in map(_triple, triples_of(quad)):
                    delta[triple] += sign
        admitted = self._admitted + sum(number for triple, number in delta.items() if triple[1] == _ADMITTED)
        if bool(admitted) is not bool(self._admitted):
            for triple in _shipped():
                delta[triple] += -1 if admitted else 1
        for article in {triple[0] for triple in delta if triple[1] == _TEXT} | texts.keys():
            old = self._texts.get(article)
            new = texts.get(article, old)
            if old is not None and not self._index.count(article, _TEXT):
                delta[_original(article, old)] -= 1
            if new is not None and not self._states_text(article, delta):
                delta[_original(article, new)] += 1
        return {triple: number for triple, number in delta.items() if number}, admitted

    def _keep_texts(self, texts: Mapping[str, str | None]) -> None:
        for article, text in texts.items():
            self._texts.pop(article, None)
            if text is not None:
                self._texts[article] = text

    def _states_text(self, article: str, delta: Counter[Triple]) -> bool:
        """Whether the graph holds the text of an article after a change."""
        now = {(article, _TEXT, text) for text in self._index.objects(article, _TEXT)}
        now |= {triple for triple in delta if triple[0] == article and triple[1] == _TEXT}
        return any(self._times(triple) + delta[triple] > 0 for triple in now)

    def _times(self, triple: Triple) -> int:
        return 1 + self._again.get(triple, 0) if triple in self._index else 0

    def _put(self, triple: Triple, number: int) -> bool:
        """Add a triple so many times; whether it is new."""
        kept = self._kept
        triple = (kept.setdefault(triple[0], triple[0]), triple[1], kept.setdefault(triple[2], triple[2]))
        new = self._index.add(triple)
        if number > new:
            self._again[triple] += number - new
        return new

    def _take_all(self, delta: Mapping[Triple, int], sign: int) -> None:
        """Take out, as often as a change says, the triples that it takes out (-1) or puts in (1)."""
        for triple, number in delta.items():
            if number * sign > 0:
                left = self._times(triple) - abs(number)
                self._again.pop(triple, None)
                if left <= 0:
                    self._index.discard(triple)
                elif left > 1:
                    self._again[triple] = left - 1

    def _touched(self, triples: list[Triple]) -> list[set[str] | None]:
        """For each shape the nodes to look at, or nothing where it is all."""
        touched: list[set[str] | None] = [set() for _ in self._program.compiled]
        for triple in triples:
            for number, trigger in (*self._by_predicate.get(triple[1], ()), *self._by_any):
                nodes = touched[number]
                if trigger.find is None:
                    touched[number] = None
                elif nodes is not None:
                    trigger.find(self._index, triple, nodes)
        return touched

    def _checked(self, number: int, nodes: set[str] | None) -> dict[str, set[Result] | None]:
        """The results of nodes for a shape; nothing for one that is no focus node."""
        shape = self._program.compiled[number]
        if nodes is None:
            nodes = shape.focus_nodes(self._index) | self._results[number].keys()
        found: dict[str, set[Result] | None] = {}
        for node in nodes:
            found[node] = None
            if any(target.names(self._index, node) for target in shape.targets):
                out: list[Result] = []
                shape.run(self._index, node, out)
                found[node] = set(out)
        return found

    def _renew(self, of: dict[str, set[Result]], found: dict[str, set[Result] | None], had: dict[Result, bool]) -> None:
        for node, results in found.items():
            old = of.pop(node, set())
            if results:
                of[node] = results
            if old or results:
                self._replace(old, results or set(), had)

    def _replace(self, old: set[Result], new: set[Result], had: dict[Result, bool]) -> set[Result]:
        """Count new results in place of old ones, and note which of either there were."""
        for result in old ^ new:
            had.setdefault(result, self._count[result] > 0)
        self._count.subtract(old - new)
        self._count.update(new - old)
        return new

    def _settle(self, gone: Iterable[Result], new: Iterable[Result]) -> None:
        for result in gone:
            del self._count[result]
            del self._ordered[bisect_left(self._ordered, result.order(), key=itemgetter(0))]
        for result in new:
            insort(self._ordered, (result.order(), result), key=itemgetter(0))


def _pulled_by(
    program: Program,
) -> tuple[dict[str, list[tuple[int, Trigger]]], list[tuple[int, Trigger]]]:
    """The triggers by the predicate that pulls them, and those that each triple pulls."""
    by_predicate: dict[str, list[tuple[int, Trigger]]] = defaultdict(list)
    by_any: list[tuple[int, Trigger]] = []
    for number, shape in enumerate(program.compiled):
        for trigger in set(triggers(shape, program.shapes)):
            if trigger.predicates is None:
                by_any.append((number, trigger))
            for predicate in trigger.predicates or ():
                by_predicate[predicate].append((number, trigger))
    return by_predicate, by_any


def _triple(triple: pyoxigraph.Triple) -> Triple:
    return node_of(triple.subject), node_of(triple.predicate), node_of(triple.object)


def _original(article: str, text: str) -> Triple:
    return article, _ORIGINAL, node_of(Literal(text))


def _shipped() -> Iterator[Triple]:
    return (_triple(quad.triple) for quad in shipped_vocabulary())
