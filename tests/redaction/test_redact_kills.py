"""SIGKILL at each step of a redaction: what is served stands whole, and a second run ends what was begun."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.mapping.quads import Quads, node
from kg.namespaces import BASE
from kg.redaction.names import Names
from kg.redaction.reissue import ReleasedGraph
from kg.redaction.snapshot_quads import graph_of, graph_of_snapshot
from kg.redaction.sweep import LEXICON
from kg.release import Home, ReleaseContent, find, publish, releases
from kg.release.snapshots import Snapshots
from server.releases.served_release import ServedRelease
from tests.redaction.killing import Done, Killing
from tests.redaction.test_reissue import built, person, report
from tests.support.commands import environment

NAME = "Mina Do-ran"
NAMES = Names([NAME])
REMARK = f'<urn:x-note:1> {node("rdfs:comment")} "It is cold."'
ANNOTATION = f"<{BASE}graph/annotation/desk>"
KINDS = {"os.rename", "os.symlink", "os.remove", "os.mkdir", "shutil.rmtree"}
#: A file of the cache, and a line of a log, that have the name.
CACHED, LOGGED = "cache/facts/article.json", "logs/requests.jsonl"


def quads(name: str, *, written: bool = False) -> Quads:
    """The graph of a little report, without the lexicon: nothing of that changes, and it is most of a release."""
    graphs = {one: triples for one, triples in built([report(name=name)]).graphs.items() if one not in LEXICON}
    return Quads(graphs | ({ANNOTATION: {REMARK}} if written else {}))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of two releases that both have the man, of which the newer was written to."""
    made = Home(tmp_path_factory.mktemp("kills") / "home")
    older = Quads({ANNOTATION: {REMARK.replace("cold", "wet")}})
    publish(made, ReleaseContent(quads=Quads.union([quads(NAME), older])))
    newest = publish(made, ReleaseContent(quads=quads(NAME)))
    with Snapshots(made).writing():
        Snapshots(made).publish_quads(quads(NAME, written=True), newest, 1)
    for name, content in ((CACHED, f'{{"name": "{NAME}"}}'), (LOGGED, f'{{"q": "{NAME}"}}\n')):
        (made.path / name).parent.mkdir(parents=True)
        (made.path / name).write_text(content, "utf-8")
    (made.path / "curation").mkdir()
    return made.path


@pytest.fixture(scope="module")
def victim() -> str:
    return person(quads(NAME), NAME).removeprefix(f"{BASE}id/")


def assert_either(graph: ReleasedGraph, victim: str) -> bool:
    """Whether a graph names the man, who is either wholly there or wholly withheld."""
    names = graph.names(NAMES)
    assert names is not (f"{BASE}id/{victim}" in graph.withheld())
    assert names is bool(graph.held.values(node(f"{BASE}id/{victim}"), "cx:name", ""))
    return names


def named(home: Path, victim: str) -> dict[str, bool]:
    """Which releases can be asked, and what a server would serve, and whether they name him; each is whole."""
    found = {}
    for release in releases(Home(home)):
        assert release.problems() == []
        found[release.id] = assert_either(graph_of(release), victim)
    served = ServedRelease(Home(home)).get()
    found[served.revision] = assert_either(graph_of_snapshot(served), victim)
    return found


def ids(found: Iterable[str]) -> list[str]:
    """Those of releases, among the ids of releases and the revisions of what is served."""
    return sorted(ident for ident in found if "." not in ident)


def look(home: Path) -> frozenset[str]:
    """What stands in a home, by its names alone: homes that look alike here are ended alike."""
    found = set()
    for folder in (".", "releases", "snapshots", "curation", "cache/facts", "gone"):
        for path in (home / folder).glob("*"):
            target = str(path.readlink()) if path.is_symlink() else ""
            # The names of what is hidden end with chance.
            name = path.name.partition("-")[0] if path.name.startswith(".") else path.name
            found.add(f"{folder}/{name} {target}")
    return frozenset(found)


@dataclass(frozen=True)
class Redaction:
    """A redaction of a copy of the home."""

    killing: Killing
    victim: str

    def of(self, home: Path, step: int = 0, keep: Path | None = None) -> Done:
        command = ("redact", self.victim, "--by", "a curator", "--curation", home / "curation")
        return self.killing.run(home, *command, step=step, keep=keep)


