"""The CPU time of the pipeline against that of the parser alone, over the same texts, in one run.

The parser is `nlp.pipe` of the very object that the pipeline uses, over the whole texts. Both are timed in turns over
small groups of texts, so that what else the machine does meets both alike; the ratio of each repetition is taken, and
of these the median. CPU time is that of the process, all threads together.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import process_time

from bench.texts import held, written
from kg.article.read import read
from kg.article.text import ArticleText
from kg.consolidate.consolidate import consolidate
from kg.extract.nlp import load
from kg.extract.pipeline import extract
from kg.facts.model import Facts
from kg.knowledge import Knowledge
from kg.mapping.graph import build_quads
from kg.mapping.statements import ArticleStatements

__all__ = ["LIMIT", "Round", "main", "measure"]

#: What issue B allows the pipeline at most.
LIMIT = 1.5
_GROUP = 4
_BORDER = "korea"


@dataclass
class Round:
    """CPU seconds of one repetition over all texts, by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    def timed(self, stage: str, work: Callable[[], object]) -> None:
        """Do some work and add its CPU time to a stage."""
        before = process_time()
        work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + process_time() - before

    def ratio(self, *stages: str) -> float:
        """The CPU time of some stages, in that of the parser alone."""
        return sum(self.seconds[stage] for stage in stages) / self.seconds["parser alone"]


def measure(texts: Sequence[tuple[Path, ArticleText]], repetitions: int) -> list[Round]:
    """Time every stage over some articles.

    Args:
        texts: Files, and the articles in them.
        repetitions: How often; one more goes before and is not counted.
    """
    nlp, knowledge = load(), Knowledge.load(_BORDER)
    rounds = []
    for _ in range(repetitions + 1):
        here, facts = Round(), list[Facts]()

        def parse(group: Sequence[tuple[Path, ArticleText]], here: Round = here) -> None:
            here.timed("parser alone", lambda: list(nlp.pipe(article.text for _, article in group)))

        def pipeline(group: Sequence[tuple[Path, ArticleText]], here: Round = here, facts: list[Facts] = facts) -> None:
            here.timed("read", lambda: [read(path) for path, _ in group])
            here.timed("extract", lambda: facts.extend(extract(article, _BORDER) for _, article in group))

        for start in range(0, len(texts), _GROUP):
            group = texts[start : start + _GROUP]
            # Whoever comes second finds the caches warm: each comes second as often.
            first, second = (parse, pipeline) if start % (2 * _GROUP) else (pipeline, parse)
            first(group)
            second(group)
        here.timed("link and map", partial(_graph, facts, texts, knowledge))
        rounds.append(here)
    return rounds[1:]


def _graph(facts: Sequence[Facts], texts: Sequence[tuple[Path, ArticleText]], knowledge: Knowledge) -> None:
    """Facts to quads, without the lexicon's own graphs, which are the same whatever the texts."""
    found = [
        ArticleStatements.of(one, article.text, article.passages, knowledge)
        for one, (_, article) in zip(facts, texts, strict=True)
    ]
    build_quads(consolidate(found, knowledge), knowledge, _BORDER)


def _report(rounds: Sequence[Round], texts: int) -> dict[str, float]:
    def median(values: Sequence[float]) -> float:
        return round(statistics.median(values), 3)

    found: dict[str, float] = {"texts": texts, "repetitions": len(rounds)}
    for stage in rounds[0].seconds:
        found[f"{stage}, CPU seconds"] = median([one.seconds[stage] for one in rounds])
    for title, stages in (
        ("read and extract", ("read", "extract")),
        ("read, extract, link and map", ("read", "extract", "link and map")),
    ):
        ratios = [one.ratio(*stages) for one in rounds]
        found[f"{title}, ratio"] = median(ratios)
        found[f"{title}, least ratio"] = round(min(ratios), 3)
        found[f"{title}, greatest ratio"] = round(max(ratios), 3)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure and print a table; 1 if the whole pipeline took more than `LIMIT` times the parser's CPU time."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=5, help="rounds that are counted (default 5)")
    parser.add_argument("--texts", type=int, help="only the first so many texts")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(arguments)
    if given.repetitions < 1 or (given.texts is not None and given.texts < 1):
        parser.error("--repetitions and --texts must be at least 1")
    with tempfile.TemporaryDirectory() as folder:
        chosen = dict(list(held().items())[: given.texts])
        rounds = measure(written(chosen, Path(folder)), given.repetitions)
    found = _report(rounds, len(chosen))
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        for name, value in found.items():
            print(f"{name:<44}{value:>10}")
    return int(found["read, extract, link and map, ratio"] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
