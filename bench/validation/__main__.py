"""`python -m bench.validation`: the engines side by side, as ratios of one run.

Goals: at 100,000 quads the engine for scale takes a twenty-fifth of pyshacl's CPU time or less, with the same report; a
million take a minute and 2 GB at most, and no more for each quad than a hundred thousand; a change of one article takes
250 ms at most. That the reports are the same where every shape is broken is tested (`tests/shapes/test_identity.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.endpoint.corpus import Corpus, Request, corpus
from bench.endpoint.telling import Teller
from bench.validation.measure import Run, changes, measured

__all__ = ["main"]

#: The goals: how many times as fast as pyshacl; CPU-seconds, MB for the large corpus; milliseconds for a change.
FASTER, SECONDS, MEMORY, CHANGE = 25, 60, 2_000, 250


def main() -> int:
    """Measure, print what was found, and say by the exit code whether the goals are kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "crossings-bench")
    parser.add_argument("--small", type=int, default=100_000, help="the quads of the corpus that both engines validate")
    parser.add_argument("--large", type=int, default=1_000_000, help="the quads of the corpus for scale")
    parser.add_argument("--changes", type=int, default=10, help="how many articles are changed in the corpus for scale")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    small, large = (corpus(asked.folder, Request(quads), Teller()) for quads in (asked.small, asked.large))
    slow, fast = measured("pyshacl", small.dump), measured("indexed", small.dump)
    most = measured("indexed", large.dump)
    took = sorted(changes(large.dump, asked.changes))
    found: dict[str, float] = {
        **dict(_told("small", small, slow)),
        **dict(_told("small", small, fast)),
        "small, equal": slow.report == fast.report,
        "small, times as fast": slow.cpu / fast.cpu,
        **dict(_told("large", large, most)),
        "large, time a quad, ratio": (most.cpu / large.quads) / (fast.cpu / small.quads),
        "change, middle, ms": took[len(took) // 2],
        "change, most, ms": took[-1],
    }
    if asked.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:28}{value:14,.2f}")
    kept = [
        slow.report == fast.report,
        slow.cpu / fast.cpu >= FASTER,
        most.cpu <= SECONDS,
        most.memory <= MEMORY,
        took[-1] <= CHANGE,
    ]
    return 0 if all(kept) else 1


def _told(name: str, held: Corpus, run: Run) -> Iterator[tuple[str, float]]:
    yield f"{name}, quads", held.quads
    yield f"{name}, results", run.results
    yield f"{name}, {run.engine}, s", run.cpu
    yield f"{name}, {run.engine}, MB", run.memory


if __name__ == "__main__":
    sys.exit(main())
