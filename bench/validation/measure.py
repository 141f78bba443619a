"""Measures one engine on one graph, in a process of its own so that its memory is its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.shapes.load import load_shapes
from kg.shapes.revalidate import Revalidator
from kg.shapes.validate import validate

__all__ = ["Run", "changes", "measured"]


@dataclass(frozen=True)
class Run:
    """What one engine took for one graph.

    Attributes:
        engine: Its name.
        cpu: CPU-seconds from the quads of a file to the report; reading the shapes is left out.
        memory: The greatest memory of the process, in MB.
        results: How many results.
        report: The sha256 of the report.
    """

    engine: str
    cpu: float
    memory: int
    results: int
    report: str


def measured(engine: str, path: Path) -> Run:
    """Run an engine in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.validation.measure", engine, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    return Run(**json.loads(done.stdout))


def changes(path: Path, count: int) -> list[float]:
    """The milliseconds that it takes to validate anew when an article goes and when it comes back.

    Args:
        path: N-Quads.
        count: How many articles.
    """
    held = Revalidator(pyoxigraph.parse(path=path, format=RdfFormat.N_QUADS))
    graphs: dict[str, list[pyoxigraph.Quad]] = {}
    for quad in pyoxigraph.parse(path=path, format=RdfFormat.N_QUADS):
        if "/graph/article/" in getattr(quad.graph_name, "value", ""):
            graphs.setdefault(quad.graph_name.value, []).append(quad)
    step = max(1, len(graphs) // count)
    took = []
    for name in sorted(graphs)[::step][:count]:
        start = time.process_time()
        gone = held.change(graphs[name], ())
        middle = time.process_time()
        held.undo(gone)
        took += [1000 * (middle - start), 1000 * (time.process_time() - middle)]
    return took


def _main(engine: str, path: str) -> None:
    shapes = load_shapes()
    start = time.process_time()
    report = validate(pyoxigraph.parse(path=path, format=RdfFormat.N_QUADS), shapes=shapes, engine=engine)
    cpu = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    made = sha256(repr(report.results).encode()).hexdigest()
    print(json.dumps(asdict(Run(engine, cpu, memory, len(report.results), made))))


if __name__ == "__main__":
    _main(*sys.argv[1:])
