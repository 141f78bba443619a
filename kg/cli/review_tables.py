"""Shows pairs of incidents to a person: the list, and two accounts side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.plain import harmless

if TYPE_CHECKING:
    from kg.review import Account, Slot, Told, View

__all__ = ["print_list", "print_pair"]


def print_list(console: Console, views: Iterable[View]) -> None:
    """Print a row for each pair."""
    table = Table()
    for name in ("", "pair", "points", "", "first", "second"):
        table.add_column(name)
    for view in views:
        cells = (str(view.number), view.id, _points(view), view.outcome, _short(view.first), _short(view.second))
        table.add_row(*(Text(harmless(cell)) for cell in cells))
    if table.row_count:
        console.print(table)


def print_pair(console: Console, view: View) -> None:
    """Print two accounts beside each other, slot by slot, with what each slot counts."""
    console.print(Text(f"pair {view.id}: {view.outcome}, {_points(view)} points", style="bold"))
    if view.forbids:
        console.print(Text(harmless(f"forbidden: {view.forbids}")))
    if view.suggested:
        console.print("a program suggests that the two are one")
    if view.accounts > 1:
        console.print(f"the most alike of {view.accounts} pairs of accounts of these two incidents")
    table = Table()
    for name in ("", f"first: {view.first.source}", f"second: {view.second.source}", "points"):
        table.add_column(Text(harmless(name)))
    heads = [("published", view.first.published or "not stated", view.second.published or "not stated")]
    heads.append(("words", view.first.quote, view.second.quote))
    for head in heads:
        table.add_row(*(Text(harmless(cell)) for cell in head), "")
    table.add_section()
    for slot in view.slots:
        cells = (slot.property.removeprefix("cx:"), _told(slot.first), _told(slot.second), _verdict(slot))
        table.add_row(*(Text(harmless(cell)) for cell in cells))
    console.print(table)


def _points(view: View) -> str:
    return f"{view.score:g} of {view.needed:g}"


def _short(account: Account) -> str:
    return f"{account.source}, {account.published or 'no date'}: {account.quote}"


def _told(told: tuple[Told, ...]) -> str:
    return "\n".join(f"{t.value}{'' if t.certainty == 'asserted' else f' ({t.certainty})'}: {t.quote}" for t in told)


def _verdict(slot: Slot) -> str:
    return slot.verdict if slot.points is None else f"{slot.points:+g} {slot.verdict}"
