from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.shapes.validate import validate
from tests.shapes.graphs import Edit, baseline
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
    with pytest.raises(UsageError, match="there is no engine 'abacus': give one of auto, pyshacl"):
        validate((), engine="abacus")


def test_progress_is_told() -> None:
    told: list[str] = []
    validate((), progress=told.append)
    assert told[0] == "loading the graph for the shapes"
