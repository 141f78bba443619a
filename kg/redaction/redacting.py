"""Withholds entities from everything that a home holds: each release that has them is issued again without them.

The order is what makes it safe. The entry in `redactions.yaml` comes first, so that no build names them again; then the
new releases are made, which nobody sees; the caches and logs go while the old releases still say which names to look
for; then the new releases take the places of the old. Killed anywhere before that, a second run finds the same to do,
and behind it, it ends what was begun.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.curation.model import Redaction
from kg.curation.redacting import record_reason, record_redactions
from kg.curation.redactions import REDACTIONS, read_redactions
from kg.errors import UsageError
from kg.mapping.quads import node
from kg.namespaces import BASE
from kg.plural import plural
from kg.redaction.names import Names
from kg.redaction.plan import Plan
from kg.redaction.reissue import Redacted, ReleasedGraph, redact
from kg.redaction.released import Called, called, entities, leading_to
from kg.redaction.snapshot_quads import graph_of, graph_of_snapshot
from kg.redaction.traces import mask_logs, purge_caches, traces
from kg.redaction.withheld import Tombstone, Withheld
from kg.release.history import releases
from kg.release.home import Home, fsync_directory
from kg.release.manifest import Manifest, Reissue
from kg.release.publish import ReleaseContent
from kg.release.reissue import Prepared, discard, prepare, swap_in
from kg.release.release import Release
from kg.release.snapshots import Snapshots

__all__ = ["Redacting", "Said"]

#: Is told what is being done, a clause at a time.
Said = Callable[[str], None]
#: Stands in a home while what names them is removed.
_MARK = ".redacting"
_CLASSES = ("Incident", "Organization", "Person", "Route", "Statistic")


class Redacting:
    """Redactions of a home, to be planned and carried out under its lock.

    Args:
        home: The home.
        asked: The redactions.
        folder: The folder of curation; None where there is none.
        logs: The folder of the logs of requests.
        say: Is told what is being done.

    Raises:
        UsageError: The home has no release, no release has an id, it is an entry of the gazetteer, or a reason has the
            name.
        GraphError: A release cannot be read.
    """

    def __init__(
        self, home: Home, asked: Sequence[Redaction], folder: Path | None, logs: Path, say: Said = lambda words: None
    ) -> None:
        self.home = home
        self._home, self._folder, self._logs, self._say = home, folder, logs, say
        self._snapshots = Snapshots(home)
        self._mark = home.path / _MARK
        known = {one.id: one for one in read_redactions(folder / REDACTIONS)} if folder is not None else {}
        # What the file says already holds but for a new reason, so that a build and a release say the same.
        self._asked = tuple(_again(known[one.id], one) if one.id in known else one for one in asked)
        self._new = tuple(one for one in self._asked if one.id not in known)
        self._reasons = tuple(one for one in self._asked if one.id in known and one != known[one.id])
        home.require_current()
        self._graphs: dict[Path, ReleasedGraph] = {}
        for release in releases(home):
            say(f"reading release {release.id}")
            self._graphs[release.path] = graph_of(release)
        self._live, self._aside = self._snapshots_of()
        for snapshot in (*self._aside, *([self._live] if self._live is not None else ())):
            self._graphs[snapshot.path] = graph_of_snapshot(snapshot)
        self._stones = self._stones_of(known)
        self._called = Called()
        for graph in self._graphs.values():
            found = {iri for stone in self._stones for iri in entities(graph.held, stone.iri)}
            self._called.take(called(graph.held, found))
        self._names = Names(self._called.full)
        for one in self._asked:
            if one.reason is not None and self._names.name(one.reason):
                raise UsageError("the reason is published, and it names who is withheld: say it without the name")
        self.plan = self._planned()

    def carry_out(self) -> list[str]:
        """Do what is planned.

        Returns:
            What was done, a sentence each.

        Raises:
            UsageError: `redactions.yaml` cannot take the entries, or the disk the new releases.
            GraphError: A release breaks a shape without who is withheld; then none was changed.
        """
        told: list[str] = []
        if self.plan.record and self._folder is not None and record_redactions(self._folder, self.plan.record):
            told.append(f"{plural(len(self.plan.record), 'entry', 'entries')} added to {self._folder / REDACTIONS}")
        for one in self.plan.reasons:
            if self._folder is not None and record_reason(self._folder, one):
                told.append(
                    f"the reason of {one.id} in {self._folder / REDACTIONS} is {one.reason!r} now: the next build "
                    "publishes it, and releases that withhold it already keep theirs"
                )
        made: list[tuple[Release, Prepared]] = []
        try:
            for release in self.plan.releases:
                made.append((release, self._prepared(release)))
            snapshot = self._redacted(self.plan.snapshot) if self.plan.snapshot is not None else None
        except BaseException as error:
            discard([prepared for _, prepared in made])
            if isinstance(error, OSError):
                raise UsageError(
                    f"{self._home.path} cannot take the new releases ({error}): every release is as it was; make room "
                    "and run it again"
                ) from error
            raise
        purged = purge_caches(self._home, self._names)
        told += [f"{plural(purged, 'file')} of the cache removed"] if purged else []
        masked = mask_logs(self._logs, self._names)
        told += [f"{plural(masked, 'line')} of the logs masked"] if masked else []
        told += [f"release {release.id} is {prepared.ident} now" for release, prepared in made]
        # What is removed last names them too, and may be all that is left to do when a run is broken off.
        self._mark.touch()
        fsync_directory(self._home.path)
        swap_in(self._home, [prepared for _, prepared in made])
        if snapshot is not None:
            told.append(f"what was written since is served as {self._publish(snapshot)}")
        removed = self._remove_snapshots()
        told += [f"{plural(removed, 'snapshot')} removed"] if removed else []
        self._mark.unlink()
        return told

    def _stones_of(self, known: dict[str, Redaction]) -> tuple[Tombstone, ...]:
        stones: dict[str, Tombstone] = {}
        for one in self._asked:
            if any(node(one.iri) in graph.lexicon for graph in self._graphs.values()):
                raise UsageError(
                    f"{one.id} is an entry of the gazetteer, which is released whole: take it out of the gazetteer"
                )
            ids, there = {one.iri}, one.id in known
            while True:
                more = set(ids)
                for graph in self._graphs.values():
                    there = there or not graph.withheld().isdisjoint(ids)
                    found = {end for iri in ids for end in entities(graph.held, iri)}
                    there = there or bool(found)
                    more |= leading_to(graph.held, found | ids)
                if more == ids:
                    break
                ids = more
            if not there:
                raise UsageError(
                    f"no release in {self._home.path} has an entity with the id {one.id}: give the end of its IRI, "
                    "behind id/, such as person/0123456789abcdef"
                )
            for iri in sorted(ids):
                stones.setdefault(iri, Tombstone(iri, one.on, one.reason))
        return tuple(stones[iri] for iri in sorted(stones))

    def _snapshots_of(self) -> tuple[Release | None, tuple[Release, ...]]:
        """The snapshot that is served, and the others."""
        served = self._snapshots.current()
        current = self._home.require_current().origin
        live = Release(self._snapshots.path / served.path.name) if served is not None else None
        if live is not None and live.origin != current:
            live = None
        named = [path for path in self._folders() if not path.name.startswith(".")]
        return live, tuple(Release(path) for path in named if live is None or path != live.path)

    def _planned(self) -> Plan:
        affected = {path for path, graph in self._graphs.items() if self._affected(path, graph)}
        known = releases(self._home)
        found = [release for release in known if release.path in affected]
        names = {release.path.name for release in known}
        unfinished = self._mark.exists() or any(
            path.is_dir() and not path.name.startswith(".") and path.name not in names
            for path in self._home.releases_path.iterdir()
        )
        live = self._live
        base = next((release for release in known if live is not None and release.origin == live.origin), None)
        snapshot = live if live is not None and (live.path in affected or base in found) else None
        if snapshot is not None and base is not None and base.id == snapshot.id and base not in found:
            # A revision is what it is for good: what changes has another.
            found.append(base)
        superseded = {one.path for one in self._aside if not any(one.id == release.id for release in known)}
        stale = {path for path in affected | superseded if path.parent == self._snapshots.path}
        if found or snapshot is not None or stale or unfinished:
            stale |= set(self._folders())
        kept = {live.path} if live is not None and snapshot is None else set()
        return Plan(
            self._new if self._folder is not None else (),
            tuple(found),
            snapshot,
            tuple(sorted(stale - kept)),
            unfinished,
            traces(self._home, self._names, self._logs),
            self._reasons,
        )

    def _affected(self, path: Path, graph: ReleasedGraph) -> bool:
        if any(entities(graph.held, stone.iri) for stone in self._stones) or graph.names(self._names):
            return True
        if not self._names:
            return False
        manifest = path / "manifest.json"
        return manifest.is_file() and self._names.name(manifest.read_text("utf-8"))

    def _redacted(self, release: Release) -> Redacted:
        self._say(f"taking them out of {release.path.name}")
        graph = self._graphs[release.path]
        already = graph.withheld()
        return redact(graph, [stone for stone in self._stones if stone.iri not in already], self._called)

    def _prepared(self, release: Release) -> Prepared:
        redacted = self._redacted(release)
        manifest = release.manifest
        before = manifest.reissue
        reasons = {stone.reason for stone in self._stones if stone.reason} | set(before.reasons if before else ())
        counts = dict(before.withheld) if before is not None else {}
        for name, number in redacted.counts.items():
            counts[name] = counts.get(name, 0) + number
        reissue = Reissue(
            supersedes=release.id,
            digest=before.digest if before is not None else manifest.digest,
            on=max(stone.on for stone in self._stones).isoformat(),
            reasons=sorted(reasons),
            withheld=counts,
            redactions=sorted({one.id for one in self._asked} | set(before.redactions if before is not None else ())),
        )
        withheld = Withheld(self._stones, 1, names=self._names)
        content = ReleaseContent(
            quads=redacted.quads,
            inputs=manifest.inputs,
            counts=_counted(manifest, redacted),
            validation_ttl=redacted.report.turtle(),
            validation_text=redacted.report.text(),
            quarantined=[item for item in manifest.quarantined if not _tells(json.dumps(item), withheld)],
            notes=tuple(map(withheld.clean, manifest.notes)),
        )
        return prepare(self._home, release, content, reissue)

    def _publish(self, redacted: Redacted) -> str:
        assert self.plan.snapshot is not None  # carry_out
        old = self.plan.snapshot
        base = next(release for release in releases(self._home) if release.origin == old.origin)
        return self._snapshots.publish_quads(redacted.quads, base, old.manifest.revision).revision

    def _folders(self) -> list[Path]:
        """What stands in the folder of snapshots, the working stores of a writer among it."""
        folder = self._snapshots.path
        return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []

    def _remove_snapshots(self) -> int:
        served = self._snapshots.current()
        stale = [path for path in self.plan.stale if path.is_dir()]
        if served is not None and served.path.name in {path.name for path in stale}:
            self._snapshots.link.unlink()
        for path in stale:
            self._snapshots.remove(path)
        return len(stale)


def _again(known: Redaction, asked: Redaction) -> Redaction:
    """A redaction that is recorded already, with the reason that it is asked for again with, if one is given."""
    return replace(known, reason=asked.reason) if asked.reason is not None else known


def _counted(manifest: Manifest, redacted: Redacted) -> dict[str, int]:
    """The counts of a manifest, of what is left."""
    default = redacted.quads.graphs.get("", frozenset())
    kinds = {name: f" {node('rdf:type')} {node(f'cx:{name}')}" for name in _CLASSES}
    counts = dict(manifest.counts)
    for name, end in kinds.items():
        left = sum(triple.endswith(end) for triple in default)
        if left or name in counts:
            counts[name] = left
    counts["Withheld"] = counts.get("Withheld", 0) + redacted.counts.get("entities", 0)
    return counts


def _tells(words: str, withheld: Withheld) -> bool:
    """Whether words lead to who is withheld: by a name, or by an id."""
    ids = {iri.removeprefix(BASE) for iri in withheld.iris}
    return withheld.names.name(words) or any(ident in words for ident in ids)
