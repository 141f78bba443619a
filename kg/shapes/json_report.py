"""The outcome of a validation as JSON of our own, for scripts: everything that the other formats tell, and more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.shapes.locations import Location
from kg.shapes.outcome import Finding, Outcome, relative

__all__ = ["json_report"]


def json_report(outcome: Outcome) -> str:
    """The outcome as JSON; its fields are listed in docs/validation.md."""
    content = {
        "validated": outcome.what,
        "conforms": outcome.report.conforms,
        "failed": outcome.failed,
        "severity": outcome.severity,
        "counts": outcome.counts,
        "results": [_finding(finding, outcome.root) for finding in outcome.new],
        "known": [_finding(finding, outcome.root) for finding in outcome.known],
        "stale": list(outcome.stale),
        "notes": list(outcome.notes),
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _finding(finding: Finding, root: Path) -> dict[str, Any]:
    result = finding.result
    return {
        "severity": result.severity,
        "shape": finding.rule.id,
        "shapeIri": result.shape,
        "component": result.component,
        "message": result.message,
        "focus": result.focus,
        "path": finding.path or None,
        "value": result.value_text or None,
        "location": _location(finding.location, root),
        "related": [{"what": what, **_location(place, root)} for what, place in finding.related],
        "fingerprint": finding.fingerprint,
    }


def _location(place: Location, root: Path) -> dict[str, Any]:
    return {
        "file": relative(place.path, root),
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
