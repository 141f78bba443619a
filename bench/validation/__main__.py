"""`python -m bench.validation`: the engines side by side, as ratios of one run.

Goals: at 100,000 triples the engine for scale takes a twenty-fifth of pyshacl's CPU time or less; a million take a
minute and 2 GB at most, and ten times what a hundred thousand take; a change of one article takes 250 ms at most.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat

from bench.endpoint.corpus import Request, corpus
from bench.endpoint.telling import Teller
from bench.validation.measure import Run, changes, measured
from bench.validation.violating import violating


def main() -> int:
    """Measure, print a table, and say by the exit code whether the engines agree."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "crossings-bench")
    parser.add_argument("--large", type=int, default=1_000_000, help="the quads of the large corpus, 0 for none")
    parser.add_argument("--changes", type=int, default=10, help="how many articles are changed in the large corpus")
    asked = parser.parse_args()
    small = corpus(asked.folder, Request(100_000), Teller()).dump
    broken = asked.folder / "violating.nq"
    broken.write_bytes(pyoxigraph.serialize(violating(), format=RdfFormat.N_QUADS) or b"")
    agreed = True
    fast: Run | None = None
    for name, path in (("100,000 quads", small), ("every shape broken", broken)):
        slow, fast = measured("pyshacl", path), measured("indexed", path)
        agreed = agreed and slow.report == fast.report
        _tell(name, slow)
        _tell(name, fast)
        print(f"{name}: {slow.cpu / fast.cpu:.1f} times as fast, reports equal: {slow.report == fast.report}")
    if asked.large:
        path = corpus(asked.folder, Request(asked.large), Teller()).dump
        _tell(f"{asked.large:,} quads", measured("indexed", path))
        took = sorted(changes(path, asked.changes))
        print(f"one article changed: {took[len(took) // 2]:.0f} ms in the middle, {took[-1]:.0f} ms at most")
    return 0 if agreed else 1


def _tell(name: str, run: Run) -> None:
    print(f"{name}: {run.engine}: {run.cpu:.1f} CPU-seconds, {run.memory} MB, {run.results:,} results", flush=True)


if __name__ == "__main__":
    sys.exit(main())
