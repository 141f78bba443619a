"""Rows as a table of HTML, for a notebook: all of it is strangers' text and escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kg.client.text import shown
from kg.client.values import IRI, Text, Value

__all__ = ["cell_html", "table_html"]

#: How many rows are shown.
_ROWS = 50
_LINKED = ("http://", "https://")


def cell_html(value: Value) -> str:
    """A value; an IRI of the web is a link, any other is not.

    >>> cell_html(IRI("javascript:alert(1)")), cell_html("<b>")
    ('javascript:alert(1)', '&lt;b&gt;')
    """
    text = escape(shown(value))
    if isinstance(value, IRI) and value.lower().startswith(_LINKED):
        return f'<a href="{escape(str(value))}" rel="noreferrer">{text}</a>'
    if isinstance(value, Text):
        return f'<span lang="{escape(value.lang)}">{text}</span>'
    return text


def table_html(columns: Sequence[str], rows: Sequence[Iterable[Value]]) -> str:
    """The first rows as a table, and how many there are."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell_html(value)}</td>' for value in row)}</tr>" for row in rows[:_ROWS])
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    more = f", {_ROWS} of them shown" if len(rows) > _ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{count}{more}</p>"
