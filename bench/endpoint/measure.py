"""One corpus measured: every server asked in turns, then with many clients, then beside runaway queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from pyoxigraph import Store

from bench.endpoint.corpus import Corpus
from bench.endpoint.jobs import NONCE, STRANDED, Answer, Job, Step, run
from bench.endpoint.jobs import Load as LoadJob
from bench.endpoint.queries import RUNAWAY, Query, lookups, queries
from bench.endpoint.results import SAME_ROWS, Class, Load, Size, Strain, percentile
from bench.endpoint.servers import Crossings, Oxigraph, Server
from kg.build_options import Reporter

__all__ = ["CLIENTS", "REFERENCE", "Plan", "measure"]

#: The server that the others are told in ratios of.
REFERENCE = Oxigraph.name
CLIENTS = (1, 8, 32)
_KEEP_ALIVE = "keep-alive"
#: Cheap queries that a client asks beside runaway ones.
_CHEAP = ("lookup", "claims by GRAPH")


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    Args:
        rounds: How often each class is asked of each server, cold and warm each.
        lookups: How many lookups the one keep-alive client asks of each server.
        seconds: How long each load lasts, and a tenth of how long the runaway queries last.
        load_rounds: How often each load is measured.
        workers: How many queries the server evaluates at once in the run with runaway queries.
        timeout: How long an answer is waited for, in seconds; the class is not asked of that server again.
        settings: Variables of the environment of this server.
    """

    rounds: int = 11
    lookups: int = 300
    seconds: float = 2.0
    load_rounds: int = 3
    workers: int = 4
    timeout: float = 60.0
    settings: Mapping[str, str] = field(default_factory=dict)


def measure(corpus: Corpus, servers: Sequence[Server], plan: Plan, report: Reporter) -> Size:
    """Measure some servers over one corpus.

    Args:
        corpus: The corpus.
        servers: The servers; those that are missing are told so.
        plan: How much.
        report: Who is told how it goes.

    Raises:
        UsageError: A server does not start or cannot load the corpus.
    """
    size = Size(corpus.quads, corpus.articles, corpus.seconds)
    store = Store.read_only(str(corpus.release.store_path))
    asked, looked_up = queries(store), lookups(store)
    del store  # its files are another process's to read now
    size.missing = {server.name: why for server in servers if (why := server.missing()) is not None}
    with ExitStack() as running:
        here: list[Server] = []
        for server in servers:
            if server.name not in size.missing:
                report.stage(f"starting {server.version}")
                here.append(running.enter_context(server))
        size.idle = {server.name: server.memory()[:2] for server in here}
        report.stage("each class of each server in turns", plan.rounds)
        size.classes = _classes(here, asked, plan)
        report.stage("lookups of one keep-alive client")
        size.keep_alive = _keep_alive(here, looked_up, plan)
        size.loads = list(_loads(here, looked_up, plan, report))
        size.loaded = {server.name: server.memory()[:2] for server in here}
    size.strains = list(_strains(corpus, asked, looked_up, plan, report))
    return size


def _turns(servers: Sequence[Server], turn: int) -> list[Server]:
    """The servers in an order that begins with another one each turn."""
    first = turn % len(servers)
    return [*servers[first:], *servers[:first]]


def _classes(servers: Sequence[Server], asked: Sequence[Query], plan: Plan) -> list[Class]:
    """Every class of every server, cold and warm; the first round warms up, and its answers are compared."""
    steps: list[Step] = []
    for number in range(plan.rounds + 1):
        for query in asked:
            for server in _turns(servers, number):
                for mode in ("cold", "warm"):
                    nonce = f"{number} {server.name}" if mode == "cold" else "same"
                    request = server.target.request(query.asked(nonce), query.graph)
                    name = f"{mode} {query.name}" if number else f"first {query.name}"
                    steps.append(Step(server.name, name, request, query.graph, look=not number))
    answers = run(Job({s.name: s.target for s in servers}, plan.timeout, tuple(steps)))
    found = {query.name: Class(query.name) for query in asked}
    digests: dict[str, dict[str, str]] = {}
    for answer in answers:
        mode, _, name = answer.name.partition(" ")
        of = found[name]
        if answer.failure is not None:
            of.failures[answer.server] = answer.failure
        elif mode == "first" and answer.rows is not None and answer.digest is not None:
            of.rows[answer.server] = answer.rows
            digests.setdefault(name, {})[answer.server] = answer.digest
        elif mode != "first":
            (of.cold if mode == "cold" else of.warm).setdefault(answer.server, []).append(answer.seconds)
    for query in asked:
        found[query.name].differs = _differences(query, found[query.name], digests.get(query.name, {}))
    return list(found.values())


