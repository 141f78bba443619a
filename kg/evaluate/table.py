"""A report as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from kg.evaluate.report import EntityRow, Numbers, Report, Scored, Share, WordsAt

__all__ = ["print_report"]


def print_report(report: Report, console: Console, *, details: bool = False) -> None:
    """Print the numbers, what may never be (leaks, merged pairs), and what linking got wrong.

    Args:
        report: The report.
        console: Where to.
        details: Whether to print every entity, slot and row that is wrong too.
    """
    console.print(_entities(report.numbers, f"{report.texts} texts"))
    if report.without_disputed is not None:
        console.print()
        console.print(_entities(report.without_disputed, f"without {len(report.disputed)} disputed rows"))
    console.print()
    console.print(_slots(report.numbers))
    console.print()
    console.print(_rest(report.numbers, report.without_disputed))
    if details:
        _details(report, _Lines(console))
    _linked(report, _Lines(console))


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _grid(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", no_wrap=True)
    return table


def _entities(numbers: Numbers, title: str) -> Table:
    table = _grid(f"Entities ({title})", "class", "level", "gold", "found", "right", "precision", "recall", "F1")
    for level, scores in (("mention", numbers.mention), ("entity", numbers.entity)):
        for cls, score in scores.items():
            table.add_row(cls, level, *_score(score))
    return table


def _slots(numbers: Numbers) -> Table:
    table = _grid("Slots", "slot", "given", "right", "wrong", "missing", "accuracy", "compatible", "empty", "filled")
    for cls, by_slot in numbers.slots.items():
        for name, slot in by_slot.items():
            counts = (str(n) for n in (slot.given, slot.right, slot.wrong, slot.missing))
            shares = (_share(slot.accuracy), _share(slot.compatible) if slot.compatible is not None else "")
            table.add_row(f"{cls}.{name}", *counts, *shares, str(slot.empty), str(slot.filled))
    return table


def _rest(numbers: Numbers, without: Numbers | None) -> Table:
    table = _grid("Claims, evidence and linking", "what", "of", "right", "share")
    table.add_row("publication date", *_of(numbers.published))
    for kind, share in numbers.claims.items():
        table.add_row("claim layer" if kind == "all" else f"  {kind}", *_of(share))
    if without is not None:
        table.add_row("  without disputed rows", *_of(without.claims["all"]))
    table.add_row("certainty", *_of(numbers.certainty))
    table.add_row("attribution", *_of(numbers.attribution))
    evidence = numbers.evidence
    table.add_row("evidence overlaps", str(evidence.given), str(evidence.overlapping), _share(evidence.share))
    table.add_row("  F1 over characters", str(evidence.claimed), "", _share(evidence.characters_f1))
    table.add_row("  quotes exact", *_of(evidence.quotes))
    for cls, cubed in numbers.coreference.items():
        shown = f"P {_share(cubed.precision)} R {_share(cubed.recall)}"
        table.add_row(f"B-cubed {cls}", str(cubed.units), shown, _share(cubed.f1))
    table.add_row("kept apart", *_of(numbers.apart))
    table.add_row("values after linking", *_of(numbers.members))
    table.add_row("conflicts", *_of(numbers.conflicts))
    table.add_row("further conflicts", str(numbers.conflicts_extra), "", "")
    table.add_row("leaks", str(numbers.leaks), "", "")
    return table


def _score(score: Scored) -> tuple[str, ...]:
    return (
        str(score.gold),
        str(score.found),
        str(score.right),
        _share(score.precision),
        _share(score.recall),
        _share(score.f1),
    )


def _of(share: Share) -> tuple[str, str, str]:
    return str(share.of), str(share.right), _share(share.share)


class _Lines:
    """Plain lines: what stands in texts is no markup."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def __call__(self, line: str) -> None:
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def titled(self, title: str, lines: Iterable[str]) -> None:
        """A title with lines below it; nothing where there are none."""
        for number, line in enumerate(lines):
            if number == 0:
                self(f"\n{title}")
            self(f"  {line}")


def _details(report: Report, say: _Lines) -> None:
    say.titled("Missed", (_entity(row) for row in report.missed))
    say.titled("Too many", (_entity(row) for row in report.extra))
    say.titled(
        "Slots (gold / found)",
        (
            f"{s.text} {s.cls} {s.key} {s.slot} {s.verdict}: {s.gold} / {s.found or 'nothing'}"
            for s in report.wrong_slots
        ),
    )
    say.titled(
        "Rows of the claim layer that do not stand",
        (
            line
            for r in report.rows_missing
            for line in (
                f"{r.text} {r.key} {r.kind} of {r.about}: {_words((r.words,))}: {r.wanted}",
                *(f"  found {claim}" for claim in r.found),
            )
        ),
    )
    say.titled("Entities missed", report.entities_missed)
    say.titled("Entities too many", report.entities_extra)


def _linked(report: Report, say: _Lines) -> None:
    say.titled(
        "Leaks",
        (
            f"{leak.subject} {leak.predicate} {leak.object} ({leak.why}): "
            + "; ".join(f"{name} {_words(words)}" for name, words in leak.words.items())
            for leak in report.leaks
        ),
    )
    say.titled("Merged though apart", (f"{one}, {other}" for one, other in report.merged))
    wrong = (m for m in report.members if not m.right)
    say.titled(
        "Values after linking (gold / found)",
        (f"{m.entity} {m.slot}: {m.gold} / {m.found or 'nothing'}" for m in wrong),
    )
    shown = (
        f"{c.entity} {c.property}: {' | '.join(c.gold) or 'no conflict'} / {' | '.join(c.found) or 'no conflict'}"
        for c in report.conflicts
        if not c.right
    )
    say.titled("Conflicts (gold / found)", shown)


def _entity(row: EntityRow) -> str:
    slots = ", ".join(f"{slot} {value}" for slot, value in row.slots.items())
    return f"{row.text} {row.cls} {row.key}: {_words(row.words)} [{slots}]"


def _words(words: Iterable[WordsAt]) -> str:
    return "; ".join(f"{w.words!r} {w.start}-{w.end}" for w in words)
