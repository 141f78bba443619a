from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.shapes.markdown import MOST_BYTES, markdown
from tests.support.findings import finding, outcome


def test_findings_are_grouped_by_shape_the_worst_first() -> None:
    found = [
        finding(0, severity="warning", shape="http://example.org/A"),
        finding(1, shape="http://example.org/B"),
        finding(2, shape="http://example.org/B"),
    ]
    made = markdown(outcome(*found, stale=("B: ex:gone",)))
    heads = re.findall(r"^### (.*)$", made, re.M)
    assert heads == ["Violation: B (2)", "Warning: A (1)", "Stale in the baseline (1)"]
    assert '| data/a.ttl:3 | ex:n2 ex:p = "x" | It is amiss. |' in made
    assert made.startswith("## SHACL: failed\n")


@given(st.text(max_size=40))
def test_what_strangers_wrote_stays_in_its_cell(message: str) -> None:
    made = markdown(outcome(finding(message=message)))
    [row] = [line for line in made.split("\n") if line.startswith("| data")]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 4
    assert not re.search(r"(?<!\\)(?:\\\\)*[<`\[]", row)
    assert "://" not in row


def test_a_summary_is_never_longer_than_a_step_may_write() -> None:
    found = [finding(n, message="long " * 2_000, shape=f"http://example.org/S{n}") for n in range(150)]
    made = markdown(outcome(*found))
    assert MOST_BYTES * 0.9 < len(made.encode()) < 1024 * 1024
    assert made.endswith("The rest is left out: a summary may not be longer.\n")
