"""The signature of one text of the gold, read as `kg evaluate` reads it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.article.read import read
from kg.article.text import ArticleText
from kg.consolidate.consolidate import Consolidated, consolidate
from kg.extract.pipeline import extract
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements
from tests.support.signature import Signature, signature
from tests.support.substitution import Legend

__all__ = ["told"]


def told(name: str, legend: Legend, sidecar: str | None) -> Signature:
    """Read, extract and consolidate a text alone; its signature.

    Args:
        name: What the text is called in the signature.
        legend: The text, and what its values are called.
        sidecar: What is stated beside it.
    """
    consolidated = _alone(legend.rendering.text, sidecar)
    return signature(consolidated, {article.id: name for article in consolidated.articles}, {name: legend})


@lru_cache(maxsize=2)
def _alone(text: str, sidecar: str | None) -> Consolidated:
    """A text as it stands is parsed once for both replacements."""
    with TemporaryDirectory() as made:
        path = Path(made) / "text.txt"
        path.write_text(text, encoding="utf-8", newline="")
        if sidecar is not None:
            path.with_suffix(".meta.yaml").write_text(sidecar, encoding="utf-8")
        article = read(path)
    assert isinstance(article, ArticleText)
    return consolidate([ArticleStatements.of(extract(article), article.text)], Knowledge.load())
