"""Every engine on the W3C test suite: pyshacl against the expected reports, the others against pyshacl."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import SH

from kg.errors import ShapesError
from kg.shapes.engines.choose import ENGINES
from kg.shapes.engines.indexed.engine import compile_shapes
from kg.shapes.engines.reading import results_of
from kg.shapes.report import GENID, Result
from tests.shapes.engines.w3c import SUITE, Case, cases

CASES = list(cases())
OTHERS = sorted(set(ENGINES) - {"pyshacl"})
#: The cases that pyshacl does not pass, and why.
NOT_PASSED = {
    "core/property/uniqueLang-002": 'takes "1"^^xsd:boolean for true, which switches sh:uniqueLang on',
    "sparql/pre-binding/shapesGraph-001": "does not give a query $shapesGraph, which SHACL leaves optional",
    "sparql/node/prefixes-001": "does not look for prefixes behind owl:imports, so the shapes are refused",
}

pytestmark = pytest.mark.skipif(not CASES, reason=f"the W3C SHACL test suite is not at {SUITE}")


def run(engine: str, case: Case, shapes: Graph) -> set[Result]:
    return ENGINES[engine]().run(case.triples(), shapes, focus=frozenset(), tell=lambda _: None)


def outcome(engine: str, case: Case, shapes: Graph) -> set[Result] | str:
    try:
        return run(engine, case, shapes)
    except ShapesError as error:
        return str(error)


def told(result: Result) -> tuple[str, str | None, str, str, str, str]:
    """What the suite compares; the labels of blank nodes are nobody's business."""
    focus, shape, value = (
        "_:" if text.removeprefix("<").startswith(GENID) else text
        for text in (result.focus, result.shape, result.value_text)
    )
    return focus, result.path, value, shape, result.severity, result.component


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pyshacl_reports_what_is_expected(case: Case) -> None:
    expected = case.expected()
    found = outcome("pyshacl", case, case.shapes_graph())
    if expected is None:
        passed = isinstance(found, str)
    else:
        wanted = sorted(map(told, results_of(expected)), key=str)
        passed = not isinstance(found, str) and sorted(map(told, found), key=str) == wanted
    assert passed is (case.name not in NOT_PASSED), found


def settled(found: set[Result] | str) -> set[Result] | str:
    """Results with the classes of a message in order: pyshacl's own wording lists them as its graph happens to."""
    if isinstance(found, str):
        return found
    return {replace(result, message=_CLASSES.sub(_in_order, result.message)) for result in found}


_CLASSES = re.compile(r"(?<=^Value class is not in classes \()[^()]*")


def _in_order(found: re.Match[str]) -> str:
    return ", ".join(sorted(found[0].split(", ")))


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_others_report_what_pyshacl_does(case: Case, engine: str) -> None:
    shapes = case.shapes_graph()
    assert settled(outcome(engine, case, shapes)) == settled(outcome("pyshacl", case, shapes))


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_others_do_so_where_each_shape_states_a_message(case: Case, engine: str) -> None:
    # A shape without a message is left to pyshacl, so without this most of the suite would try nothing else.
    shapes = stated(case.shapes_graph())
    assert outcome(engine, case, shapes) == outcome("pyshacl", case, shapes)


def test_most_of_the_suite_runs_without_pyshacl() -> None:
    programs = [compile_shapes(stated(case.shapes_graph())) for case in CASES]
    whole = [program for program in programs if program.compiled and not program.left]
    assert len(whole) > 0.6 * len(CASES)


def stated(shapes: Graph) -> Graph:
    """The shapes, each with a message."""
    reporting = set(shapes.subjects(SH.path)) | {node for node in shapes.subjects() if _constrains(shapes, node)}
    for node in reporting:
        if (node, SH.message, None) not in shapes:
            shapes.add((node, SH.message, Literal("It breaks a rule with {?value} and {$this}.")))
    return shapes


def _constrains(shapes: Graph, node: object) -> bool:
    names = {str(name).removeprefix(str(SH)) for name in shapes.predicates(node)}  # type: ignore[arg-type]
    targets = {"targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"}
    constraints = {"property", "node", "not", "and", "or", "xone", "sparql", "class", "datatype", "nodeKind", "in"}
    return bool(names & (targets | constraints))
