"""The shapes over a graph that changes a little at a time: only what a write can touch is checked again."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, parse

from kg.mapping.quads import Quads
from kg.shapes.report import Report
from kg.shapes.revalidate import Revalidator
from kg.writing.state import difference

__all__ = ["Rechecker"]


class Rechecker:
    """A validator that remembers the graph that it was asked of last, and looks at what is different from it.

    The report is the one that a full run gives. The first graph is looked at whole.
    """

    def __init__(self) -> None:
        self._held = Quads({})
        self._texts: dict[str, str] = {}
        self._validator: Revalidator | None = None

    def __call__(self, quads: Quads, texts: dict[str, str]) -> Report:
        """What the shapes say of a graph.

        Args:
            quads: The graph.
            texts: The texts of its articles by the articles' IRIs.

        Raises:
            CrossingsError: The shapes cannot be run, or the graph holds what cannot be validated.
        """
        if self._validator is None:
            self._validator = Revalidator(_quads(quads.lines()), texts=texts)
        else:
            changed: dict[str, str | None] = {iri: text for iri, text in texts.items() if self._texts.get(iri) != text}
            changed |= dict.fromkeys(self._texts.keys() - texts.keys())
            removed, added = difference(self._held, quads), difference(quads, self._held)
            if removed or added or changed:
                self._validator.change(_quads(removed), _quads(added), texts=changed)
        self._held, self._texts = quads, dict(texts)
        return self._validator.report


def _quads(lines: Iterable[str]) -> list[Quad]:
    return list(parse("\n".join(lines), format=RdfFormat.N_QUADS))
