"""The words between quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.parsed import Doc, Token

__all__ = ["is_quoted", "quotation_of"]

_SPANS = "quotation spans"


def is_quoted(token: Token) -> bool:
    """Whether a token stands between quotation marks."""
    return quotation_of(token) is not None


def _quotations(doc: Doc) -> list[tuple[int, int]]:
    """Token spans between quotation marks; one that is left open runs to the end of the block."""
    known = doc.user_data.get(_SPANS)
    if known is None:
        marks = [token.i for token in doc if token.text in {'"', "``", "''"}]
        if len(marks) % 2:
            marks.append(len(doc))
        known = doc.user_data[_SPANS] = list(zip(marks[::2], marks[1::2], strict=True))
    return list(known)


def quotation_of(token: Token) -> tuple[int, int] | None:
    """The tokens between which a word stands quoted: the mark that opens and the one that closes."""
    return next(((a, b) for a, b in _quotations(token.doc) if a < token.i < b), None)
