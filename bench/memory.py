"""How much memory a process holds after some hundreds of articles, and after four times as many.

Articles are read, extracted, linked and mapped one after the other in one process, and each article's facts and graph
are let go. What grows with the number of articles is what a part of the pipeline keeps by mistake, or what spaCy keeps
on purpose: its table of strings. What a build has to keep of each article is not measured here.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["main", "measure"]

_BORDER = "korea"


def measure(few: int, many: int) -> dict[str, float]:
    """Memory in MiB after `few` and after `many` articles, current and peak, and the ratios. In this very process."""
    from bench.texts import generated
    from kg.article.read import read
    from kg.article.text import ArticleText
    from kg.consolidate.consolidate import consolidate
    from kg.extract.pipeline import extract
    from kg.knowledge import Knowledge
    from kg.mapping.graph import build_quads
    from kg.mapping.statements import ArticleStatements

    knowledge = Knowledge.load(_BORDER)
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.md"
        for number, text in enumerate(generated(many), start=1):
            path.write_text(text, encoding="utf-8")
            source = read(path)
            assert isinstance(source, ArticleText)
            facts = extract(source, _BORDER)
            article = ArticleStatements.of(facts, source.text, source.passages, knowledge)
            build_quads(consolidate([article], knowledge), knowledge, _BORDER)
            if number in (few, many):
                gc.collect()
                found |= {f"current {number}": _current(), f"peak {number}": _peak()}
    found["current ratio"] = found[f"current {many}"] / found[f"current {few}"]
    found["peak ratio"] = found[f"peak {many}"] / found[f"peak {few}"]
    return found


def _current() -> float:
    """The resident set now, from the kernel (proc(5), statm: pages)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _peak() -> float:
    """The largest resident set so far (getrusage(2): KiB on Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str] | None = None) -> int:
    """Measure in a fresh process and print a table; 1 if memory grew by more than a tenth."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--few", type=int, default=500, help="articles before the first look (default 500)")
    parser.add_argument("--many", type=int, default=2000, help="articles before the second (default 2000)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if not 0 < given.few < given.many:
        parser.error("--few must be at least 1 and less than --many")
    if given.inside:
        print(json.dumps(measure(given.few, given.many)))
        return 0
    child = [sys.executable, "-m", "bench.memory", "--inside", "--few", str(given.few), "--many", str(given.many)]
    out = subprocess.run(child, cwd=Path(__file__).resolve().parents[1], stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(out.stdout)
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        for name, value in found.items():
            print(f"{name:<16}{value:10.3f}" + ("" if "ratio" in name else " MiB"))
    return int(found["current ratio"] > 1.1 or found["peak ratio"] > 1.1)


if __name__ == "__main__":
    sys.exit(main())
