"""The Python client: one interface to a release on the disk and to a server.

The exceptions are those of `kg.errors`; `import kg` alone loads none of this.
"""

from __future__ import annotations

from kg.client.answer import Answer, Row
from kg.client.entity import Claim, Disagreement, Entity, Evidence, Source
from kg.client.graph import Graph
from kg.client.opening import open_graph
from kg.client.values import IRI, Text, Typed

__all__ = [
    "IRI",
    "Answer",
    "Claim",
    "Disagreement",
    "Entity",
    "Evidence",
    "Graph",
    "Row",
    "Source",
    "Text",
    "Typed",
    "open_graph",
]
