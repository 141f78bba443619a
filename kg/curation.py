"""What people decided, as files in git: judgements of identity and the registry of canonical ids.

A folder of curation holds `judgements.yaml` and `registry.yaml`; either may be absent. An entry points to a mention by
an anchor (article, class, quote with prefix and suffix, the place in the original text), never by an offset alone, and
is anchored anew at each build. One that no longer anchors is reported, never dropped.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec
import yaml

from kg.errors import UsageError
from kg.namespaces import BASE

__all__ = ["Anchor", "Curation", "Judgement", "RegistryEntry", "load_curation", "registry_text"]


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Where a mention stands, in a form that survives edits.

    `quote` with `prefix` and `suffix` are words of the text that it was taken from; `original` are the stretches of the
    original text that it corresponds to (its own where the text is the original, those of the sidecar where it is a
    digest), and `evidence` those of the entity's claims by predicate.
    """

    article: str
    cls: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    occurrence: int = 0
    ordinal: int = 0
    original: tuple[tuple[int, int], ...] = ()
    evidence: dict[str, tuple[tuple[int, int], ...]] = {}


class Judgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whether two mentions are of one entity: POSITIVE, NEGATIVE or UNSURE; by whom, when, and why."""

    first: Anchor
    second: Anchor
    judgement: Literal["POSITIVE", "NEGATIVE", "UNSURE"]
    by: str
    on: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    reason: str


class RegistryEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A canonical id that was given: `id` is `{class}/{id}`; `replaced_by` names the id that a merge left."""

    id: str
    label: str
    anchors: tuple[Anchor, ...] = ()
    replaced_by: str | None = None

    @property
    def iri(self) -> str:
        """The canonical IRI."""
        return f"{BASE}id/{self.id}"


@dataclass(frozen=True)
class Curation:
    """All decisions of a folder; `sha256` is over its files, "none" where there is no curation."""

    folder: Path | None = None
    judgements: tuple[Judgement, ...] = ()
    registry: tuple[RegistryEntry, ...] = ()
    sha256: str = "none"


_Entry = TypeVar("_Entry", Judgement, RegistryEntry)


def load_curation(folder: Path | None) -> Curation:
    """Read a folder of curation; None reads as no curation at all.

    Raises:
        UsageError: The folder is missing, or a file in it is not what it should be.
    """
    if folder is None:
        return Curation()
    if not folder.is_dir():
        raise UsageError(f"no curation folder {folder}: give one that exists, or 'none'")
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    judgements = _read(folder / "judgements.yaml", Judgement)
    registry = _read(folder / "registry.yaml", RegistryEntry)
    return Curation(folder, judgements, registry, digest.hexdigest())


def _read(path: Path, kind: type[_Entry]) -> tuple[_Entry, ...]:
    if not path.is_file():
        return ()
    try:
        # Everything as strings: YAML 1.1 takes the key `on` for true and a day for a date.
        raw: Any = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        raise UsageError(f"{path}{line} is not YAML: repair it") from error
    try:
        return tuple(msgspec.convert(raw or [], list[kind], strict=False))  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {error}; see docs/curation.md for the format") from error


def registry_text(entries: list[RegistryEntry]) -> str:
    """The text of a registry file, sorted by id."""
    header = "# The canonical ids that were given. Written by `kg registry update`; an id, once here, never moves.\n"
    rows = [msgspec.to_builtins(entry) for entry in sorted(entries, key=lambda e: e.id)]
    return header + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120)
