"""What a journal says, as inputs of a build: articles, decisions, and the annotation graphs as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.curation.model import Correction, Curation, Judgement
from kg.errors import GraphError
from kg.journal import AnnotationWrite, ArticleWrite, Entry, Write
from kg.mapping.quads import Quads
from kg.namespaces import graph_iri

__all__ = ["ANNOTATION", "Written", "graph_and_triple"]

#: What the name of every graph begins with that may be written to.
ANNOTATION = graph_iri("annotation/")


def graph_and_triple(line: str) -> tuple[str, str]:
    """The texts of a canonical N-Quads line's graph and triple; the line names a graph.

    >>> graph_and_triple('<a:b> <a:c> "d e" <a:g> .')
    ('<a:g>', '<a:b> <a:c> "d e"')
    """
    triple, _, graph = line[:-2].rpartition(" ")
    return graph, triple


@dataclass(frozen=True)
class Written:
    """All that was written, up to one entry of the journal.

    Attributes:
        number: The number of the last entry, 0 for none.
        sha256: Its hash, and with it that of the whole journal up to it; "none" for none.
        articles: The articles, each with the number of its entry, in order.
        judgements: The judgements, in order.
        corrections: The corrections, in order.
        annotations: The quads of the annotation graphs.
    """

    number: int = 0
    sha256: str = "none"
    articles: tuple[tuple[int, ArticleWrite], ...] = ()
    judgements: tuple[Judgement, ...] = ()
    corrections: tuple[Correction, ...] = ()
    annotations: Quads = field(default_factory=lambda: Quads({}))

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Written:
        """What entries say, one after the other.

        Raises:
            GraphError: An entry writes to a graph that is none of annotations.
        """
        return cls()._and((entry.write, entry.number, entry.sha256) for entry in entries)

    def then(self, write: Write, number: int, sha256: str) -> Written:
        """The same and one more write.

        Args:
            write: What is written.
            number: The number of its entry.
            sha256: The hash of its entry.

        Raises:
            GraphError: It writes to a graph that is none of annotations.
        """
        return self._and([(write, number, sha256)])

    def _and(self, writes: Iterable[tuple[Write, int, str]]) -> Written:
        articles, judgements, corrections = list(self.articles), list(self.judgements), list(self.corrections)
        graphs: dict[str, set[str]] = {}
        last = (self.number, self.sha256)
        for write, number, sha256 in writes:
            last = (number, sha256)
            if isinstance(write, ArticleWrite):
                articles.append((number, write))
            elif isinstance(write, AnnotationWrite):
                self._annotate(write, graphs, number)
            else:
                judgements += [write.judgement] if write.judgement else []
                corrections += [write.correction] if write.correction else []
        annotations = Quads({**self.annotations.graphs, **graphs}) if graphs else self.annotations
        return Written(*last, tuple(articles), tuple(judgements), tuple(corrections), annotations)

    def _annotate(self, write: AnnotationWrite, graphs: dict[str, set[str]], number: int) -> None:
        """Apply a write to copies of the graphs that it touches."""
        for lines, adds in ((write.removed, False), (write.added, True)):
            for line in lines:
                graph, triple = graph_and_triple(line)
                if not graph.startswith(f"<{ANNOTATION}"):
                    raise GraphError(
                        f"journal entry {number} writes to {graph}, which is no annotation graph: "
                        "build without the journal with --no-journal"
                    )
                if graph not in graphs:
                    graphs[graph] = set(self.annotations.graphs.get(graph, ()))
                (graphs[graph].add if adds else graphs[graph].discard)(triple)

    def curated(self, curation: Curation) -> Curation:
        """A folder's curation with the decisions of the journal behind its own."""
        if not self.judgements and not self.corrections:
            return curation
        return replace(
            curation,
            judgements=curation.judgements + self.judgements,
            corrections=curation.corrections + self.corrections,
        )
