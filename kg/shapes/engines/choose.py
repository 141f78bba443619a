"""Which engine validates: the one that is named, else one fit for the size of the graph."""

from __future__ import annotations

from collections.abc import Callable

from kg.errors import UsageError
from kg.shapes.engines.engine import Engine
from kg.shapes.engines.pyshacl_engine import PyshaclEngine

__all__ = ["AUTO", "ENGINES", "engine_of"]

#: Lets the size of the graph choose.
AUTO = "auto"

#: The engines by name.
ENGINES: dict[str, Callable[[], Engine]] = {PyshaclEngine.name: PyshaclEngine}


def engine_of(name: str) -> Engine:
    """The engine of a name.

    Raises:
        UsageError: There is none of this name.
    """
    if name not in ENGINES:
        raise UsageError(f"there is no engine '{name}': give one of {', '.join([AUTO, *sorted(ENGINES)])}")
    return ENGINES[name]()
