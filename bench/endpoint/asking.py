"""The client process: asks servers one after the other, or one server with many connections, and says how long it took.

`python -m bench.endpoint.asking` reads a job as JSON from its standard input and writes what it measured to its
standard output. It is a process of its own, so that what measures takes no time from what is measured beyond its own
reading and writing; nothing is subtracted for that.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time

import msgspec

from bench.endpoint.http import Connection, Reply
from bench.endpoint.jobs import Answer, Job
from bench.endpoint.loading import load

__all__ = ["ask", "main"]


def ask(job: Job) -> list[Answer]:
    """The steps one after the other. A server that once did not answer a name in time is not asked for it again."""
    connections = {name: Connection(t.host, t.port, job.timeout) for name, t in job.targets.items()}
    late: set[tuple[str, str]] = set()
    found = []
    for step in job.steps:
        if (step.server, step.name) in late:
            continue
        request = step.request.encode()
        began = time.perf_counter()
        try:
            reply = connections[step.server].exchange(request)
        except (OSError, ValueError) as error:
            why = f"no answer in {job.timeout:g} s" if isinstance(error, TimeoutError) else str(error)
            found.append(Answer(step.server, step.name, time.perf_counter() - began, why))
            late.add((step.server, step.name))
            continue
        took = time.perf_counter() - began
        failure = None if reply.status == 200 else f"status {reply.status}: {reply.body[:150]!r}"
        rows, digest = _looked_at(reply, step.graph) if step.look and failure is None else (None, None)
        found.append(Answer(step.server, step.name, took, failure, rows, digest, len(reply.body)))
    return found


def _looked_at(reply: Reply, graph: bool) -> tuple[int, str]:
    """How many rows or distinct triples an answer has, and a hash over their values in any order."""
    if graph:
        lines = sorted({line for line in reply.body.split(b"\n") if line.strip() and not line.startswith(b"#")})
        return len(lines), hashlib.sha256(b"\n".join(lines)).hexdigest()[:16]
    found = json.loads(reply.body)
    rows = [sorted((name, term["value"]) for name, term in row.items()) for row in found["results"]["bindings"]]
    text = json.dumps(sorted(rows), ensure_ascii=False)
    return len(rows), hashlib.sha256(text.encode()).hexdigest()[:16]


def main() -> int:
    """Read a job, do it, and write what came of it."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(msgspec.json.encode(load(job) if job.load else ask(job)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
