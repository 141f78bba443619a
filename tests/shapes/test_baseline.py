from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.shapes.baseline import Baseline, read_baseline
from tests.support.findings import finding, outcome


def test_known_results_pass_new_ones_fail_and_stale_ones_are_told(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(Baseline.of([finding(1), finding(2)], tmp_path).text(), "utf-8")
    known = read_baseline(path)
    moved = finding(2, path="other.ttl")
    after = known.applied(outcome(moved, finding(3)))
    assert [f.fingerprint for f in after.new] == [finding(3).fingerprint]
    assert after.known == (moved,)
    assert len(after.stale) == 1
    assert finding(1).fingerprint in after.stale[0]
    assert after.failed
    assert not known.applied(outcome(finding(1), finding(2))).failed


def test_what_was_not_looked_at_is_not_stale(tmp_path: Path) -> None:
    known = Baseline.of([finding(1), finding(2)], tmp_path)
    assert len(known.applied(outcome(), looked_at=["ex:n1"]).stale) == 1


def test_the_file_is_sorted_one_result_a_line_and_read_back(tmp_path: Path) -> None:
    made = Baseline.of([finding(n) for n in (3, 1, 2)], tmp_path)
    again = Baseline.of([finding(n) for n in (1, 2, 3)], tmp_path)
    assert made.text() == again.text()
    assert len([line for line in made.text().splitlines() if "fingerprint" in line]) == 3
    (tmp_path / "b.json").write_text(made.text(), "utf-8")
    assert read_baseline(tmp_path / "b.json") == made
    (tmp_path / "empty.json").write_text(Baseline().text(), "utf-8")
    assert read_baseline(tmp_path / "empty.json").results == ()


@pytest.mark.parametrize("content", ["", "[]", '{"results": [1]}', '{"version": 9, "results": []}'])
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match="--write-baseline"):
        read_baseline(path)


def test_a_missing_baseline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_baseline(tmp_path / "none.json")
