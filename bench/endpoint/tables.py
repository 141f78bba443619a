"""Writes what was measured as Markdown, between two marks of a page, so that the words around it stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.endpoint.goals import goals, ratio
from bench.endpoint.results import SAME_ROWS, Class, Results, Size, median
from kg.atomic import write_atomically
from kg.errors import InputError

__all__ = ["BEGIN", "END", "markdown", "write_between"]

_COMMAND = "python -m bench.endpoint"
BEGIN = f"<!-- measured: begin (written by {_COMMAND}; do not edit) -->"
END = "<!-- measured: end -->"

_OURS, _REFERENCE = "crossings", "oxigraph"
_ORDER = (_OURS, _REFERENCE, "virtuoso", "rdflib-endpoint")


def write_between(path: Path, content: str, command: str = _COMMAND) -> None:
    """Put content between the marks of a page.

    Args:
        path: The page.
        content: What was measured.
        command: What measured it; the first mark names it.

    Raises:
        InputError: The page cannot be read, or has not each mark once and in order.
    """
    try:
        page = path.read_text("utf-8")
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}): name the page that the tables go to") from error
    begin = BEGIN.replace(_COMMAND, command)
    if page.count(begin) != 1 or page.count(END) != 1 or page.index(begin) > page.index(END):
        raise InputError(path, f"has not the lines '{begin}' and '{END}' once and in this order: put them there")
    before, _, rest = page.partition(begin)
    after = rest.partition(END)[2]
    write_atomically(path, f"{before}{begin}\n\n{content.strip()}\n\n{END}{after}")


def markdown(results: Results) -> str:
    """All tables of a run."""
    parts = [_facts(results)]
    for size in results.sizes:
        parts += [
            f"## {size.quads:,} quads of {size.articles:,} articles",
            _goals(results, size),
            _classes(size),
            _notes(size),
            _keep_alive(size),
            _loads(size),
            _strains(size),
            _memory(size),
            _build(size),
        ]
    return "\n\n".join(part for part in parts if part)


def _facts(results: Results) -> str:
    rows = [
        ("date", results.date),
        ("command", f"`{results.command}`"),
        *results.machine.items(),
        *((f"version of {name}", version) for name, version in results.versions.items()),
        ("rounds", f"{results.rounds} of each class, cold and warm each, after one that is not counted"),
    ]
    return _table(("what", "is"), rows)


def _goals(results: Results, size: Size) -> str:
    rows = [(goal.text, goal.measured, goal.verdict) for goal in goals(results, size)]
    return "### Goals\n\n" + _table(("goal", "measured", ""), rows)


def _classes(size: Size) -> str:
    others = [name for name in _servers(size) if name not in (_OURS, _REFERENCE)]
    head = ["class", "rows", "oxigraph cold, ms", "warm, ms", "crossings cold, ms", "warm, ms", "ratio cold", "warm"]
    head += [f"{name} ratio cold" for name in others]
    rows = []
    for one in size.classes:
        row = [one.name, f"{one.rows[_REFERENCE]:,}" if _REFERENCE in one.rows else "-"]
        row += [_ms(median(times.get(name, ()))) for name in (_REFERENCE, _OURS) for times in (one.cold, one.warm)]
        row += [_times(ratio(one, _OURS, warm)) for warm in (False, True)]
        row += [_times(ratio(one, name, False)) for name in others]
        rows.append(row)
    worst = [line for warm in (False, True) if (line := _worst(size.classes, warm))]
    said = f"\n\nThe worst of crossings: {'; '.join(worst)}." if worst else ""
    return "### Classes of queries\n\n" + _table(head, rows) + said


def _worst(classes: Sequence[Class], warm: bool) -> str | None:
    known = [(found, one.name) for one in classes if (found := ratio(one, _OURS, warm)) is not None]
    if not known:
        return None
    value, name = min(known)
    return f"{'warm' if warm else 'cold'} {_times(value)} ({name})"


def _notes(size: Size) -> str:
    lines = [f"{name} is not measured: {why}." for name, why in size.missing.items()]
    written: dict[str, list[str]] = {}
    for one in size.classes:
        for name, how in one.differs.items():
            if how == SAME_ROWS:
                written.setdefault(name, []).append(one.name)
            else:
                lines.append(f"{one.name}: {name} answers otherwise: {how}.")
        lines += [f"{one.name}: {name} failed: {_flat(why)}." for name, why in one.failures.items()]
    lines += [f"{name} gives {SAME_ROWS} in: {', '.join(classes)}." for name, classes in written.items()]
    return "\n".join(f"- {line}" for line in lines) or "- All servers gave the same answers."


def _keep_alive(size: Size) -> str:
    rows = []
    reference = median(size.keep_alive.get(_REFERENCE, ()))
    for name in _servers(size):
        own = median(size.keep_alive.get(name, ()))
        if own is not None:
            rows.append((name, f"{len(size.keep_alive[name]):,}", _ms(own), _times(reference and reference / own)))
    return "### One keep-alive client, lookups, cold\n\n" + _table(("server", "lookups", "median, ms", "ratio"), rows)


def _loads(size: Size) -> str:
    rows = [
        (
            load.server,
            "warm" if load.warm else "cold",
            str(load.clients),
            f"{load.rate:,.0f}",
            _ms(load.p50),
            _ms(load.p99),
            str(load.failed),
        )
        for load in sorted(size.loads, key=lambda x: (x.warm, x.clients, _place(x.server)))
    ]
    head = ("server", "", "clients", "lookups a second", "p50, ms", "p99, ms", "failed")
    return "### Many clients, lookups\n\n" + _table(head, rows)


def _strains(size: Size) -> str:
    rows = [
        (
            strain.server,
            str(strain.runaways),
            f"{strain.asked:,}",
            _ms(strain.p50),
            _ms(strain.p99),
            str(strain.failed),
            "; ".join(f"{many} × {_flat(how)}" for how, many in sorted(strain.ends.items())) or "-",
        )
        for strain in size.strains
    ]
    head = ("server", "runaway queries", "cheap queries", "p50, ms", "p99, ms", "failed", "how runaways ended")
    return "### Cheap queries beside runaway ones\n\n" + _table(head, rows)


def _memory(size: Size) -> str:
    rows = [
        (name, *(f"{amount:,.0f}" for amount in (*size.idle[name], *size.loaded.get(name, ()))))
        for name in _servers(size)
        if name in size.idle
    ]
    head = ("server", "at start, RSS", "PSS", "after all, RSS", "PSS")
    return "### Memory of all processes, MiB\n\n" + _table(head, rows)


def _build(size: Size) -> str:
    told = ", ".join(f"{stage} {seconds:g} s" for stage, seconds in size.build.items())
    return f"The corpus was built in {sum(size.build.values()):.0f} s: {told}."


def _servers(size: Size) -> Iterator[str]:
    seen = set(size.idle) | set(size.keep_alive) | {name for one in size.classes for name in one.cold}
    return iter(sorted(seen, key=_place))


def _place(server: str) -> int:
    return _ORDER.index(server) if server in _ORDER else len(_ORDER)


def _ms(seconds: float | None) -> str:
    if seconds is None or seconds != seconds:
        return "-"
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _times(value: float | None) -> str:
    if not value:
        return "-" if value is None else "wrong"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _flat(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
