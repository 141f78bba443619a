"""Crossings: news of border crossings become a validated knowledge graph.

import kg

release = kg.open()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.client import IRI, Graph
    from kg.client import open_graph as open

__all__ = ["IRI", "Graph", "open"]

#: What of the client is had from here, and what it is called there.
_FROM_CLIENT = {"IRI": "IRI", "Graph": "Graph", "open": "open_graph"}


if not TYPE_CHECKING:  # for which the names are imported above, so that it knows of a name that is not there

    def __getattr__(name: str) -> Any:
        """The client, once it is asked for: the command line and the builders import this package without it."""
        if name not in _FROM_CLIENT:
            raise AttributeError(f"module 'kg' has no attribute '{name}'")
        from kg import client

        return getattr(client, _FROM_CLIENT[name])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
