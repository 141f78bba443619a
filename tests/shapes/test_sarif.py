"""SARIF against its own schema, and against what GitHub's documentation says it takes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from kg.shapes.locations import Location
from kg.shapes.outcome import Finding
from kg.shapes.sarif import MOST_RESULTS, sarif
from tests.support.findings import finding, outcome
from tests.support.npm import packages

SCHEMA = Path(__file__).parent / "sarif-schema"
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    _, folder = packages(SCHEMA, "sarif-schema")
    found = next((folder / "node_modules/@microsoft/jest-sarif/lib/schemas").glob("sarif-2.1.0*.json"))
    content: dict[str, Any] = json.loads(found.read_text("utf-8"))
    Draft4Validator.check_schema(content)
    return Draft4Validator(content, format_checker=Draft4Validator.FORMAT_CHECKER)


def run_of(text: str) -> dict[str, Any]:
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    found: dict[str, Any] = run
    return found


def test_the_schema_refuses_what_is_no_sarif(schema: Draft4Validator) -> None:
    assert not schema.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_logs_are_valid(schema: Draft4Validator) -> None:
    @given(st.lists(st.tuples(texts, texts, st.sampled_from(["violation", "warning", "info"])), max_size=4))
    @settings(max_examples=25, deadline=None)
    def check(made: list[tuple[str, str, str]]) -> None:
        findings = [
            finding(
                n, message=message, value=value, severity=severity, related=(("as well", Location(Path("ü b.ttl"))),)
            )
            for n, (message, value, severity) in enumerate(made)
        ]
        assert [e.message for e in schema.iter_errors(json.loads(sarif(outcome(*findings, stale=("x: y",)))))] == []

    check()


def test_a_result_names_rule_level_region_and_fingerprint(tmp_path: Path) -> None:
    inside, outside = tmp_path / "with space.ttl", tmp_path.parent / "far.ttl"
    one = finding(4, severity="warning", path=str(inside), related=(("the other", Location(outside)),))
    run = run_of(sarif(outcome(one, root=tmp_path)))
    [result], [rule] = run["results"], run["tool"]["driver"]["rules"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == (rule["id"], 0, "warning")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "with%20space.ttl", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 5, "startColumn": 3, "endLine": 5, "endColumn": 9}
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == outside.as_uri()
    assert set(result["partialFingerprints"].values()) == {one.fingerprint}
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.fixture(scope="module")
def many() -> tuple[Finding, ...]:
    mild = [finding(n, severity="info") for n in range(MOST_RESULTS)]
    return (*mild, *(finding(MOST_RESULTS + n) for n in range(10)))


def test_what_is_too_much_is_cut_the_mildest_first_and_said_so(many: tuple[Finding, ...]) -> None:
    run = run_of(sarif(outcome(*many)))
    levels = [result["level"] for result in run["results"]]
    assert len(levels) == MOST_RESULTS
    assert levels.count("error") == 10
    assert levels[:10] == ["error"] * 10
    notes = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert "10 results do not fit into this file and are left out." in notes
    assert any(note.startswith("GitHub shows 5000 of these") for note in notes)


def test_the_packed_file_stays_below_its_limit(many: tuple[Finding, ...]) -> None:
    made = sarif(outcome(*many), most_bytes=100_000)
    assert len(gzip.compress(made.encode(), mtime=0)) <= 100_000
    assert 0 < len(run_of(made)["results"]) < MOST_RESULTS


def test_no_findings_are_a_log_without_results(schema: Draft4Validator) -> None:
    made = json.loads(sarif(outcome()))
    assert schema.is_valid(made)
    assert made["runs"][0]["results"] == []
