"""What is checked again after each write gives the report of a full run, whatever came before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import UsageError
from kg.gate import shapes
from kg.mapping.quads import Quads
from kg.shapes.report import Report
from kg.writing import Proposal, WritableGraph
from kg.writing.rechecking import Rechecker
from tests.support.writing import CORRECTION, DIGEST, JUDGEMENT, LATE, NEWS, Place, note, other, story


class _Both:
    """A validator that asks both and holds them against each other."""

    def __init__(self) -> None:
        self.rechecker = Rechecker()
        self.asked = 0
        self.results = 0

    def __call__(self, quads: Quads, texts: dict[str, str]) -> Report:
        found, expected = self.rechecker(quads, texts), shapes(quads, texts)
        assert found.results == expected.results
        self.asked += 1
        self.results += len(found.results)
        return found


def test_reports_are_those_of_full_runs(tmp_path: Path) -> None:
    place = Place(tmp_path, story(), other())
    assert place.build().exit_code == 0
    both = _Both()
    with WritableGraph.open(place.home, validator=both) as graph:
        proposals: tuple[Callable[[], Proposal], ...] = (
            lambda: graph.propose_annotation([note("short", predicate="cx:textHash")]),
            lambda: graph.propose_article(NEWS.encode(), "text/plain", "x", None, keep=False),
            lambda: graph.propose_article(LATE.encode(), "text/markdown", "x", None, keep=True),
            lambda: graph.propose_decision(CORRECTION),
            lambda: graph.propose_annotation([note("one")]),
            lambda: graph.propose_article(DIGEST.encode(), "text/markdown", "x", None, keep=True),
            lambda: graph.propose_decision(JUDGEMENT),
            lambda: graph.propose_annotation([], [note("one")]),
        )
        for propose in proposals:
            try:
                proposal = propose()
            except UsageError:
                continue
            if proposal.write is not None and not proposal.refused:
                graph.commit(proposal, "desk")
    assert both.asked > 6
    assert both.results > 0
