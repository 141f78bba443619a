"""The engine for scale: every shape that can be compiled runs over an index, and pyshacl validates the others there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph
from rdflib import Graph
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from kg.shapes.engines.engine import Tell
from kg.shapes.engines.indexed.constraints import Compiler
from kg.shapes.engines.indexed.graph import graph_of
from kg.shapes.engines.indexed.index import Index
from kg.shapes.engines.indexed.nodes import node_of
from kg.shapes.engines.indexed.paths import Unsupported
from kg.shapes.engines.indexed.shapes import TARGETS, Compiled, focus_text, targets_of
from kg.shapes.engines.pyshacl_engine import run_pyshacl
from kg.shapes.load import load_shapes
from kg.shapes.report import Result

__all__ = ["IndexedEngine", "Program", "compile_shapes", "index_of", "program_of", "run_left", "run_program"]


@dataclass(frozen=True)
class Program:
    """All shapes of a graph that have targets.

    Attributes:
        compiled: Those that run over the index.
        left: Those that pyshacl validates, and why.
        shapes: The graph of the shapes.
    """

    compiled: tuple[Compiled, ...]
    left: dict[Node, str]
    shapes: Graph


class IndexedEngine:
    """Runs compiled shapes over an index in memory: linear in the size of the graph."""

    name = "indexed"

    def run(
        self, triples: Iterable[pyoxigraph.Triple], shapes: Graph, *, focus: frozenset[str], tell: Tell
    ) -> set[Result]:
        """Validate the set of some triples; see `kg.shapes.engines.engine.Engine`."""
        tell("loading the graph for the shapes")
        index = index_of(triples)
        return run_program(program_of(shapes), index, focus=focus, tell=tell)


def index_of(triples: Iterable[pyoxigraph.Triple]) -> Index:
    """An index of triples of pyoxigraph.

    Raises:
        UsageError: A term is a triple, which SHACL has no word for.
    """
    index = Index()
    # A term comes again and again, and so must not be kept again and again.
    kept: dict[str, str] = {}
    for triple in triples:
        s, p, o = node_of(triple.subject), node_of(triple.predicate), node_of(triple.object)
        index.add((kept.setdefault(s, s), kept.setdefault(p, p), kept.setdefault(o, o)))
    return index


def program_of(shapes: Graph) -> Program:
    """The shapes compiled; those that are shipped once a process, for nobody changes them."""
    return _shipped() if shapes is load_shapes() else compile_shapes(shapes)


@lru_cache(maxsize=1)
def _shipped() -> Program:
    return compile_shapes(load_shapes())


def compile_shapes(shapes: Graph) -> Program:
    """Compile all shapes that have targets."""
    nodes = {node for node in shapes.subjects() if targets_of(shapes, node)}
    nodes = {node for node in nodes if _is_shape(shapes, node)}
    done: list[Compiled] = []
    left: dict[Node, str] = {}
    if (None, SH.parameter, None) in shapes:
        return Program((), dict.fromkeys(nodes, "constraint components of one's own"), shapes)
    compiler = Compiler(shapes)
    for node in sorted(nodes, key=str):
        try:
            done.append(compiler.shape(node))
        except Unsupported as reason:
            left[node] = str(reason)
    return Program(tuple(done), left, shapes)


def run_program(program: Program, index: Index, *, focus: frozenset[str], tell: Tell) -> set[Result]:
    """Validate an index.

    Raises:
        ShapesError: A shape that pyshacl validates cannot be run.
    """
    found: set[Result] = set()
    left = list(program.left)
    for number, shape in enumerate(program.compiled, 1):
        tell(f"checking shape {number} of {len(program.compiled) + len(left)}: {shape.node}")
        out: list[Result] = []
        try:
            for node in shape.focus_nodes(index):
                if not focus or focus_text(node) in focus:
                    shape.run(index, node, out)
        except Unsupported:
            left.append(shape.node)
            continue
        found.update(out)
    if left:
        tell(f"checking {len(left)} more with pyshacl")
    found.update(result for result in run_left(program, index, left) if not focus or result.focus in focus)
    return found


def run_left(program: Program, index: Index, left: Iterable[Node] | None = None) -> set[Result]:
    """The results of the shapes that pyshacl validates.

    Raises:
        ShapesError: One of them cannot be run.
    """
    nodes = set(program.left if left is None else left)
    return run_pyshacl(graph_of(index), _without_targets(program, nodes)) if nodes else set()


def _without_targets(program: Program, left: set[Node]) -> Graph:
    """The shapes, of which only those that are left have targets; pyshacl's own choice of shapes drops nested ones."""
    shapes = Graph()
    shapes += program.shapes
    for prefix, namespace in program.shapes.namespaces():  # pyshacl shortens what its own messages name
        shapes.bind(prefix, namespace)
    classes = {RDFS.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    for node in {shape.node for shape in program.compiled} - left:
        for name in TARGETS:
            shapes.remove((node, name, None))
        for cls in classes:
            shapes.remove((node, RDF.type, cls))
    return shapes


def _is_shape(shapes: Graph, node: Node) -> bool:
    return any((node, RDF.type, kind) in shapes for kind in (SH.NodeShape, SH.PropertyShape)) or any(
        (node, name, None) in shapes for name in TARGETS
    )
