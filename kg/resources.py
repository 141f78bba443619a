"""Where the files are that the library reads: ontology, queries and seeds.

In a checkout they stand beside `kg/`; in an installed wheel they are inside it, under `kg/_resources`.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError

__all__ = ["border_dir", "borders", "ontology_dir", "queries_dir", "seeds_dir", "shape_files", "vocabulary_files"]

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "_resources" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def ontology_dir() -> Path:
    """The folder of the ontology, its shapes, vocabularies and borders."""
    return _folder("ontology")


def shape_files() -> list[Path]:
    """The shape files of the ontology, sorted by name."""
    return sorted(ontology_dir().glob("shapes*.ttl"))


def vocabulary_files() -> list[Path]:
    """The files of what `graph/vocabulary` holds: the ontology, its alignment and the vocabularies, sorted by name."""
    folder = ontology_dir()
    return [folder / "ontology.ttl", folder / "alignment.ttl", *sorted((folder / "vocabulary").glob("*.ttl"))]


def queries_dir() -> Path:
    """The folder of the question library, one `.rq` file a question."""
    return _folder("queries")


def seeds_dir() -> Path:
    """The folder of the seed digests and their curation."""
    return _folder("seeds")


def borders() -> list[str]:
    """The names of the borders that are shipped, sorted."""
    return sorted(path.parent.name for path in (ontology_dir() / "borders").glob("*/gazetteer.ttl"))


def border_dir(border: str = "korea") -> Path:
    """The folder of a border: its gazetteer and rules.

    Args:
        border: The name of a shipped border, or the path of a folder that holds `gazetteer.ttl`.

    Raises:
        UsageError: No such border; the message lists those there are.
    """
    shipped = ontology_dir() / "borders" / border
    for folder in (shipped, Path(border)):
        if (folder / "gazetteer.ttl").is_file():
            return folder
    raise UsageError(f"no border '{border}': give one of {', '.join(borders())}, or a folder that holds gazetteer.ttl")
