"""What a request asks for, once it is read, and the entity tag of its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.query_dataset import Dataset
from kg.query_text import QueryText
from kg.release import Release
from server.negotiation import chosen_format
from server.replies import entity_tag
from server.writing.wire import Document

__all__ = ["AnswerTag", "Asked"]

#: The text of a query that is not longer is read here, where all others wait meanwhile; longer ones by a worker.
_SOON_READ = 10_000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a request asks for: a query, else the report on a document, else a graph; all absent, the default graph.

    `headers` are those of the answer that only the question of the library gives which was asked.
    """

    query: str | None = None
    graph: str | None = None
    document: Document | None = None
    dataset: Dataset = field(default_factory=Dataset)
    format: str | None = None
    release: str | None = None
    seconds: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerTag:
    """The entity tag of an answer: of the release, what was asked, and how it is written."""

    release: Release
    asked: Asked
    coding: str | None
    base: str | None

    def of(self, format: str) -> str:
        """The tag of the answer in a format, by the format's name."""
        asked = self.asked
        what = asked.query if asked.query is not None else f"graph {asked.graph}"
        if asked.document is not None:
            what = f"report on {asked.document.content_type} {hashlib.sha256(asked.document.content).hexdigest()}"
        base = () if self.base is None else (self.base,)
        return entity_tag(self.release.revision, what, asked.dataset, format, self.coding, *base)

    def expected(self, accept: str | None) -> str | None:
        """The tag that the answer would have, if it can be told without asking."""
        if self.asked.query is None:
            return self.of(chosen_format("graph", accept, self.asked.format).name)
        if len(self.asked.query) > _SOON_READ:
            return None
        text = QueryText(self.asked.query)
        if text.form is None or text.volatile:
            return None
        return self.of(chosen_format(text.kind, accept, self.asked.format).name)
