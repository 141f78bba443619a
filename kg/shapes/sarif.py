"""The outcome of a validation as SARIF 2.1.0, within the limits of GitHub's code scanning.

GitHub refuses a file with more than 25,000 results or rules in a run, or of more than 10 MB when packed, and shows the
5,000 worst results; a rule's tags are shown up to ten, its descriptions up to 1,024 characters ("SARIF support for
code scanning" and "SARIF results exceed limit" in GitHub's documentation). The results come the worst first, and what
does not fit is cut, with a note in the file.
"""

from __future__ import annotations

import gzip
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg.namespaces import BASE
from kg.shapes.locations import Location
from kg.shapes.outcome import Finding, Outcome, relative
from kg.shapes.rules import Rule

__all__ = ["MOST_BYTES", "MOST_RESULTS", "SHOWN_RESULTS", "sarif"]

#: How many results of a run GitHub takes, and how many of these it shows.
MOST_RESULTS, SHOWN_RESULTS = 25_000, 5_000
#: How many bytes GitHub takes, packed by gzip.
MOST_BYTES = 10_000_000
_MOST_CHARACTERS = 1_024
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(outcome: Outcome, most: int = MOST_RESULTS, most_bytes: int = MOST_BYTES) -> str:
    """The outcome as a SARIF log with one run.

    Args:
        outcome: The outcome; the findings that its baseline knows are left out.
        most: How many results the run may have.
        most_bytes: How many bytes the log may have, packed by gzip.
    """
    findings = outcome.new[:most]
    while True:
        text = json.dumps(_log(outcome, findings), ensure_ascii=False, separators=(",", ":")) + "\n"
        if not findings or len(gzip.compress(text.encode(), mtime=0)) <= most_bytes:
            return text
        findings = findings[: len(findings) // 2]


def _log(outcome: Outcome, findings: tuple[Finding, ...]) -> dict[str, Any]:
    rules: dict[str, int] = {}
    described = []
    for finding in findings:
        if finding.rule.id not in rules:
            rules[finding.rule.id] = len(rules)
            described.append(_rule(finding.rule, finding.result.severity))
    notes = list(outcome.notes)
    if len(findings) < len(outcome.new):
        notes.append(f"{len(outcome.new) - len(findings)} results do not fit into this file and are left out.")
    if len(findings) > SHOWN_RESULTS:
        notes.append(f"GitHub shows {SHOWN_RESULTS} of these {len(findings)} results, the worst first.")
    notes += [f"Stale in the baseline: {sentence}" for sentence in outcome.stale]
    driver = {
        "name": "kg validate",
        "organization": "Crossings",
        "version": version("crossings"),
        "informationUri": BASE,
        "rules": described,
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [{"level": "note", "message": {"text": note}} for note in notes],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules[finding.rule.id], outcome.root) for finding in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule, severity: str) -> dict[str, Any]:
    more = rule.text or rule.title
    described = {
        "id": rule.id,
        "shortDescription": {"text": _cut(rule.title)},
        "fullDescription": {"text": _cut(more)},
        "help": {"text": f"{more}\n\nThe shape is {rule.iri or rule.id}."},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {"tags": ["shacl", "data"], "problem.severity": _PROBLEMS[severity]},
    }
    if rule.iri is not None and rule.iri.startswith(("http://", "https://")):
        described["helpUri"] = quote(rule.iri, safe=":/#?&=%~!$'()*+,;@-._")
    return described


#: The words of GitHub for the same levels.
_PROBLEMS = {"violation": "error", "warning": "warning", "info": "recommendation"}


def _result(finding: Finding, rule: int, root: Path) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": finding.rule.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.result.severity],
        "message": {"text": f"{finding.result.message} ({finding.about})"},
        "locations": [{"physicalLocation": _physical(finding.location, root)}],
        # The first is the one that GitHub knows a result by; it keeps what is given.
        "partialFingerprints": {
            "primaryLocationLineHash": finding.fingerprint,
            "shaclResult/v1": finding.fingerprint,
        },
        "properties": {
            "focusNode": finding.result.focus,
            "resultPath": finding.path,
            "value": finding.result.value_text,
            "sourceConstraintComponent": finding.result.component,
        },
    }
    if finding.related:
        made["relatedLocations"] = [
            {"id": number, "message": {"text": what}, "physicalLocation": _physical(place, root)}
            for number, (what, place) in enumerate(finding.related)
        ]
    return made


def _physical(place: Location, root: Path) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    if place.end_line is not None and place.end_column is not None:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    name = relative(place.path, root)
    if name.startswith(("/", "../")):
        return {"artifactLocation": {"uri": place.path.resolve().as_uri()}, "region": region}
    return {"artifactLocation": {"uri": quote(name), "uriBaseId": "%SRCROOT%"}, "region": region}


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 3]}..."
