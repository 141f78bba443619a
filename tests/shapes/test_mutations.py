from __future__ import annotations

from functools import lru_cache

import pytest
from rdflib.namespace import SH

from kg.namespaces import PREFIXES
from kg.shapes.load import load_shapes
from kg.shapes.report import Report
from kg.shapes.validate import validate
from tests.shapes.graphs import Edit, baseline
from tests.shapes.mutations import ALSO, MUTATIONS

#: The mutations dealt out so that none takes from another what it breaks; pyshacl takes a second for a graph, so that
#: each by itself would take minutes.
_HANDFULS = [sorted(MUTATIONS)[first::15] for first in range(15)]


@lru_cache(maxsize=1)
def before() -> Report:
    base = baseline()
    return validate(base.quads, texts=base.texts, engine="pyshacl")


def local(shape: str) -> str:
    return shape.removeprefix(PREFIXES["cxsh"])


def test_the_baseline_has_neither_violations_nor_warnings() -> None:
    assert before().counts()["violation"] == 0, before().text()
    assert before().counts()["warning"] == 0, before().text()


def test_the_baseline_holds_what_the_mutations_need() -> None:
    rules = {conflict.rule for entity in baseline().consolidated.entities for conflict in entity.conflicts}
    assert rules == {"rule:undecided", "rule:attributed-agency"}
    made = {s.rule for s in baseline().consolidated.derived}
    assert made == {"rule:resolve-weekday-within-interval", "rule:correction"}


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_exactly_this_shape_fires(name: str) -> None:
    edit = Edit(baseline())
    MUTATIONS[name](edit)
    found = validate(edit.quads, texts=edit.texts, engine="indexed")
    fresh = [r for r in found.results if r not in before().results]
    assert {local(r.shape) for r in fresh} - ALSO.get(name, set()) == {name}, found.text()
    assert ALSO.get(name, set()) <= {local(r.shape) for r in fresh}


@pytest.mark.parametrize("names", _HANDFULS, ids=lambda names: names[0])
def test_the_engines_agree_where_a_handful_of_shapes_is_broken_at_once(names: list[str]) -> None:
    edit = Edit(baseline())
    for name in names:
        MUTATIONS[name](edit)
    found = validate(edit.quads, texts=edit.texts, engine="pyshacl")
    assert set(names) <= {local(r.shape) for r in found.results}, "one change hides another: deal them out otherwise"
    assert validate(edit.quads, texts=edit.texts, engine="indexed") == found


def test_every_shape_has_a_mutation() -> None:
    shapes = load_shapes()
    reporting = {local(str(shape)) for shape in shapes.subjects(SH.message, None)}
    assert reporting == set(MUTATIONS)


def test_every_shape_says_how_grave_it_is_and_what_is_wrong() -> None:
    shapes = load_shapes()
    for shape in set(shapes.subjects(SH.message, None)):
        assert len(list(shapes.objects(shape, SH.message))) == 1, shape
        assert len(list(shapes.objects(shape, SH.severity))) == 1, shape
    constrained = {s for p in (SH.sparql, SH.minCount, SH.closed, SH.pattern) for s in shapes.subjects(p, None)}
    # The arms of "dated, or says that it is not" and "keeps its hash, or is redacted" speak through the shape that
    # chooses between them.
    speaking = {local(str(shape)) for shape in shapes.subjects(SH.message, None)}
    assert {local(str(shape)) for shape in constrained} - speaking == {"dateIsStated", "quoteHashIsKept"}
