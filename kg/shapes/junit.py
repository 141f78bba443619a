"""The outcome of a validation as JUnit XML: a suite for each shape, a test case for each result.

There is no standard; this is what Surefire writes and every CI reads: `testsuites`, `testsuite`, `testcase`, `failure`,
`skipped`. A result below the severity that fails a run is a case that was skipped. A shape that nothing breaks is one
case that passes, so that a run without results is not an empty file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from kg.shapes.outcome import Finding, Outcome, at_least, relative

__all__ = ["junit"]

#: What XML 1.0 cannot hold (section 2.2).
_NO_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(outcome: Outcome) -> str:
    """The outcome as an XML document."""
    root = ElementTree.Element("testsuites", name="kg validate")
    total = failed = 0
    for _, rule, findings in outcome.by_rule():
        suite = _suite(root, rule.id, findings, outcome)
        total, failed = total + len(findings), failed + int(suite.get("failures", "0"))
    if not outcome.new:
        suite = ElementTree.SubElement(
            root, "testsuite", name="shapes", tests="1", failures="0", errors="0", skipped="0", time="0"
        )
        ElementTree.SubElement(suite, "testcase", classname="shapes", name=_text(outcome.summary), time="0")
        total = 1
    root.set("tests", str(total))
    root.set("failures", str(failed))
    root.set("errors", "0")
    ElementTree.indent(root, " ")
    body: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(root: ElementTree.Element, name: str, findings: Iterable[Finding], outcome: Outcome) -> ElementTree.Element:
    suite = ElementTree.SubElement(root, "testsuite", name=_text(name))
    total = failed = 0
    for finding in findings:
        place, result = finding.location, finding.result
        file = relative(place.path, outcome.root)
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=_text(name),
            name=_text(f"{file}:{place.line} {finding.about}"),
            file=_text(file),
            line=str(place.line),
            time="0",
        )
        total += 1
        if at_least(result.severity, outcome.severity):
            failed += 1
            told = ElementTree.SubElement(case, "failure", message=_text(result.message), type=result.severity)
            others = [f"{relative(p.path, outcome.root)}:{p.line}: {what}" for what, p in finding.related]
            told.text = _text("\n".join([f"{file}:{place.line}:{place.column}", finding.about, *others]))
        else:
            ElementTree.SubElement(case, "skipped", message=_text(f"{result.severity}: {result.message}"))
    suite.set("tests", str(total))
    suite.set("failures", str(failed))
    suite.set("errors", "0")
    suite.set("skipped", str(total - failed))
    suite.set("time", "0")
    return suite


def _text(text: str) -> str:
    return _NO_CHARACTERS.sub("\ufffd", text)
