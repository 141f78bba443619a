"""What the releases that a home keeps withhold, and the refusal to publish any of it again.

A redaction holds for all that a home serves, and not for one release of it: neither a build with another folder of
curation nor a write may name again who is withheld in a release that stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.errors import GraphError, UsageError
from kg.mapping.quads import Quads, node
from kg.namespaces import BASE, expand
from kg.plural import plural
from kg.redaction.released import entities
from kg.redaction.triples import Triples
from kg.release.home import Home
from kg.release.quads import graph_of_line
from kg.release.release import Release
from kg.release.snapshots import Snapshots

__all__ = ["KeptTombstone", "kept_tombstones", "refuse_withheld"]

_TYPE = NamedNode(expand("rdf:type"))
_WITHHELD = NamedNode(expand("cx:Withheld"))
_STONE = f" {_TYPE} {_WITHHELD} .".encode()


@dataclass(frozen=True)
class KeptTombstone:
    """That a kept release withholds an id: since which day, as it is written, and why, where that is said."""

    release: str
    on: str
    reason: str | None


def kept_tombstones(home: Home) -> dict[str, KeptTombstone]:
    """The ids that are withheld in any release of a home, or in what is served of one; a look-up, milliseconds each.

    A release whose store cannot be opened says nothing, for nobody can be answered from it.
    """
    found: dict[str, KeptTombstone] = {}
    for release in _kept(home):
        try:
            store = Store.read_only(str(release.store_path))
        except OSError:
            continue
        for quad in store.quads_for_pattern(None, _TYPE, _WITHHELD, DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                on, reason = (_said(store, quad.subject, name) for name in ("cx:withheldOn", "cx:withheldReason"))
                found.setdefault(quad.subject.value, KeptTombstone(release.path.name, on or "", reason))
    return found


def refuse_withheld(home: Home, lines: Iterable[bytes], withheld: Set[str] = frozenset()) -> None:
    """Refuse to publish what a kept release withholds.

    Args:
        home: The home; to be sure of it, its lock is held.
        lines: The canonical lines of what is to be published, or of what enters what is published.
        withheld: Ids that are withheld there as well, beside those of which the lines say so.

    Raises:
        UsageError: One of them is an entity of the lines, or leads to one.
    """
    stones = {iri: stone for iri, stone in kept_tombstones(home).items() if iri not in withheld}
    if not stones:
        return
    graphs: dict[str, set[str]] = {}
    for line in lines:
        if line.endswith(_STONE):
            stones.pop(line.split(b" ", 1)[0][1:-1].decode(), None)
        graph = graph_of_line(line)
        name = "" if graph is None else node(graph)
        end = len(name) + len("  .") if name else len(" .")
        graphs.setdefault(name, set()).add(line.decode()[:-end])
    held = Triples(Quads(graphs))
    named = [iri for iri in sorted(stones) if entities(held, iri)]
    if named:
        first = stones[named[0]]
        more = f" and {plural(len(named) - 1, 'other id')}" if len(named) > 1 else ""
        raise UsageError(
            f"release {first.release} withholds {named[0].removeprefix(f'{BASE}id/')}{more}, which would be published "
            "again: carry the entries of the redactions.yaml that it was redacted with over into yours, or name that "
            "folder of curation (--curation DIR)"
        )


def _kept(home: Home) -> Iterator[Release]:
    """The releases of a home, and the snapshot that is served."""
    if home.releases_path.is_dir():
        paths = (path for path in home.releases_path.iterdir() if path.is_dir() and not path.name.startswith("."))
        yield from map(Release, sorted(paths))
    try:
        served = Snapshots(home).current()
    except GraphError:
        served = None
    if served is not None:
        yield served


def _said(store: Store, subject: NamedNode, name: str) -> str | None:
    quads = store.quads_for_pattern(subject, NamedNode(expand(name)), None, DefaultGraph())
    return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), None)
