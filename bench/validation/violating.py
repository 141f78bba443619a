"""A graph that breaks every shape: a copy of the tests' small graph for each mutation, each with ids of its own.

Places, organisations and routes of the gazetteer keep their ids, so they gather the claims of all copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.namespaces import graph_iri
from tests.shapes.graphs import Edit, baseline
from tests.shapes.mutations import MUTATIONS

__all__ = ["violating"]

_OWN = re.compile(
    r"/(id/(?:article|claim|mention|evidence|conflict|incident|person|statistic|judgement|correction)|graph/article)/([0-9a-f]{16,64})\b"
)
_SHARED = frozenset({graph_iri("vocabulary"), graph_iri("gazetteer")})


def violating(rounds: int = 1) -> Iterator[Quad]:
    """The quads, those of the lexicon once.

    Args:
        rounds: How many copies there are of each mutation.
    """
    yield from (quad for quad in baseline().quads if _is_shared(quad))
    for turn in range(rounds):
        for name in sorted(MUTATIONS):
            edit = Edit(baseline())
            MUTATIONS[name](edit)
            own = [quad for quad in edit.quads if not _is_shared(quad)]
            lines = (pyoxigraph.serialize(own, format=RdfFormat.N_QUADS) or b"").decode()
            yield from pyoxigraph.parse(_renamed(lines, f"{name} {turn}"), format=RdfFormat.N_QUADS)


def _is_shared(quad: Quad) -> bool:
    return getattr(quad.graph_name, "value", "") in _SHARED


def _renamed(lines: str, copy: str) -> str:
    def other(found: re.Match[str]) -> str:
        made = sha256(f"{copy} {found[2]}".encode()).hexdigest()
        return f"/{found[1]}/{made[: len(found[2])]}"

    return _OWN.sub(other, lines)