def _differences(query: Query, found: Class, digests: Mapping[str, str]) -> dict[str, str]:
    """How the answers of the servers differ from that of the reference, where they do."""
    if REFERENCE not in found.rows:
        return {}
    differs = {}
    for server, rows in found.rows.items():
        if rows != found.rows[REFERENCE]:
            differs[server] = f"{rows:,} rows, {REFERENCE} has {found.rows[REFERENCE]:,}"
        elif query.compared == "values" and digests[server] != digests[REFERENCE]:
            differs[server] = SAME_ROWS
    return differs


def _keep_alive(servers: Sequence[Server], texts: Sequence[str], plan: Plan) -> dict[str, list[float]]:
    """Lookups, each text new, by one client with one connection a server, the servers in turns."""
    steps = []
    for number in range(plan.lookups):
        text = texts[number % len(texts)]
        for server in _turns(servers, number):
            request = server.target.request(text.replace(NONCE, f"{number} {server.name} alone"), False)
            steps.append(Step(server.name, _KEEP_ALIVE, request))
    found: dict[str, list[float]] = {}
    for answer in run(Job({s.name: s.target for s in servers}, plan.timeout, tuple(steps))):
        if answer.failure is None:
            found.setdefault(answer.server, []).append(answer.seconds)
    return found


def _loads(servers: Sequence[Server], texts: Sequence[str], plan: Plan, report: Reporter) -> Iterator[Load]:
    """Lookups by many clients, the servers in turns; all rounds of one load are taken together."""
    found: dict[tuple[str, bool, int], list[Answer]] = {}
    for number in range(plan.load_rounds):
        report.stage(f"lookups of many clients, round {number + 1}")
        for clients in CLIENTS:
            for warm in (False, True):
                for server in _turns(servers, number):
                    requests = tuple(server.target.request(text, False) for text in texts)
                    vary = "" if warm else f"load {number} {clients}"
                    load = LoadJob(server.name, requests, clients, plan.seconds, vary.replace(" ", "-"))
                    answers = run(Job({server.name: server.target}, plan.timeout, load=load))
                    found.setdefault((server.name, warm, clients), []).extend(answers)
    for (name, warm, clients), answers in found.items():
        good = [answer.seconds for answer in answers if answer.failure is None]
        rate = len(good) / (plan.seconds * plan.load_rounds)
        failed = len(answers) - len(good)
        yield Load(name, warm, clients, rate, percentile(good, 0.5), percentile(good, 0.99), failed)


def _strains(
    corpus: Corpus, asked: Sequence[Query], texts: Sequence[str], plan: Plan, report: Reporter
) -> Iterator[Strain]:
    """One client's cheap queries, first alone and then beside runaway ones, on servers started for it alone."""
    workers = {"KG_LIMIT_WORKERS": str(plan.workers)}
    cheap = [*(q.text for q in asked if q.name in _CHEAP), *texts[:20]]
    servers: list[Server] = [Crossings(corpus, {**workers, **plan.settings})]
    if Oxigraph(corpus).missing() is None:
        servers.append(Oxigraph(corpus))
    for server in servers:
        for runaways in (0, plan.workers - 1):
            report.stage(f"{server.name} beside {runaways} runaway queries")
            with server:
                requests = tuple(server.target.request(text, False) for text in cheap)
                strand = tuple(server.target.request(f"{RUNAWAY}\n# {number}", False) for number in range(runaways))
                load = LoadJob(server.name, requests, 1, plan.seconds * 10, f"beside-{runaways}", strand)
                answers = run(Job({server.name: server.target}, plan.timeout, load=load))
            yield _strain(server.name, runaways, answers)


def _strain(server: str, runaways: int, answers: Sequence[Answer]) -> Strain:
    ends: dict[str, int] = {}
    for answer in answers:
        if answer.name == STRANDED:
            how = f"{answer.failure or 'status 200'} after {answer.seconds:.0f} s"
            ends[how] = ends.get(how, 0) + 1
    cheap = [answer for answer in answers if answer.name != STRANDED]
    good = [answer.seconds for answer in cheap if answer.failure is None]
    failed = len(cheap) - len(good)
    return Strain(server, runaways, len(cheap), failed, percentile(good, 0.5), percentile(good, 0.99), ends)
