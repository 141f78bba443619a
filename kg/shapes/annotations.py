"""The outcome of a validation as workflow commands, which GitHub shows at the lines of a pull request.

Of one step GitHub shows ten errors, ten warnings and ten notices; the rest is printed as plain lines of the log, the
worst first. Escaping is that of the runner's own toolkit: `%`, CR and LF in a message, `:` and `,` as well in a
property. What is printed is text of strangers, and no line of it may pass for a command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.shapes.outcome import Finding, Outcome, relative

__all__ = ["MOST_A_KIND", "workflow_commands"]

#: How many annotations of one kind GitHub shows for a step.
MOST_A_KIND = 10
_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}


def workflow_commands(outcome: Outcome) -> str:
    """The findings as `::error file=...::message`, then what GitHub would not show, and the counts."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    printed: Counter[str] = Counter()
    rest: list[str] = []
    for finding in outcome.new:
        command = _COMMANDS[finding.result.severity]
        printed[command] += 1
        if printed[command] <= MOST_A_KIND:
            yield _command(command, finding, outcome)
        else:
            place = f"{relative(finding.location.path, outcome.root)}:{finding.location.line}"
            rest.append(_plain(f"{command} {place}: {finding.rule.id}: {finding.about}: {finding.result.message}"))
    if rest:
        yield f"GitHub shows {MOST_A_KIND} annotations of a kind for one step; these are {len(rest)} more:"
        yield from rest
    yield from (_plain(sentence) for sentence in (outcome.summary, outcome.unchecked, *outcome.notes) if sentence)
    yield from (_plain(f"stale in the baseline: {sentence}") for sentence in outcome.stale)


def _command(command: str, finding: Finding, outcome: Outcome) -> str:
    place = finding.location
    properties = {
        "file": relative(place.path, outcome.root),
        "line": str(place.line),
        "endLine": str(place.end_line) if place.end_line else "",
        # Columns are of one line: over several, GitHub takes none.
        "col": str(place.column) if place.end_line in (None, place.line) else "",
        "endColumn": str(place.end_column) if place.end_line == place.line else "",
        "title": finding.rule.id,
    }
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{command} {shown}::{_data(f'{finding.about}: {finding.result.message}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(text: str) -> str:
    """One line that the runner takes for text: commands begin a line with `::` or hold `##[`."""
    line = " ".join(text.split()).replace("##[", "## [")
    return f" {line}" if line.startswith("::") else line
