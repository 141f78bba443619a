"""Outcomes made up for the tests of reports, without validating anything."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode
from rdflib import Graph

from kg.shapes.locations import Location
from kg.shapes.outcome import Finding, Outcome
from kg.shapes.report import Report, Result
from kg.shapes.rules import Rule, Rules

__all__ = ["finding", "outcome"]


def finding(
    number: int = 0,
    *,
    severity: str = "violation",
    shape: str = "http://example.org/Shape",
    message: str = "It is amiss.",
    value: str | None = "x",
    path: str = "data/a.ttl",
    related: tuple[tuple[str, Location], ...] = (),
) -> Finding:
    """A finding in line `number + 1` of a file."""
    result = Result(
        focus=f"http://example.org/n{number}",
        path="http://example.org/p",
        value=None if value is None else Literal(value),
        shape=shape,
        severity=severity,
        message=message,
        component="http://www.w3.org/ns/shacl#PatternConstraintComponent",
    )
    return Finding(
        result=result,
        rule=Rule(shape.rsplit("/", 1)[-1], shape, f"Nodes are as {shape} says."),
        location=Location(Path(path), number + 1, 3, number + 1, 9),
        related=related,
        fingerprint=f"{number:016x}",
        path="ex:p",
        focus=f"ex:n{number}",
        value="" if value is None else str(NamedNode("http://example.org/v") if value == "" else Literal(value)),
    )


def outcome(
    *findings: Finding, severity: str = "violation", stale: tuple[str, ...] = (), root: Path | None = None
) -> Outcome:
    """An outcome with some findings."""
    return Outcome(
        report=Report.of({f.result for f in findings}),
        new=tuple(sorted(findings, key=lambda f: f.result.order())),
        rules=Rules(Graph()),
        stale=stale,
        severity=severity,
        what="2 files",
        root=root or Path.cwd(),
    )
