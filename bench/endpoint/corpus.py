"""The synthetic corpus: facts by the thousand, made a release by the parts that build any release, kept on disk.

The records are written as `x.facts.json` and read, checked, linked, consolidated and mapped as those of a person are;
only the shapes are left out unless they are asked for, since a million quads take them hours. Linking compares every
two incidents, so above `LINKED` articles the corpus is linked in several parts: no incident is told in two of them.
"""

from __future__ import annotations

import gzip
import json
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec
from pyoxigraph import Quad

from bench.endpoint.articles import articles
from bench.endpoint.world import Places
from kg.atomic import write_atomically
from kg.build_options import BuildOptions, Reporter
from kg.errors import GraphError
from kg.facts.model import Facts
from kg.inputs import files_hash, ontology_hash
from kg.knowledge import Knowledge
from kg.linking import link
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.release import Home, Release, ReleaseContent, publish
from kg.shapes.validate import validate

__all__ = ["LINKED", "QUADS_AN_ARTICLE", "Corpus", "Request", "corpus"]

#: How many quads an article adds, about; with those of the lexicon it says how many articles a corpus needs.
QUADS_AN_ARTICLE = 1_190
_LEXICON_QUADS = 11_000
#: How many articles are linked together at most.
LINKED = 1_000
_BORDER = "korea"
#: The parts of kg that decide what the quads are; the corpus is built anew when one of them changes.
_DECIDES = (
    "facts",
    "identity",
    "consolidate",
    "mapping",
    "release",
    "dates.py",
    "intervals.py",
    "ids.py",
    "linking.py",
)


@dataclass(frozen=True)
class Request:
    """Which corpus is wanted.

    Args:
        quads: How many quads, about.
        seed: Any whole number.
        validated: Whether the shapes are checked.
        linked: How many articles are linked together, about, at most.
    """

    quads: int
    seed: int = 1
    validated: bool = False
    linked: int = LINKED

    @property
    def articles(self) -> int:
        """How many articles it has."""
        return max(1, round((self.quads - _LEXICON_QUADS) / QUADS_AN_ARTICLE))

    @property
    def key(self) -> str:
        """The name of its folder: its parameters, and a hash of what makes it."""
        here = Path(__file__).resolve().parent
        kg = here.parents[1] / "kg"
        makers = [here / name for name in ("accounts.py", "articles.py", "corpus.py", "draft.py", "world.py")]
        for name in _DECIDES:
            makers += sorted((kg / name).rglob("*.py")) if (kg / name).is_dir() else [kg / name]
        made = files_hash((str(path.relative_to(kg.parent)), path) for path in makers)
        made = f"{made[:8]}-{ontology_hash(_BORDER)[:8]}"
        return f"{self.quads}-{self.seed}-{self.linked}{'-validated' if self.validated else ''}-{made}"


@dataclass(frozen=True)
class Corpus:
    """A corpus on disk.

    Attributes:
        path: Its folder.
        articles: How many articles.
        quads: How many quads, those of `graph/meta` included.
        counts: Entities of the default graph by class.
        seconds: How long each stage took when it was built.
    """

    path: Path
    articles: int
    quads: int
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The home directory, for `kg serve --home`."""
        return self.path / "home"

    @property
    def dump(self) -> Path:
        """All quads of the release as N-Quads, `graph/meta` included."""
        return self.path / "dump.nq"

    @property
    def release(self) -> Release:
        """The release."""
        return Home(self.home).require_current()


def corpus(folder: Path, request: Request, report: Reporter) -> Corpus:
    """The corpus that is wanted, built if the folder does not hold it.

    Args:
        folder: Where corpora are kept, each in a folder of its own.
        request: Which.
        report: Who is told how it goes.

    Raises:
        GraphError: The shapes were asked for, and the graph breaks one.
    """
    path = folder / request.key
    done = path / "corpus.json"
    if done.is_file():
        return Corpus(path=path, **json.loads(done.read_bytes()))
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    made = _build(path, request, report)
    told = asdict(made)
    del told["path"]
    write_atomically(done, json.dumps(told, indent=1))
    return made


def _build(path: Path, request: Request, report: Reporter) -> Corpus:
    clock = _Clock()
    home = Home(path / "home")
    counts = {"Article": request.articles}
    quads: Iterable[Quad] = _quads(path, home, request, counts, clock, report)
    if request.validated:
        quads = set(quads)
        violations = validate(quads, texts={}).counts().get("violation", 0)
        if violations:
            raise GraphError(f"{path}: the synthetic graph breaks {violations} shapes: mend the generator")
        clock.lap("validate")
    # The counts are complete once the quads were taken, which is before the manifest is written.
    release = publish(home, ReleaseContent(quads=quads, counts=counts))
    clock.lap("publish")
    total = _dump(release, path / "dump.nq")
    clock.lap("write the dump")
    return Corpus(path, request.articles, total, counts, clock.seconds)


def _quads(
    path: Path, home: Home, request: Request, counts: dict[str, int], clock: _Clock, report: Reporter
) -> Iterator[Quad]:
    """The quads of one part after the other, as they are taken: ten million would not fit as objects."""
    places = Places(Knowledge.load(_BORDER).lexicon)
    for number, part in enumerate(_parts(places, request)):
        folder = path / "facts" / f"{number:03}"
        folder.mkdir(parents=True)
        for place, facts in enumerate(part):
            (folder / f"{place:05}.facts.json").write_bytes(msgspec.json.encode(facts))
        clock.lap("write the facts")
        linked = link(BuildOptions(paths=(folder,), home=home, border=_BORDER), report)
        if linked.refused:
            raise GraphError(f"{folder}: {linked.refused[0]}: mend the generator")
        clock.lap("read, evaluate, identify, consolidate")
        curated = curation_graph(linked.curation, linked.anchored, linked.consolidated)
        quads = build_quads(linked.consolidated, linked.knowledge, _BORDER, curated)
        for entity in linked.consolidated.entities:
            counts[entity.cls] = counts.get(entity.cls, 0) + 1
        del linked
        clock.lap("map to quads")
        yield from quads
        clock.lap("publish")


def _parts(places: Places, request: Request) -> Iterator[list[Facts]]:
    """The articles in parts of about `linked` at most; those that report one incident stay together."""
    part: list[Facts] = []
    left = request.articles
    for reports in articles(places, request.seed):
        part += reports[:left]
        left -= len(reports[:left])
        if part and (not left or len(part) >= request.linked):
            yield part
            part = []
        if not left:
            return


def _dump(release: Release, to: Path) -> int:
    total = 0
    with to.open("wb") as out:
        for packed in (release.data_path, release.meta_path):
            with gzip.open(packed, "rb") as lines:
                for line in lines:
                    out.write(line)
                    total += 1
    return total


class _Clock:
    """Seconds of the wall between laps."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """What was done since the last lap was this."""
        now = time.perf_counter()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self._last, 1)
        self._last = now
