"""Which engine validates: the one that is named, else one fit for the size of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, islice

from pyoxigraph import Triple

from kg.errors import UsageError
from kg.shapes.engines.engine import Engine
from kg.shapes.engines.indexed.engine import IndexedEngine
from kg.shapes.engines.pyshacl_engine import PyshaclEngine

__all__ = ["AUTO", "ENGINES", "LARGE", "engine_for", "engine_of"]

#: Lets the size of the graph choose.
AUTO = "auto"

#: From how many triples on `auto` takes the engine for scale; pyshacl needs about four seconds for so many.
LARGE = 5_000

#: The engines by name.
ENGINES: dict[str, Callable[[], Engine]] = {PyshaclEngine.name: PyshaclEngine, IndexedEngine.name: IndexedEngine}


def engine_of(name: str) -> Engine:
    """The engine of a name.

    Raises:
        UsageError: There is none of this name.
    """
    if name not in ENGINES:
        raise UsageError(f"there is no engine '{name}': give one of {', '.join([AUTO, *sorted(ENGINES)])}")
    return ENGINES[name]()


def engine_for(name: str, triples: Iterable[Triple]) -> tuple[Engine, Iterable[Triple]]:
    """The engine of a name or, for `auto`, of a size; and all the triples, of which some were counted.

    Raises:
        UsageError: There is none of this name.
    """
    if name != AUTO:
        return engine_of(name), triples
    rest = iter(triples)
    first = list(islice(rest, LARGE))
    return (IndexedEngine() if len(first) == LARGE else PyshaclEngine()), chain(first, rest)
