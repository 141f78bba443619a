"""`python -m bench.pages`: serves the seeds and the corpora, asks for pages, and writes the tables into the docs."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec

from bench.endpoint.corpus import Corpus, Request, corpus
from bench.endpoint.machine import busy, machine
from bench.endpoint.tables import write_between
from bench.endpoint.telling import Teller
from bench.pages.measure import Measured, measure
from bench.pages.tables import markdown
from kg.atomic import write_atomically
from kg.errors import CrossingsError, GraphError
from kg.release import Home

__all__ = ["main"]

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = "python -m bench.pages"


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; 0 if it could be measured, whatever came of it."""
    given = _parser().parse_args(arguments)
    teller = Teller()
    try:
        measured = list(_measured(given, teller))
    except CrossingsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    facts = {"date": date.today().isoformat(), **machine(), "load": busy(), "rounds": str(given.rounds)}
    write_atomically(given.dir / "pages.json", msgspec.json.format(msgspec.json.encode([facts, measured])))
    if given.json:
        print(json.dumps(msgspec.to_builtins(measured)))
        return 0
    tables = markdown(facts, measured)
    print(tables)
    if not given.no_page:
        write_between(given.page, tables, _COMMAND)
    return 0


def _measured(given: argparse.Namespace, teller: Teller) -> list[Measured]:
    found = []
    if not given.without_seeds:
        teller.stage("the seeds")
        found.append(measure("The seeds", _seeds(given.dir), given.rounds, given.many))
    for quads in given.quads:
        made = corpus(given.dir, Request(quads, given.seed), teller)
        teller.stage(f"{made.quads:,} quads")
        found.append(measure("Made by a seed", made, given.rounds, given.many))
    return found


def _seeds(folder: Path) -> Corpus:
    """The release of the seeds, built anew: it takes seconds, and the code may have changed."""
    path = folder / "seeds"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    command = [sys.executable, "-m", "kg", "build", str(_ROOT / "seeds"), "--home", str(path / "home")]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise GraphError(f"the seeds cannot be built: {done.stderr.strip()}")
    manifest = Home(path / "home").require_current().manifest
    return Corpus(path, manifest.counts.get("Article", 0), manifest.quads, manifest.counts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=_COMMAND, description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--quads", type=int, nargs="*", default=[100_000, 1_000_000], help="sizes of the corpora")
    add("--seed", type=int, default=1, help="the seed of the corpora (default 1)")
    add("--without-seeds", action="store_true", help="leave the release of the seeds out")
    add("--dir", type=Path, default=_ROOT / ".bench", help="where corpora are kept (default .bench)")
    add("--rounds", type=int, default=9, help="how often each page is made (default 9)")
    add("--many", type=int, default=12, help="how many pages of a kind, at most (default 12)")
    add("--page", type=Path, default=_ROOT / "docs" / "pages-speed.md", help="the page that the tables go to")
    add("--no-page", action="store_true", help="print the tables and write no page")
    add("--json", action="store_true", help="print what was measured as JSON and write no page")
    return parser


if __name__ == "__main__":
    sys.exit(main())
