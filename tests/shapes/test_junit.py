from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kg.shapes.junit import junit
from tests.support.findings import finding, outcome

texts = st.text(max_size=30)


@given(st.lists(st.tuples(texts, texts, st.sampled_from(["violation", "warning", "info"])), max_size=5))
def test_counts_and_messages_are_those_of_the_findings(made: list[tuple[str, str, str]]) -> None:
    findings = [
        finding(n, message=message, severity=severity, shape=f"http://example.org/S{n % 2}")
        for n, (message, _, severity) in enumerate(made)
    ]
    root = ElementTree.fromstring(junit(outcome(*findings, severity="warning")))
    cases = root.findall("testsuite/testcase")
    bad = [f for f in findings if f.result.severity != "info"]
    assert len(cases) == max(1, len(findings)) == int(root.get("tests", ""))
    assert len(root.findall(".//failure")) == len(bad) == int(root.get("failures", ""))
    assert len(root.findall(".//skipped")) == len(findings) - len(bad)
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall(".//failure"))
        assert int(suite.get("skipped", "")) == len(suite.findall(".//skipped"))
    assert {case.get("line") for case in cases} - {None} == {str(n + 1) for n in range(len(findings))}


def test_a_case_names_file_line_and_message() -> None:
    root = ElementTree.fromstring(junit(outcome(finding(6, message="Too <long> & \x00 odd"))))
    case = root.find("testsuite[@name='Shape']/testcase")
    assert case is not None
    assert (case.get("file"), case.get("line")) == ("data/a.ttl", "7")
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("message") == "Too <long> & \ufffd odd"
    assert (failure.text or "").startswith("data/a.ttl:7:3\n")


def test_no_findings_are_one_case_that_passes() -> None:
    root = ElementTree.fromstring(junit(outcome()))
    assert [len(case) for case in root.findall("testsuite/testcase")] == [0]
