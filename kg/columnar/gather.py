"""Terms gathered column by column: their texts as Arrow arrays, and beside them of which kind each of them is.

A solution sequence is held in this form until its end is known, since the last row may decide the type of a column:
a few bytes a term instead of an object.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

__all__ = ["Gathered", "TermKind"]

Term = NamedNode | BlankNode | Literal | Triple | None


@dataclass(frozen=True)
class TermKind:
    """What a term is beside its text.

    Args:
        type: `uri`, `bnode`, `literal` or `triple`, as in the JSON format of SPARQL results.
        datatype: The datatype of a literal.
        language: The language of a literal, with `--ltr` or `--rtl` behind it where it has a base direction.
    """

    type: str
    datatype: str | None = None
    language: str | None = None


_IRI, _BLANK, _TRIPLE = TermKind("uri"), TermKind("bnode"), TermKind("triple")


@dataclass
class Gathered:
    """The terms of one variable.

    Args:
        name: The variable.
    """

    name: str
    texts: list[pa.Array] = field(default_factory=list)
    codes: list[pa.Array] = field(default_factory=list)
    kinds: dict[TermKind, int] = field(default_factory=dict)

    def take(self, terms: Iterable[Term]) -> int:
        """Add terms, one a row.

        Returns:
            The bytes that they take.
        """
        texts: list[str | None] = []
        codes: list[int | None] = []
        seen: dict[tuple[str, str | None, object], int] = {}
        for term in terms:
            if term is None:
                texts.append(None)
                codes.append(None)
            elif isinstance(term, Literal):
                texts.append(term.value)
                key = (term.datatype.value, term.language, term.direction)
                code = seen.get(key)
                if code is None:
                    code = seen[key] = self._code(_literal_kind(term))
                codes.append(code)
            elif isinstance(term, Triple):
                texts.append(str(term))
                codes.append(self._code(_TRIPLE))
            else:
                texts.append(term.value)
                codes.append(self._code(_IRI if isinstance(term, NamedNode) else _BLANK))
        self.texts.append(pa.array(texts, pa.string()))
        self.codes.append(pa.array(codes, pa.int32()))
        return int(self.texts[-1].nbytes)

    @property
    def text(self) -> pa.ChunkedArray:
        """The texts of all terms."""
        return pa.chunked_array(self.texts, pa.string())

    def looked_up(self, values: Sequence[str | None]) -> pa.ChunkedArray:
        """For each term, the value of its kind.

        Args:
            values: One for each of the kinds, in their order.
        """
        table = pa.array(values, pa.string())
        return pa.chunked_array([table.take(codes) for codes in self.codes], pa.string())

    def _code(self, kind: TermKind) -> int:
        return self.kinds.setdefault(kind, len(self.kinds))


def _literal_kind(literal: Literal) -> TermKind:
    direction = literal.direction
    language = literal.language if direction is None else f"{literal.language}--{direction}"
    return TermKind("literal", literal.datatype.value, language)
