from __future__ import annotations

import pytest
from pyoxigraph import Triple

from kg.errors import UsageError
from kg.shapes.engines.choose import LARGE, engine_for
from kg.shapes.validate import validate
from tests.shapes.graphs import Edit, baseline, integer, iri
from tests.shapes.mutations import MUTATIONS


def broken() -> Edit:
    edit = Edit(baseline())
    MUTATIONS["PercentIsWithinAHundred"](edit)
    MUTATIONS["ClaimHasEvidence"](edit)
    return edit


def test_a_focus_leaves_the_results_of_the_nodes_named() -> None:
    edit = broken()
    whole = validate(edit.quads, texts=edit.texts).results
    nodes = {result.focus for result in whole}
    assert len(nodes) > 1
    node = edit["share"].value
    found = validate(edit.quads, texts=edit.texts, focus={node}).results
    assert found == tuple(result for result in whole if result.focus == node)
    assert "PercentIsWithinAHundred" in {result.shape.rpartition("#")[2] for result in found}


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no engine 'abacus': give one of auto, indexed, pyshacl"):
        validate((), engine="abacus")


def test_progress_is_told_shape_by_shape() -> None:
    told: list[str] = []
    validate((), progress=told.append, engine="indexed")
    assert told[0] == "loading the graph for the shapes"
    assert len([line for line in told if line.startswith("checking shape ")]) > 50


def test_the_size_chooses_the_engine() -> None:
    many = [Triple(iri("cx:a"), iri("cx:number"), integer(n)) for n in range(LARGE)]
    small, triples = engine_for("auto", iter(many[1:]))
    assert (small.name, list(triples)) == ("pyshacl", many[1:])
    large, triples = engine_for("auto", iter(many))
    assert large.name == "indexed"
    assert list(triples) == many
