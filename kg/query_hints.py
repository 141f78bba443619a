"""Why a query may have found nothing: what it names is not in the release, or stands in named graphs alone."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Store

from kg.namespaces import BASE, curie, expand

__all__ = ["absent", "only_in"]

#: How many names are told of at most.
_TOLD = 3
#: How alike a name must be to be proposed, from 0 to 1.
_ALIKE = 0.75


def absent(store: Store, iris: Iterable[str]) -> str | None:
    """A sentence about those IRIs under our base that no triple of the release has, if there are some.

    Only ours: of the terms of others a release uses few, and none of them must be there.

    Args:
        store: The store of the release.
        iris: What a query names.
    """
    named: dict[str, str | None] = {}
    for iri in iris:
        if iri.startswith(BASE) and iri != BASE and not _there(store, iri):
            named[curie(iri)] = _meant(store, iri)
            if len(named) == _TOLD:
                break
    if not named:
        return None
    advice = [f"{name} (did you mean {meant}?)" if meant else name for name, meant in named.items()]
    return f"the release has nothing called {' or '.join(advice)}"


def only_in(store: Store, iri: str) -> str | None:
    """A named graph that uses an IRI as predicate or class, where the default graph does not."""
    try:
        term = NamedNode(iri)
    except ValueError:
        return None  # the engine will say where the ill-formed IRI stands
    rdf_type = NamedNode(expand("rdf:type"))
    found = None
    for predicate, value in ((term, None), (rdf_type, term)):
        if next(store.quads_for_pattern(None, predicate, value, DefaultGraph()), None) is not None:
            return None
        quad = next(store.quads_for_pattern(None, predicate, value, None), None)
        if found is None and quad is not None and isinstance(quad.graph_name, NamedNode):
            found = quad.graph_name.value
    return found


def _there(store: Store, iri: str) -> bool:
    try:
        term = NamedNode(iri)
    except ValueError:
        return True  # the engine will say where the ill-formed IRI stands
    if store.contains_named_graph(term):
        return True
    found = (
        store.quads_for_pattern(term, None, None, None),
        store.quads_for_pattern(None, term, None, None),
        store.quads_for_pattern(None, None, term, None),
    )
    return any(next(quads, None) is not None for quads in found)


def _meant(store: Store, iri: str) -> str | None:
    """The name that was probably meant: with other capitals, else the one of the same vocabulary that is most alike."""
    head, mark, local = iri.rpartition("#")
    if not mark:
        head, mark, local = iri.rpartition("/")
        small = head + mark + local.lower()
        return curie(small) if small != iri and _there(store, small) else None
    if not local:
        return None
    vocabulary = NamedNode(expand("graph:vocabulary"))
    quads = store.quads_for_pattern(None, NamedNode(expand("rdf:type")), None, vocabulary)
    subjects = (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
    known = {name.rpartition("#")[2] for name in subjects if name.startswith(f"{head}#")}
    by_small = {name.lower(): name for name in sorted(known)}
    near = difflib.get_close_matches(local.lower(), by_small, n=1, cutoff=_ALIKE)
    return curie(f"{head}#{by_small[near[0]]}") if near else None
