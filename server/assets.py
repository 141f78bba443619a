"""The style sheets, scripts and maps that pages load: served by us, under names that change with their content."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import zstandard

__all__ = ["ASSETS", "STATIC", "Asset", "asset", "asset_file", "found_assets", "served_asset"]

#: The directory of our own style sheets.
ASSETS = Path(__file__).parent / "assets"
#: The directory of what is built at installation: scripts, maps, licences. It may be missing.
STATIC = Path(__file__).parent / "static"

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
#: An address with the hash of the content never gets other content (RFC 8246).
_FOREVER = "public, max-age=31536000, immutable"
#: What has an address of its own, since people write it down.
_LASTING = ("licenses.txt",)


@dataclass(frozen=True)
class Asset:
    """A file that is served below `/static/`.

    Attributes:
        name: What templates call it, such as `site.css`.
        file: The last part of its address.
        path: Where it stands.
        content: Its bytes.
    """

    name: str
    file: str
    path: Path
    content: bytes

    def packed(self, coding: str | None) -> bytes:
        """The content in a coding, as small as it gets; packed once.

        Args:
            coding: `zstd`, `gzip`, or None for none.
        """
        return _packed(self, coding) if coding is not None else self.content

    @property
    def headers(self) -> dict[str, str]:
        """The headers of an answer with it."""
        return {
            "Content-Type": _TYPES[self.path.suffix],
            "Cache-Control": "no-cache" if self.file in _LASTING else _FOREVER,
            "ETag": f'"{hashlib.sha256(self.content).hexdigest()[:32]}"',
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }


def found_assets(assets: Path = ASSETS, static: Path = STATIC) -> Iterator[Asset]:
    """All files that are served.

    Args:
        assets: The directory of style sheets; the hash of each is put into its name.
        static: The directory of what was built; its `manifest.json` says which name has which file.
    """
    manifest = static / "manifest.json"
    if manifest.is_file():
        for name, file in json.loads(manifest.read_text("utf-8"))["files"].items():
            yield Asset(name, file, static / file, (static / file).read_bytes())
        for name in _LASTING:
            yield Asset(name, name, static / name, (static / name).read_bytes())
    for path in sorted(assets.glob("*.css")):
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:12]
        yield Asset(path.name, f"{path.stem}.{digest}{path.suffix}", path, content)


@cache
def _packed(found: Asset, coding: str) -> bytes:
    if coding == "gzip":
        return gzip.compress(found.content, 9, mtime=0)
    return zstandard.ZstdCompressor(level=19).compress(found.content)


@cache
def _by_name() -> dict[str, Asset]:
    return {found.name: found for found in found_assets()}


@cache
def _by_file() -> dict[str, Asset]:
    return {found.file: found for found in _by_name().values()}


def asset(name: str) -> str | None:
    """The address of a file, or None where it was not built.

    >>> asset("nothing.js") is None
    True
    """
    found = _by_name().get(name)
    return f"/static/{found.file}" if found is not None else None


def asset_file(name: str) -> Path | None:
    """Where a file stands, for who reads it in the server, such as a map; None where it was not built."""
    found = _by_name().get(name)
    return found.path if found is not None else None


def served_asset(file: str) -> Asset | None:
    """The file at an address below `/static/`, or None for none."""
    return _by_file().get(file)
