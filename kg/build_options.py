"""What a build is asked for, whom it tells how it goes, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from kg.errors import ExitCode, UsageError
from kg.release.home import Home

if TYPE_CHECKING:
    from kg.llm.settings import ModelSettings

__all__ = ["BuildOptions", "BuildSummary", "Quiet", "Reporter"]


class Reporter(Protocol):
    """Who is told how a build goes."""

    def stage(self, name: str, total: int = 0) -> None:
        """A stage begins; `total` steps will follow, or an unknown number."""
        ...

    def step(self, what: str) -> None:
        """One step of the stage is done."""
        ...

    def warn(self, sentence: str) -> None:
        """Something is not wholly good."""
        ...


class Quiet:
    """A reporter that tells nobody."""

    def stage(self, name: str, total: int = 0) -> None:
        """Let it begin."""
        del name, total

    def step(self, what: str) -> None:
        """Let it be done."""
        del what

    def warn(self, sentence: str) -> None:
        """Let it be."""
        del sentence


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """What `kg build` was asked for.

    `curation` is the folder of curation, or None for none. `published` holds only for files that state no date.
    `extractor` is who reads the texts: the rules, a language model, or both; `model` says which model where one is
    asked. `journal` says whether what was written into the home's graph belongs to it.

    Raises:
        UsageError: A language model shall read, and none is named.
    """

    paths: tuple[Path, ...]
    home: Home
    curation: Path | None = None
    published: date | None = None
    border: str = "korea"
    extractor: Literal["rules", "llm", "both"] = "rules"
    model: ModelSettings | None = None
    journal: bool = True

    def __post_init__(self) -> None:
        if self.extractor != "rules" and self.model is None:
            raise UsageError(f"the extractor {self.extractor} asks a language model: name one with its settings")

    @property
    def answers_path(self) -> Path:
        """Where the answers of a language model are kept."""
        return self.home.cache_path / "llm"


@dataclass(frozen=True, kw_only=True)
class BuildSummary:
    """How a build ended.

    `refused` names files that are no articles or could not be read by a language model, `quarantined` claims and
    articles left out because they break a shape, `lost` decisions of people that no longer anchor; each a sentence.
    `model` says what a language model has taken, where one was asked. `withheld` counts what redactions withhold:
    entities, claims that speak of them, quotes, and stretches of digests; it is empty where there are none.
    """

    release: str
    counts: dict[str, int] = field(default_factory=dict)
    conflicts: int = 0
    undecided: int = 0
    shapes: dict[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    quarantined: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    model: str = ""
    withheld: dict[str, int] = field(default_factory=dict)
    unchanged: bool = False

    @property
    def exit_code(self) -> ExitCode:
        """Good, or not wholly good."""
        return ExitCode.NOT_WHOLLY_GOOD if self.refused or self.quarantined or self.lost else ExitCode.GOOD
