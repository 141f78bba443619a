"""`python -m bench.endpoint`: builds the corpora, measures, and writes the tables into the docs."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

import msgspec

from bench.endpoint.corpus import Corpus, Request, corpus
from bench.endpoint.machine import busy, machine
from bench.endpoint.measure import Plan, measure
from bench.endpoint.others import RdflibEndpoint, Virtuoso, install_virtuoso
from bench.endpoint.results import Results
from bench.endpoint.servers import Crossings, Oxigraph, Server
from bench.endpoint.tables import markdown, write_between
from bench.endpoint.telling import Teller
from kg.atomic import write_atomically
from kg.errors import CrossingsError

__all__ = ["main"]

_ROOT = Path(__file__).resolve().parents[2]
_SIZES = (100_000, 1_000_000)
_PAGE = _ROOT / "docs" / "endpoint-speed.md"


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; 0 if it could be measured, whatever came of it."""
    given = _parser().parse_args(arguments)
    teller = Teller()
    try:
        return _run(given, list(arguments if arguments is not None else sys.argv[1:]), teller)
    except CrossingsError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def _run(given: argparse.Namespace, arguments: list[str], teller: Teller) -> int:
    if given.tables is not None:
        write_between(given.page, markdown(msgspec.json.decode(given.tables.read_bytes(), type=Results)))
        return 0
    plan = _plan(given)
    corpora = [corpus(given.dir, Request(n, given.seed, given.validate), teller) for n in given.quads]
    if given.corpus_only:
        for made in corpora:
            print(f"{made.quads:>12,} quads of {made.articles:,} articles in {made.path}")
        return 0
    if given.install_virtuoso and (why := install_virtuoso()):
        teller.warn(why)
    results = Results(
        command=_command(arguments),
        date=date.today().isoformat(),
        machine={**machine(), "load before": busy()},
        versions={},
        rounds=plan.rounds,
        workers=plan.workers,
    )
    for made in corpora:
        teller.stage(f"{made.quads:,} quads")
        servers = _servers(made, plan, given.only)
        results.versions |= {s.name: s.version for s in servers if s.missing() is None}
        results.sizes.append(measure(made, servers, plan, teller))
        write_atomically(given.dir / "results.json", msgspec.json.format(msgspec.json.encode(results)))
    results.machine["load after"] = busy()
    write_atomically(given.dir / "results.json", msgspec.json.format(msgspec.json.encode(results)))
    tables = markdown(results)
    print(tables)
    if not given.no_page:
        write_between(given.page, tables)
    return 0


def _servers(made: Corpus, plan: Plan, only: list[str] | None) -> list[Server]:
    every: list[Server] = [Crossings(made, plan.settings), Oxigraph(made), Virtuoso(made), RdflibEndpoint(made)]
    return [server for server in every if only is None or server.name in only]


def _plan(given: argparse.Namespace) -> Plan:
    settings = dict(pair.split("=", 1) for pair in given.setting)
    return Plan(
        rounds=given.rounds,
        lookups=given.lookups,
        seconds=given.seconds,
        load_rounds=given.load_rounds,
        workers=given.workers,
        timeout=given.timeout,
        settings=settings,
    )


def _command(arguments: list[str]) -> str:
    """The command as anybody may repeat it: without the folders of this machine."""
    told = ["python -m bench.endpoint"]
    words = iter(arguments)
    for word in words:
        if word in ("--dir", "--page"):
            next(words)
        elif not word.startswith(("--dir=", "--page=")):
            told.append(word)
    return " ".join(told)


def _setting(text: str) -> str:
    if not text.partition("=")[1]:
        raise argparse.ArgumentTypeError(f"'{text}' is no setting: write NAME=VALUE")
    return text


def _parser() -> argparse.ArgumentParser:
    standard = Plan()
    parser = argparse.ArgumentParser(prog="python -m bench.endpoint", description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--quads", type=int, nargs="+", default=list(_SIZES), help="sizes of the corpora (default 100000 1000000)")
    add("--seed", type=int, default=1, help="the seed of the corpora (default 1)")
    add("--validate", action="store_true", help="check the shapes when a corpus is built; takes hours at 1000000")
    add("--dir", type=Path, default=_ROOT / ".bench", help="where corpora and stores are kept (default .bench)")
    add("--corpus-only", action="store_true", help="build the corpora and measure nothing")
    add("--only", nargs="+", metavar="SERVER", help="measure only these: crossings oxigraph virtuoso rdflib-endpoint")
    add("--install-virtuoso", action="store_true", help="install Debian's package where it is missing (as root)")
    add("--rounds", type=int, default=standard.rounds, help=f"rounds of each class (default {standard.rounds})")
    add("--lookups", type=int, default=standard.lookups, help=f"of one client (default {standard.lookups})")
    add("--seconds", type=float, default=standard.seconds, help=f"of each load (default {standard.seconds:g})")
    add("--load-rounds", type=int, default=standard.load_rounds, help=f"(default {standard.load_rounds})")
    add("--workers", type=int, default=standard.workers, help=f"beside runaways (default {standard.workers})")
    add("--timeout", type=float, default=standard.timeout, help=f"seconds (default {standard.timeout:g})")
    add("--setting", type=_setting, action="append", default=[], metavar="NAME=VALUE", help="for kg serve; repeatable")
    add("--page", type=Path, default=_PAGE, help="the page that the tables go to (default docs/endpoint-speed.md)")
    add("--no-page", action="store_true", help="print the tables and write no page")
    add("--tables", type=Path, metavar="RESULTS", help="write the page from a results.json and measure nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
