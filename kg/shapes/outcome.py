"""What a validation came to, for whoever reports it: each result with its place, its rule and its fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.ids import digest
from kg.shapes.locations import Location
from kg.shapes.report import NOT_CHECKED, SEVERITIES, Report, Result
from kg.shapes.rules import Rule, Rules

__all__ = ["Finding", "Outcome", "at_least", "fingerprints", "relative"]


@dataclass(frozen=True)
class Finding:
    """One result, where a person can mend it.

    Args:
        result: The result.
        rule: The shape that it breaks.
        location: The line to look at.
        related: Further places, each with a word on what is there.
        fingerprint: Names the result; it stays while lines move, and where the same is found again.
        path: The path that the result is about, for people.
        focus: The focus node, for people.
        value: The value, for people; nothing where there is none.
    """

    result: Result
    rule: Rule
    location: Location
    related: tuple[tuple[str, Location], ...]
    fingerprint: str
    path: str
    focus: str
    value: str

    @property
    def about(self) -> str:
        """Focus node, path and value, in one line."""
        return " ".join(part for part in (self.focus, self.path, f"= {self.value}" if self.value else "") if part)


@dataclass(frozen=True)
class Outcome:
    """The outcome of a run.

    Args:
        report: Every result, as the standard wants it reported.
        new: The findings that count, the worst first.
        known: Those that the baseline names.
        stale: What the baseline names and nobody found, one sentence each.
        notes: What a reader of any report must know, one sentence each.
        severity: From which severity on a finding makes the run fail.
        what: What was validated, for people.
        rules: The names of shapes and terms.
        root: Files are named from here where they are below it: the checkout, else the working directory.
    """

    report: Report
    new: tuple[Finding, ...]
    rules: Rules
    known: tuple[Finding, ...] = ()
    stale: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    severity: str = "violation"
    what: str = "the graph"
    root: Path = field(default_factory=Path.cwd)

    @property
    def failed(self) -> bool:
        """Whether there is a finding at or above the severity."""
        return any(at_least(finding.result.severity, self.severity) for finding in self.new)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings count, by severity; those of none included."""
        return {s: sum(f.result.severity == s for f in self.new) for s in SEVERITIES}

    @property
    def summary(self) -> str:
        """The counts, in one sentence."""
        counts = self.counts
        shown = ", ".join(f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in ("violation", "warning"))
        known = f"; {len(self.known)} known ones are not shown" if self.known else ""
        conforms = "The graph conforms." if self.report.conforms else "Results:"
        return f"{conforms} {shown}, {counts['info']} info{known}."

    @property
    def unchecked(self) -> str:
        """A sentence on what was not looked at, or nothing."""
        count = sum(finding.result.message == NOT_CHECKED for finding in self.new)
        if not count:
            return ""
        were = "quote was" if count == 1 else "quotes were"
        return f"{count} {were} not checked, for the texts they come from are not at hand."

    def turtle(self) -> str:
        """The report in the standard's own form: every result, whatever the baseline knows."""
        shapes = {result.shape for result in self.report.results if result.path is None}
        return self.report.turtle({shape: self.rules.path_triples(shape) for shape in shapes})

    def by_rule(self) -> Iterator[tuple[str, Rule, list[Finding]]]:
        """The findings that count, by severity and rule, the worst first."""
        groups: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.new:
            groups.setdefault((finding.result.severity, finding.rule.id), []).append(finding)
        for (severity, _), findings in groups.items():
            yield severity, findings[0].rule, findings

    def narrowed(self, keep: Callable[[Finding], bool], note: str) -> Outcome:
        """The outcome with only some of its findings, and a note that says so."""
        return replace(self, new=tuple(filter(keep, self.new)), notes=(*self.notes, note))


def at_least(severity: str, threshold: str) -> bool:
    """Whether a severity is as bad as another, or worse.

    >>> at_least("warning", "info"), at_least("info", "warning")
    (True, False)
    """
    return SEVERITIES.index(severity) <= SEVERITIES.index(threshold)


def fingerprints(results: Sequence[Result], rules: Rules, describe: Callable[[str], str]) -> Iterable[str]:
    """The fingerprint of each result: of its shape, focus node, path, value and component, and of no line.

    Two results of equal description are told apart by their number.

    Args:
        results: The results.
        rules: The names of their shapes.
        describe: Gives a node a name that lasts: of a blank node, from what is said of it.
    """
    seen: dict[str, int] = {}
    for result in results:
        value = "" if result.value is None else str(result.value)
        named = describe(result.value.value) if value.startswith("<") and result.value is not None else value
        parts = (rules.of(result).id, result.component, describe(result.focus), result.path or "", named)
        # What a query found may be told in the message alone; the messages of others can hold labels of blank nodes.
        told = result.message if result.constraint is not None and not value else ""
        found = digest(*parts, told)
        seen[found] = seen.get(found, 0) + 1
        yield found if seen[found] == 1 else f"{found}-{seen[found]}"


def relative(path: Path, root: Path) -> str:
    """A file's name from a folder on, with slashes; outside of it, as it was named."""
    resolved, above = path.resolve(), root.resolve()
    return resolved.relative_to(above).as_posix() if resolved.is_relative_to(above) else path.as_posix()
