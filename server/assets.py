"""The style sheets and scripts that pages load: served by us, under names that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__all__ = ["ASSETS", "asset", "asset_content"]

#: The directory of our own style sheets.
ASSETS = Path(__file__).parent / "assets"
_TYPES = {"css": "text/css; charset=utf-8"}


@cache
def _known() -> dict[str, tuple[str, bytes, str]]:
    """By its address below `/static/`: the name, the content and the media type of each file."""
    known = {}
    for path in sorted(ASSETS.glob("*.css")):
        content = path.read_bytes()
        stem = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
        known[stem] = (path.name, content, _TYPES[path.suffix[1:]])
    return known


@cache
def _addresses() -> dict[str, str]:
    return {name: f"/static/{address}" for address, (name, _content, _type) in _known().items()}


def asset(name: str) -> str | None:
    """The address of a file, or None where it was not built.

    >>> asset("nothing.js") is None
    True
    """
    return _addresses().get(name)


def asset_content(address: str) -> tuple[bytes, str] | None:
    """The content and media type of the file at an address below `/static/`, or None for none."""
    found = _known().get(address)
    return (found[1], found[2]) if found is not None else None