@pytest.fixture(scope="module")
def redaction(home: Path, victim: str) -> Iterator[Redaction]:
    with Killing() as killing:
        yield Redaction(killing, victim)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the homes stand as each step of a redaction leaves them."""
    return tmp_path_factory.mktemp("left")


@pytest.fixture(scope="module")
def steps(home: Path, redaction: Redaction, kept: Path) -> tuple[str, ...]:
    """The steps of a redaction that nobody kills."""
    old = ids(named(home, redaction.victim))
    served = ServedRelease(Home(home)).get().revision
    assert named(home, redaction.victim) == dict.fromkeys([*old, served], True)
    run = shutil.copytree(home, kept / "run", symlinks=True)
    done = redaction.of(run, keep=kept)
    assert done.status == 0, done.wrote
    assert_ended(run, old, redaction.victim, "not killed")
    assert {step.split()[0] for step in done.steps} == KINDS
    return done.steps


def test_what_each_step_leaves_can_be_served_and_ended(
    home: Path, redaction: Redaction, kept: Path, steps: tuple[str, ...]
) -> None:
    old = ids(named(home, redaction.victim))
    states = set()
    seen = set()
    for number, step in enumerate(steps, 1):
        left = kept / str(number)
        if (found := look(left)) in seen:
            continue
        seen.add(found)
        then = named(left, redaction.victim)
        states.add(tuple(ids(then)))
        assert all(has is ("+r" not in ident) for ident, has in then.items()), step
        again = redaction.of(left)
        assert again.status == 0, again.wrote
        assert_ended(left, old, redaction.victim, step)
        shutil.rmtree(left)
    assert len(seen) > 12, seen
    # All as it was, all anew, and one anew and one not yet.
    assert len(states) == 3, states


@pytest.mark.parametrize("what", ["+r1", "/.current-", "/.serving-"])
def test_killed_in_earnest_it_can_be_ended(
    home: Path, redaction: Redaction, steps: tuple[str, ...], tmp_path: Path, what: str
) -> None:
    old = ids(named(home, redaction.victim))
    copy = shutil.copytree(home, tmp_path / "killed", symlinks=True)
    done = redaction.of(copy, next(number for number, step in enumerate(steps, 1) if what in step))
    assert done.killed
    assert [step.split()[0] for step in done.steps] == [step.split()[0] for step in steps[: len(done.steps)]]
    then = named(copy, redaction.victim)
    assert all(has is ("+r" not in ident) for ident, has in then.items()), then
    again = redaction.of(copy)
    assert again.status == 0, again.wrote
    assert_ended(copy, old, redaction.victim, what)


def test_a_disk_that_takes_no_more_leaves_all_as_it_was(home: Path, victim: str, tmp_path: Path) -> None:
    copy = shutil.copytree(home, tmp_path / "full", symlinks=True)
    before = named(copy, victim)
    # No file may be longer than this: the store of a release is, the entry of the redaction is not.
    limit = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); "
    command = [sys.executable, "-c", limit + "runpy.run_module('kg', run_name='__main__')", "redact", victim]
    options = ["--by", "a curator", "--home", str(copy), "--curation", str(copy / "curation")]
    done = subprocess.run([*command, *options], env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "every release is as it was; make room and run it again" in done.stderr
    assert "Traceback" not in done.stderr
    assert named(copy, victim) == before
    assert not list((copy / "releases").glob(".*"))


def assert_ended(home: Path, old: list[str], victim: str, where: str) -> None:
    """A home is as if no redaction of it had been broken off."""
    new = [f"{ident}+r1" for ident in old]
    assert sorted(path.name for path in (home / "releases").iterdir()) == new, where
    now = named(home, victim)
    assert ids(now) == new, where
    assert not any(now.values()), where
    current = Home(home).require_current()
    assert current.id.endswith("+r1"), where
    assert [find(Home(home), ident).id for ident in old] == new, where
    assert (home / "curation" / "redactions.yaml").read_text("utf-8").count(victim) == 1, where
    assert not (home / CACHED).exists(), where
    assert NAME not in (home / LOGGED).read_text("utf-8"), where
    for path in (home / "snapshots").glob("*"):
        assert path.name == "lock" or path.name.startswith(f"{current.id}."), where
