"""Options that several commands share, so that they are named and explained alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kg.release.home import HOME_VARIABLE
from kg.resources import seeds_dir

__all__ = ["Border", "CurationOption", "HomeOption", "curation_folder"]

HomeOption = Annotated[
    Path,
    typer.Option("--home", metavar="DIR", envvar=HOME_VARIABLE, help="The directory that holds releases and cache."),
]
CurationOption = Annotated[
    str | None,
    typer.Option(
        "--curation",
        metavar="DIR|none",
        help="The folder of curation, or 'none'; default: curation/ beside the PATH given, else the packaged one.",
    ),
]
Border = Annotated[
    str, typer.Option("--border", metavar="NAME|DIR", help="A shipped border, or a folder that holds gazetteer.ttl.")
]

_FOLDER = "curation"


def curation_folder(curation: str | None, paths: Sequence[Path] = ()) -> Path | None:
    """The folder of curation that an option stands for.

    Args:
        curation: The option's value: a folder, `none`, or absent.
        paths: The files and folders that the command was given.

    Returns:
        The folder, or None for no curation. Absent the option: the first `curation/` in a folder given or beside a
        file given, else the packaged one where there is one.
    """
    if curation is not None:
        return None if curation == "none" else Path(curation)
    near = [(path if path.is_dir() else path.parent) / _FOLDER for path in paths]
    return next((folder for folder in (*near, seeds_dir() / _FOLDER) if folder.is_dir()), None)
