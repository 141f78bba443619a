"""A knowledge graph that is written to: articles, decisions and annotations, each through the gate of a build.

What a write makes is computed by `kg.writing`, which records it in the journal before it counts. Here its lines enter
the working store, and the snapshot that is served. A writer that is killed in between makes the snapshot anew from the
release and the journal when it starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

import msgspec
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from kg.article.read import MediaType
from kg.errors import InputError, UsageError
from kg.namespaces import BASE, PREFIXES, expand, graph_iri
from kg.rdf_input import media_type_of, skolemized
from kg.release import Home, Release
from kg.release.naming import dataset_iri
from kg.release.parts import has_parts
from kg.release.quads import read_lines
from kg.release.snapshots import Snapshots
from kg.replay import ANNOTATION
from kg.sources import taken_up
from kg.update_targets import ANY, changed_graphs
from kg.update_text import UpdateText
from kg.writing.graph import WritableGraph
from kg.writing.proposal import Proposal
from kg.writing.rechecking import Rechecker
from server.problems import Problem
from server.writing.plain_store import KEPT, applied_update, graph_written, rejected
from server.writing.wire import ArticleSent, DecisionSent, GraphWrite, Refresh, Rejected, Update, Write, Written

__all__ = ["KnowledgeGraph"]

#: What to send instead of a write to a derived graph: a correction of the claim behind the value (docs/curation.md).
_INSTEAD = {
    "method": "POST",
    "address": "/curation",
    "correction": {
        "claim": {"article": "the article's id", "cls": "Incident", "predicate": "cx:front", "quote": "its words"},
        "value": "front:western",
        "by": "who decides",
        "on": "the day",
        "reason": "why",
    },
}

_META = NamedNode(graph_iri("meta"))
_SKOLEM = f"{BASE}.well-known/genid/"


class KnowledgeGraph:
    """The graph of a home, to be written to by one process.

    Args:
        home: The home, whose snapshots are this process's to write.
        nesting: How deep the brackets of an update may be nested.

    Raises:
        UsageError: The sources of the current release are not there, or no longer give it.
        GraphError: The journal is damaged, or what it holds no longer passes the gate.
    """

    def __init__(self, home: Home, nesting: int) -> None:
        self._home = home
        self._snapshots = Snapshots(home)
        self._nesting = nesting
        self._open()

    def apply(self, write: Write) -> Written | Rejected:
        """Apply a write, record it, and publish what it makes.

        Returns:
            The revision that is served, or why the shapes refuse the write; then nothing changed.

        Raises:
            Problem: It cannot be applied.
            CrossingsError: It cannot be read.
        """
        if self._home.require_current().path.resolve() != self._graph.release.path.resolve():
            self._graph.close()
            self._open()
        if isinstance(write, Refresh):
            return Written(revision=self._served.revision)
        try:
            proposal, created = self._proposed(write)
        except InputError as error:
            raise Problem("unusable-article", str(error)) from error
        if proposal.refused:
            return rejected(proposal.report)
        if proposal.write is not None:
            entry = self._graph.commit(proposal, write.by)
            if self._reissued() is not None:
                self._graph.close()
                self._open()
            else:
                self._change(proposal.added, proposal.removed)
                self._publish(entry.number)
        return Written(
            revision=self._served.revision,
            created=created and proposal.write is not None,
            answer=_told(proposal) if isinstance(write, ArticleSent | DecisionSent) else b"",
        )

    def _open(self) -> None:
        """Open the current release with what was written since, and serve that."""
        self._graph = WritableGraph.open(self._home, validator=Rechecker())
        release = Release(self._graph.release.path.resolve())
        self._release = release
        self._store = self._snapshots.copy(release)
        self._served = release
        self._changed: list[Quad] = []
        then = {line.decode() for line in read_lines(release.data_path)}
        now = set(self._graph.lines)
        if then == now:
            return
        self._change(now - then, then - now)
        served = self._snapshots.current()
        if release.manifest.reissue is not None and self._waits(release, served):
            return
        if served is not None and served.revision == f"{release.id}.{self._graph.number}" and self._is(served):
            self._served = served
            self._changed = []
        else:
            self._publish(self._graph.number)

    def _waits(self, release: Release, served: Release | None) -> bool:
        """Whether a release that was issued again, with what was written before, is served as it is until a write.

        It was made of quads, and leaves more out than its sources do. What these give comes with the next write: it
        has to be another revision, and until then there is nothing to number it by.
        """
        ours = served is not None and served.revision == f"{release.id}.{self._graph.number}"
        if not ours and taken_up(self._home, release)[0] != self._graph.number:
            return False
        if ours and served is not None and has_parts(served.path):
            self._served = served
        held = set(self._but_meta(Store.read_only(str(self._served.store_path))))
        self._changed = list(held ^ set(self._but_meta(self._store)))
        return True

    def _reissued(self) -> Release | None:
        """The current release, if it took the place of the one that this process holds."""
        current = self._home.require_current()
        return current if current.origin == self._release.origin and current.id != self._release.id else None

    def _is(self, served: Release) -> bool:
        """Whether a snapshot holds what the working store does, but for what it says of itself, and can be searched."""
        if not has_parts(served.path):
            return False
        held = Store.read_only(str(served.store_path))
        return set(self._but_meta(held)) == set(self._but_meta(self._store))

    @staticmethod
    def _but_meta(store: Store) -> Iterator[Quad]:
        return (quad for quad in store if quad.graph_name != _META)

    def _change(self, added: Iterable[str], removed: Iterable[str]) -> None:
        left, come = _quads(removed), _quads(added)
        for quad in left:
            self._store.remove(quad)
        self._store.extend(come)
        self._changed += left + come
        # A graph without quads is none: neither a release nor the journal holds it.
        for graph in {quad.graph_name for quad in left}:
            kept = next(self._store.quads_for_pattern(None, None, None, graph), None)
            if isinstance(graph, NamedNode) and kept is None:
                self._store.remove_graph(graph)

    def _publish(self, number: int) -> None:
        if (current := self._reissued()) is not None:
            # What this process holds names who is withheld since: nothing of it may be served any more.
            detail = (
                f"the write is recorded and is served with the next one, as {current.id} was issued meanwhile: "
                "do not send it again"
            )
            raise Problem("writer-unavailable", detail, headers={"Retry-After": "30"})
        dataset = NamedNode(dataset_iri(self._release.id))
        version = NamedNode(expand("owl:versionInfo"))
        for old in list(self._store.quads_for_pattern(dataset, version, None, _META)):
            self._store.remove(old)
        self._store.add(Quad(dataset, version, Literal(f"{self._release.id}.{number}"), _META))
        manifest = msgspec.structs.replace(self._release.manifest, revision=number)
        self._served = self._snapshots.publish(
            self._store, manifest, self._release.meta_path, self._served, self._changed
        )
        self._changed = []
        self._snapshots.prune(KEPT)

    def _proposed(self, write: Write) -> tuple[Proposal, bool]:
        """What a write would do, and whether what it names is new."""
        if isinstance(write, ArticleSent):
            return self._article(write), True
        if isinstance(write, DecisionSent):
            return self._decision(write), True
        if isinstance(write, Update):
            _refuse_derived(_changed_by(write, self._nesting))
            return self._annotated(write), False
        assert isinstance(write, GraphWrite)
        _refuse_derived({write.graph})
        there = write.graph is not None and self._store.contains_named_graph(NamedNode(write.graph))
        return self._annotated(write), write.action != "delete" and not there

    def _article(self, sent: ArticleSent) -> Proposal:
        media_type = media_type_of(sent.content_type)
        known = get_args(MediaType)
        if media_type not in known:
            raise Problem("unsupported-media-type", f"an article is {', '.join(known)}, not '{media_type}'")
        try:
            published = date.fromisoformat(sent.published) if sent.published is not None else None
        except ValueError as error:
            detail = f"published is '{sent.published}', but must be a day such as 2025-10-19"
            raise Problem("malformed-request", detail) from error
        try:
            return self._graph.propose_article(sent.content, media_type, sent.name, published, sent.keep)  # type: ignore[arg-type]  # it is one of the known
        except UsageError as error:
            raise Problem("unusable-article", str(error)) from error

    def _decision(self, sent: DecisionSent) -> Proposal:
        try:
            document = msgspec.json.decode(sent.document, type=dict)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Problem("malformed-request", f"the decision is no object of JSON: {error}") from error
        try:
            return self._graph.propose_decision(document)
        except UsageError as error:
            raise Problem("malformed-request", str(error)) from error

    def _annotated(self, write: Update | GraphWrite) -> Proposal:
        """The change of the annotation graphs by a write, tried on a copy: nothing else can change by it."""
        tried = self._snapshots.trial(self._served)
        before = set(_annotations(tried))
        if isinstance(write, Update):
            applied_update(tried, write, self._nesting, PREFIXES)
        else:
            graph_written(tried, write)
        after = set(skolemized(list(_annotations(tried)), _SKOLEM))
        try:
            return self._graph.propose_annotation(_lines(after - before), _lines(before - after))
        except UsageError as error:
            raise Problem("malformed-request", str(error)) from error


def _annotations(store: Store) -> Iterator[Quad]:
    for graph in store.named_graphs():
        if isinstance(graph, NamedNode) and graph.value.startswith(ANNOTATION):
            yield from store.quads_for_pattern(None, None, None, graph)


def _changed_by(write: Update, nesting: int) -> set[str | None]:
    text = UpdateText(write.text, PREFIXES, write.base)
    text.refuse(nesting)
    applied_update(Store(), write, nesting, PREFIXES, check=True)  # what is wrong with it is told first
    return changed_graphs(write.text, PREFIXES, write.base)


def _refuse_derived(graphs: Iterable[str | None]) -> None:
    """Refuse to change graphs that are made from sources.

    Raises:
        Problem: There is one among them.
    """
    derived = [graph for graph in graphs if graph is None or not graph.startswith(ANNOTATION)]
    if not derived:
        return
    first = derived[0]
    what = {None: "the default graph", ANY: "a graph that the text does not name"}.get(first, f"<{first}>")
    raise Problem(
        "derived-graph",
        f"{what} is made from sources and is not written to: record a correction or a judgement with POST /curation, "
        f"or write to a graph below <{ANNOTATION}>",
        {"instead": _INSTEAD},
    )


def _quads(lines: Iterable[str]) -> list[Quad]:
    return list(parse("\n".join(lines).encode(), format=RdfFormat.N_QUADS))


def _lines(quads: Iterable[Quad]) -> list[str]:
    written = serialize(quads, format=RdfFormat.N_QUADS)
    assert written is not None  # no output was given
    return written.decode().splitlines()


def _told(proposal: Proposal) -> bytes:
    """What a write did, for who sent it."""
    return msgspec.json.encode(
        {
            "ids": proposal.ids,
            "added": len(proposal.added),
            "removed": len(proposal.removed),
            "quarantined": proposal.quarantined,
            "report": proposal.report.counts(),
        }
    )
