"""The outcome of a validation as Markdown: the summary of a job, grouped by shape.

GitHub takes at most a mebibyte of summary for a step, and drops it whole if there is more; a table is cut before that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.shapes.outcome import Finding, Outcome, relative

__all__ = ["MOST_BYTES", "markdown"]

#: What a summary may have, below the mebibyte that GitHub takes.
MOST_BYTES = 1_000_000
#: How many results of one shape are shown.
_MOST_A_SHAPE = 100
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~<>&@$-])")


def markdown(outcome: Outcome) -> str:
    """The outcome as Markdown for a job's summary; what strangers wrote cannot format it."""
    lines: list[str] = []
    size = 0
    for line in _lines(outcome):
        size += len(line.encode()) + 1
        if size > MOST_BYTES:
            lines += ["", "The rest is left out: a summary may not be longer."]
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    yield f"## SHACL: {'failed' if outcome.failed else 'passed'}"
    yield ""
    yield _escaped(f"{outcome.summary} Validated: {outcome.what}.")
    for sentence in (outcome.unchecked, *outcome.notes):
        if sentence:
            yield ""
            yield _escaped(sentence)
    for severity, rule, findings in outcome.by_rule():
        yield ""
        yield f"### {severity.capitalize()}: {_escaped(rule.id)} ({len(findings)})"
        yield ""
        yield _escaped(rule.title)
        yield ""
        yield "| where | what | message |"
        yield "|---|---|---|"
        for finding in findings[:_MOST_A_SHAPE]:
            yield _row(finding, outcome)
        if len(findings) > _MOST_A_SHAPE:
            yield ""
            yield f"and {len(findings) - _MOST_A_SHAPE} more of this shape"
    if outcome.stale:
        yield ""
        yield f"### Stale in the baseline ({len(outcome.stale)})"
        yield ""
        yield from (f"- {_escaped(sentence)}" for sentence in outcome.stale)


def _row(finding: Finding, outcome: Outcome) -> str:
    place = f"{relative(finding.location.path, outcome.root)}:{finding.location.line}"
    return f"| {_escaped(place)} | {_escaped(finding.about)} | {_escaped(finding.result.message)} |"


def _escaped(text: str) -> str:
    """Text as it is: no mark of it formats, no address in it becomes a link by itself, and it stays on its line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split())).replace("://", "&#58;//").replace("www.", "www&#46;")
