"""Reads the shapes: those of the ontology and any that a user adds, and refuses those that no engine could run.

A broken shape must never pass for a graph that conforms, so every query is parsed and every clause that SHACL forbids
is looked for before anything is validated (SHACL, section 5.2.1 and appendix A).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kg.errors import ShapesError, UsageError
from kg.resources import shape_files
from kg.shapes.engines.rdf import to_rdflib
from kg.shapes.form import check_form, holds_shape
from kg.shapes.planner import planned
from kg.shapes.read import file_quads, prefixes_of

__all__ = ["load_only", "load_shapes", "prefixes", "shape_files"]

#: What SHACL forbids in the query of a constraint, by the name that rdflib's parser gives the clause.
_FORBIDDEN = {"MinusGraphPattern": "MINUS", "InlineData": "VALUES", "ServiceGraphPattern": "SERVICE"}


def load_shapes(extra: Sequence[Path] = ()) -> Graph:
    """The graph of all shapes.

    Args:
        extra: Files with further shapes, in any RDF syntax.

    Raises:
        ShapesError: A file cannot be read, holds no shape, or holds one that cannot be run.
    """
    if not extra:
        return _shipped()
    shapes = Graph()
    shapes += _shipped()
    return _ready(_with(shapes, extra))


def load_only(paths: Sequence[Path]) -> Graph:
    """The shapes of files alone, in any RDF syntax, without those of the ontology; `owl:imports` is not followed.

    Blank nodes are named by file and by the order in which they appear, so that reading them again names them alike.

    Raises:
        ShapesError: A file cannot be read, holds no shape, or holds one that cannot be run.
    """
    return _ready(_with(Graph(), paths))


def _with(shapes: Graph, paths: Sequence[Path]) -> Graph:
    """A graph with the shapes of files added to it."""
    for number, path in enumerate(paths):
        added = Graph()
        try:
            for quad in file_quads(path, number):
                added.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
            for prefix, namespace in prefixes_of(path).items():
                shapes.bind(prefix, namespace)
        except UsageError as error:
            raise ShapesError(f"the shapes of {error}") from error
        if not holds_shape(added):
            raise ShapesError(f"{path} holds no shape: give a file with a sh:NodeShape or sh:PropertyShape")
        check_form(path, added)
        shapes += added
    return shapes


@lru_cache(maxsize=1)
def _shipped() -> Graph:
    shapes = Graph()
    for path in shape_files():
        shapes += Graph().parse(path, format="turtle")
    return _ready(shapes)


def _ready(shapes: Graph) -> Graph:
    """The shapes with each query on one line, checked.

    pyshacl searches a query for forbidden words anew for every focus node, with patterns that start again at each line.
    A query with a comment or a long string stays as it is, for there a line's end means something.
    """
    for constraint, query in list(shapes.subject_objects(SH.select)):
        if not any(mark in str(query) for mark in ("#", '"""', "'''")):
            shapes.set((constraint, SH.select, Literal(" ".join(str(query).split()))))
    _check(shapes)
    return shapes


def _check(shapes: Graph) -> None:
    """Look at what an engine would only notice when a node comes along that the shape is about, or never.

    Raises:
        ShapesError: The first thing found.
    """
    for shape in sorted(set(shapes.subjects(SH.sparql, None)), key=str):
        for constraint in shapes.objects(shape, SH.sparql):
            _check_query(shapes, shape, constraint)
    for shape, pattern in sorted(shapes.subject_objects(SH.pattern), key=str):
        try:
            re.compile(str(pattern))
        except re.error as error:
            raise ShapesError(f"the pattern '{pattern}' of the shape {shape} is none ({error}): repair it") from error
    for shape, severity in sorted(shapes.subject_objects(SH.severity), key=str):
        if severity not in (SH.Violation, SH.Warning, SH.Info):
            raise ShapesError(
                f"the shape {shape} has the severity {severity}: give sh:Violation, sh:Warning or sh:Info"
            )


def _check_query(shapes: Graph, shape: Node, constraint: Node) -> None:
    queries = list(shapes.objects(constraint, SH.select))
    if len(queries) != 1 or not isinstance(queries[0], Literal):
        raise ShapesError(f"the constraint {constraint} of the shape {shape} needs exactly one query (sh:select)")
    try:
        clauses = planned(prefixes(shapes, constraint) + str(queries[0])).clauses
    except ValueError as error:
        raise ShapesError(
            f"the query of the shape {shape} is not SPARQL ({error}): repair it, and declare its prefixes"
        ) from error
    if "SelectQuery" not in clauses:
        raise ShapesError(f"the query of the shape {shape} is no SELECT, which sh:select must hold: rewrite it")
    forbidden = sorted(_FORBIDDEN[name] for name in clauses & _FORBIDDEN.keys())
    if forbidden:
        raise ShapesError(f"the query of the shape {shape} uses {forbidden[0]}, which SHACL forbids: rewrite it")


def prefixes(shapes: Graph, constraint: Node) -> str:
    """The prefixes that a constraint declares, as lines before its query."""
    lines = []
    for ontology in shapes.objects(constraint, SH.prefixes):
        for declared in shapes.objects(ontology, SH.declare):
            prefix, namespace = shapes.value(declared, SH.prefix), shapes.value(declared, SH.namespace)
            lines.append(f"PREFIX {prefix}: <{namespace}>\n")
    # pyshacl knows these three without a declaration.
    known = {
        "rdf": URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        "rdfs": URIRef("http://www.w3.org/2000/01/rdf-schema#"),
        "owl": URIRef("http://www.w3.org/2002/07/owl#"),
    }
    lines += [f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in known.items()]
    return "".join(sorted(set(lines)))
