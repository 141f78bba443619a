"""The form of a stranger's shapes: how deep they are nested, whether their lists end, and the shapes of shapes.

What is nested too deep or leads back to itself keeps pyshacl busy for minutes, or ends it with an error of its own, so
it is measured first.
"""

from __future__ import annotations

from pathlib import Path

from pyshacl.entrypoints import meta_validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import BNode, Graph
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.errors import ShapesError

__all__ = ["MAX_DEPTH", "check_form", "holds_shape"]

#: How deep shapes and paths may be nested in one another.
MAX_DEPTH = 50
#: What a path is made of (SHACL, section 2.3.1).
_PATHS = (SH.inversePath, SH.alternativePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath, RDF.first)


def holds_shape(shapes: Graph) -> bool:
    """Whether a graph has a shape that says it is one."""
    return any((None, RDF.type, kind) in shapes for kind in (SH.NodeShape, SH.PropertyShape))


def check_form(path: Path, shapes: Graph) -> None:
    """Check shapes against the shapes of shapes (SHACL, appendix C).

    Args:
        path: The file that they come from.
        shapes: Its triples.

    Raises:
        ShapesError: They are no proper shapes, or are nested more than `MAX_DEPTH` deep.
    """
    if any(_returns(shapes, node, (RDF.rest,)) for node in set(shapes.subjects(RDF.rest))):
        raise ShapesError(f"{path}: a list leads back to itself: let it end in rdf:nil")
    if any(_returns(shapes, node, (*_PATHS, RDF.rest)) for node in set(shapes.objects(None, SH.path))):
        raise ShapesError(f"{path}: a path leads back to itself: repair it")
    if _depth(shapes) > MAX_DEPTH:
        raise ShapesError(f"{path}: its shapes are nested more than {MAX_DEPTH} deep: give the inner ones IRIs")
    try:
        conforms, found, text = meta_validate(shapes)
    except (ReportableRuntimeError, ValueError) as error:
        raise ShapesError(f"{path} holds no proper shapes ({' '.join(str(error).split())}): repair it") from error
    if not conforms:
        is_report = isinstance(found, Graph)
        messages = sorted({str(m) for m in found.objects(None, SH.resultMessage)}) if is_report else [text]
        nodes = sorted({str(n) for n in found.objects(None, SH.focusNode)}) if is_report else []
        raise ShapesError(f"{path}: {', '.join(nodes)} is no proper shape ({' '.join(messages[0].split())}): repair it")


def _returns(shapes: Graph, start: Node, along: tuple[Node, ...]) -> bool:
    """Whether a node is reached again from itself."""
    queue, seen = [start], set[Node]()
    while queue:
        node = queue.pop()
        for predicate in along:
            for after in shapes.objects(node, predicate):
                if after == start:
                    return True
                if after not in seen:
                    seen.add(after)
                    queue.append(after)
    return False


def _depth(shapes: Graph) -> int:
    """How many blank nodes stand in one another, where a list counts as one."""
    level: set[Node] = {node for node in shapes.subjects() if not isinstance(node, BNode)}
    seen, depth = set(level), -1
    while level:
        depth += 1
        inside: set[Node] = {after for node in level for after in _held(shapes, node) if isinstance(after, BNode)}
        level = inside - seen
        seen |= level
    return depth


def _held(shapes: Graph, node: Node) -> set[Node]:
    """What a node holds; of a list, what any of its members is."""
    found: set[Node] = set()
    queue = [node]
    while queue:
        for _, predicate, after in shapes.triples((queue.pop(), None, None)):
            if predicate == RDF.rest:
                queue.append(after)
            else:
                found.add(after)
    return found
