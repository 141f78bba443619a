"""`kg redact`: withhold entities from every release of a home, and from all that is built from then on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import CurationOption, HomeOption, curation_folder
from kg.cli.review import author
from kg.curation.model import Redaction
from kg.curation.redacting import entry_lines
from kg.curation.redactions import REDACTIONS, read_redactions, redaction_id
from kg.errors import ExitCode
from kg.plural import plural
from kg.release import DEFAULT_HOME, Home
from kg.sources import Sources

if TYPE_CHECKING:
    from kg.redaction.redacting import Redacting

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("redact")(redact)


def redact(
    idents: Annotated[
        list[str], typer.Argument(metavar="ID...", help="The end of the entity's IRI, such as person/0123456789abcdef.")
    ],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Published: one line that is free of the name.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who decides; not published.", show_default="user.name of git"),
    ] = None,
    curation: CurationOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Withhold entities: issue every release that has them again without them, purge caches, and record it."""
    from kg.redaction.redacting import Redacting

    where = Home(home)
    where.require_current()
    folder = _folder(where, curation)
    decided = by or author()
    today = datetime.now(UTC).date()
    ids = dict.fromkeys(redaction_id(ident) for ident in idents)
    asked = [Redaction(id=ident, by=decided, on=today, reason=reason) for ident in ids]
    with where.lock():
        where.remove_leftovers()
        work = Redacting(where, asked, folder, _logs(where), lambda words: print(words, flush=True))
        plan = work.plan
        if not plan:
            print(f"nothing to do: {', '.join(ids)} withheld from every release already")
        elif dry_run:
            for line in _intended(work):
                print(line)
        else:
            for line in work.carry_out():
                print(line)
    for line in _left(where, asked, folder, plan.traces.journal, dry_run=dry_run):
        print(line)
    unchanged = [] if dry_run else _unchanged(plan.reasons, folder)
    for one in unchanged:
        print(f"nobody may write {REDACTIONS} here: change the reason of {one.id} there to {one.reason!r}")
    unrecorded = bool(unchanged or _missing(asked, folder)) and not dry_run
    raise typer.Exit(int(ExitCode.NOT_WHOLLY_GOOD if unrecorded else ExitCode.GOOD))


def _folder(home: Home, curation: str | None) -> Path | None:
    """The folder of curation: the one that is named, else that of the last build, else as `kg build` finds it."""
    if curation is not None:
        return curation_folder(curation)
    if (home.path / "sources.json").is_file():
        built = Sources.read(home).curation
        return Path(built) if built is not None else None
    return curation_folder(None)


def _logs(home: Home) -> Path:
    """The folder of the server's logs, which its setting may have put elsewhere."""
    named = os.environ.get("KG_LOGS", "")
    return Path(named) if named not in ("", "none") else home.path / "logs"


def _intended(work: Redacting) -> list[str]:
    from kg.release.reissue import next_id

    plan = work.plan
    lines = [f"would add {one.id} to {REDACTIONS}" for one in plan.record]
    lines += [f"would change the reason of {one.id} in {REDACTIONS} to {one.reason!r}" for one in plan.reasons]
    lines += [f"would issue release {release.id} again as {next_id(work.home, release)}" for release in plan.releases]
    lines += ["would end what an earlier run began"] if plan.unfinished else []
    lines += ["would make the snapshot that is served anew"] if plan.snapshot is not None else []
    lines += [f"would remove {plural(len(plan.stale), 'snapshot')}"] if plan.stale else []
    lines += [f"would remove {plural(len(plan.traces.caches), 'file')} of the cache"] if plan.traces.caches else []
    lines += [f"would mask {plural(plan.traces.logs, 'line')} of the logs"] if plan.traces.logs else []
    return lines


def _unchanged(reasons: Sequence[Redaction], folder: Path | None) -> list[Redaction]:
    """The redactions whose new reason is not recorded."""
    known = {one.id: one.reason for one in read_redactions(folder / REDACTIONS)} if folder is not None else {}
    return [one for one in reasons if known.get(one.id) != one.reason]


def _missing(asked: list[Redaction], folder: Path | None) -> list[Redaction]:
    known = {one.id for one in read_redactions(folder / REDACTIONS)} if folder is not None else set()
    return [one for one in asked if one.id not in known]


def _left(
    home: Home, asked: list[Redaction], folder: Path | None, journal: tuple[int, ...], *, dry_run: bool
) -> list[str]:
    """What a person has to see to."""
    lines = []
    missing = _missing(asked, folder)
    if missing and not dry_run:
        file = folder / REDACTIONS if folder is not None else Path(REDACTIONS)
        lines.append(f"nobody may write {file} here, so the next build would name them: add these lines to it")
        lines += entry_lines(missing).splitlines()
    if journal:
        entries = ", ".join(map(str, journal[:10])) + (" and more" if len(journal) > 10 else "")
        lines.append(
            f"the journal {home.path / 'journal' / 'journal.jsonl'} has the name in its entries {entries}: nothing of "
            "it is served, and a build withholds it; keep the file safe, or build without it (--no-journal) and "
            "remove it"
        )
    return lines
