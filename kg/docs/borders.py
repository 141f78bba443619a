"""The page on the keys of a border's `rules.yaml`, made from its schema, and on the borders that are shipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from kg.docs.page import Page, cell, markdown, table
from kg.extract.border import Body, BorderRules, Direction, Line, Names, Side, Sides
from kg.extract.entries import read_entries
from kg.extract.rules import Pack
from kg.resources import border_dir, borders

__all__ = ["keys_of", "pages"]

_PARTS: tuple[tuple[str, type[Pack]], ...] = (
    ("`sides`", Sides),
    ("`home` and `destination` of `sides`", Side),
    ("each of `directions`", Direction),
    ("each of `lines` and `waters`", Line),
    ("each of `bodies`", Body),
    ("`names`", Names),
)
_WORDS = {str: "text", bool: "true or false", int: "a number"}


def pages() -> Iterator[Page]:
    """The page `border-keys.md`."""
    yield markdown(
        "border-keys.md",
        "kg.extract.border.BorderRules",
        "The keys of a border's rules",
        [
            "What `rules.yaml` in the folder of a border holds ([how to add a border](borders.md)). Every key is "
            "required, and an unknown one is refused. A term is a prefixed name that the ontology, a vocabulary or the "
            "border's gazetteer declares.",
            _keys(BorderRules),
            *(part for title, schema in _PARTS for part in (f"## {title[0].upper()}{title[1:]}", _keys(schema))),
            "## Borders that are shipped",
            table(
                ("border", "places", "organisations", "routes", "concepts of its own"),
                [_shipped(name) for name in borders()],
            ),
        ],
    )


def keys_of(schema: type[Pack]) -> list[tuple[str, str, str]]:
    """Each key of a part of the rules, as it stands in the file: its name, its kind of value, what it holds."""
    hints = get_type_hints(schema, include_extras=True)
    found = []
    for field in msgspec.structs.fields(schema):
        plain, *said = get_args(hints[field.name])
        meaning = next(meta.description for meta in said if isinstance(meta, msgspec.Meta) and meta.description)
        found.append((field.encode_name, _kind(plain), meaning))
    return found


def _keys(schema: type[Pack]) -> str:
    rows = [(f"`{name}`", cell(kind), meaning) for name, kind, meaning in keys_of(schema)]
    return table(("key", "value", "what it holds"), rows)


def _kind(hint: Any) -> str:
    origin, args = get_origin(hint), get_args(hint)
    if type(None) in args:
        return f"{_kind(next(arg for arg in args if arg is not type(None)))}, or null"
    if origin is tuple and args[-1] is not Ellipsis:
        return f"a list of {len(args)} numbers"
    if origin in (tuple, frozenset):
        return f"a list of {_kind(args[0]).removeprefix('a ')}s"
    if origin is dict:
        return "a mapping from text to " + _kind(args[1])
    if isinstance(hint, type) and issubclass(hint, Pack):
        return "a mapping"
    return _WORDS.get(hint) or " or ".join(str(arg) for arg in args)


def _shipped(name: str) -> tuple[str, ...]:
    entries = read_entries([border_dir(name) / "gazetteer.ttl"])
    kinds = Counter(entry.kind for entry in entries)
    own = [entry.curie for entry in entries if entry.kind not in {"place", "organization", "route"} and entry.broader]
    counted = (str(kinds[kind]) for kind in ("place", "organization", "route"))
    return (f"`{name}`", *counted, ", ".join(f"`{curie}`" for curie in own) or "—")
