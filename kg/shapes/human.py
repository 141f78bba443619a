"""The outcome of a validation for a person at a terminal: counts, then what was found, grouped by shape."""

from __future__ import annotations

from collections.abc import Iterator

from kg.shapes.outcome import Finding, Outcome

__all__ = ["human"]

#: Of one shape's infos only so many are shown: they count what was not looked at.
_INFOS = 1


def human(outcome: Outcome) -> str:
    """The outcome as plain text; each result begins with its file, line and column."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    yield outcome.summary
    if outcome.unchecked:
        yield outcome.unchecked
    yield from outcome.notes
    for severity, rule, findings in outcome.by_rule():
        yield ""
        yield f"{severity.upper()} {rule.id} ({len(findings)})"
        shown = findings if severity != "info" else findings[:_INFOS]
        for finding in shown:
            yield from _finding(finding)
        if len(findings) > len(shown):
            yield f"  and {len(findings) - len(shown)} more"
    if outcome.stale:
        yield ""
        yield f"STALE ({len(outcome.stale)}): the baseline names what is no longer found"
        yield from (f"  {sentence}" for sentence in outcome.stale)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  {finding.location}: {finding.about}"
    yield f"    {finding.result.message}"
    for what, place in finding.related:
        yield f"    {place}: {what}"
