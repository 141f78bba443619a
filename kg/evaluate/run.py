"""The shipped pipeline over the texts of a folder of gold: read, extracted and linked."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from kg.build_options import BuildOptions, Reporter
from kg.consolidate.consolidate import consolidate
from kg.evaluate.folder import GoldFolder
from kg.evaluate.found import Found
from kg.extract.cache import extract_cached
from kg.knowledge import Knowledge
from kg.linking import is_relevant, link
from kg.release.home import Home

__all__ = ["find"]


def find(folder: GoldFolder, border: str, report: Reporter, curation: Path | None = None) -> Found:
    """What the pipeline finds in the texts of a folder; nothing is kept on the disk.

    Args:
        folder: The folder.
        border: The border, by name or folder.
        curation: The folder of curation to link by, or None for none.
        report: Who is told how it goes.
    """
    knowledge = Knowledge.load(border)
    with TemporaryDirectory(prefix="kg-evaluate-") as made:
        home = Home(made)
        sources = [text.source for text in folder.texts]
        facts = extract_cached(sources, border, home.cache_path / "facts", report)
        if not any(is_relevant(f) for f in facts):
            # A build of nothing but texts on other subjects is refused; here it is the answer that is looked for.
            return Found((), consolidate((), knowledge), knowledge)
        paths = tuple(Path(source.path) for source in sources)
        linked = link(BuildOptions(paths=paths, home=home, curation=curation, border=border), report)
    return Found(linked.articles, linked.consolidated, knowledge)
