"""What the current release was built of, so that it can be built again: `sources.json` in the home.

A release holds the hashes of its inputs and not where they stand, for that is a matter of one machine. Whoever writes
into the graph has to link the article that came with all others, so the home remembers.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from kg.atomic import write_atomically
from kg.build_options import BuildOptions
from kg.errors import UsageError
from kg.journal import Journal
from kg.release.home import Home
from kg.release.release import Release
from kg.replay import Written
from kg.resources import borders

__all__ = ["Sources", "is_behind", "taken_up"]


class Sources(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `kg build` was given last; paths are absolute.

    `release` is the id of the release that came of it, `entries` the number of the last entry of the journal that it
    holds, and `journal` that entry's hash.
    """

    paths: tuple[str, ...]
    curation: str | None = None
    border: str = "korea"
    published: date | None = None
    extractor: Literal["rules", "llm", "both"] = "rules"
    release: str
    entries: int = 0
    journal: str = "none"

    @classmethod
    def of(cls, options: BuildOptions, written: Written, release: str) -> Sources:
        """What a build was given.

        Args:
            options: What it was asked for.
            written: What it took from the journal.
            release: The id of the release that came of it.
        """
        border = options.border if options.border in borders() else str(Path(options.border).absolute())
        return cls(
            paths=tuple(str(path.absolute()) for path in options.paths),
            curation=str(options.curation.absolute()) if options.curation is not None else None,
            border=border,
            published=options.published,
            extractor=options.extractor,
            release=release,
            entries=written.number,
            journal=written.sha256,
        )

    @classmethod
    def read(cls, home: Home) -> Sources:
        """What the last build of a home was given.

        Raises:
            UsageError: Nothing was built here since this is remembered, or the file cannot be read.
        """
        path = _path(home)
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except FileNotFoundError as error:
            raise UsageError(f"{path} is not there: run kg build PATH... so that the sources are known") from error
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} cannot be read ({error}): run kg build PATH... again") from error

    def write(self, home: Home) -> None:
        """Remember it."""
        text = msgspec.json.format(msgspec.json.encode(self), indent=2)
        write_atomically(_path(home), text + b"\n")

    def options(self, home: Home) -> BuildOptions:
        """What `kg build` would be asked for to build it again with the rules.

        Raises:
            UsageError: A language model read the sources, and nobody may ask one on a build's behalf.
        """
        if self.extractor != "rules":
            raise UsageError(
                f"{_path(home)}: the sources were read with --extractor {self.extractor}, and a graph that is written "
                "to is read by the rules: run kg build without it"
            )
        return BuildOptions(
            paths=tuple(map(Path, self.paths)),
            home=home,
            curation=Path(self.curation) if self.curation is not None else None,
            published=self.published,
            border=self.border,
        )


def taken_up(home: Home, release: Release) -> tuple[int, str]:
    """How many entries of the journal a release holds, and the hash of the last of them ("none" for none).

    Two builds of different inputs can give one release, which keeps its first manifest: what the home remembers of its
    last build comes first.

    Args:
        home: The home.
        release: A release of it.

    Raises:
        UsageError: What was built last is not known.
    """
    sources = Sources.read(home)
    if sources.release == release.origin:
        return sources.entries, sources.journal
    stated = release.manifest.inputs.get("journal", {})
    return int(stated.get("entries", 0)), str(stated.get("sha256", "none"))


def is_behind(home: Home, release: Release) -> bool:
    """Whether something was written since a release was built: the journal has entries that it does not hold.

    Raises:
        CrossingsError: The journal cannot be read, or what was built last is not known.
    """
    entries = len(Journal(home).entries())
    return entries > 0 and taken_up(home, release)[0] < entries


def _path(home: Home) -> Path:
    return home.path / "sources.json"
