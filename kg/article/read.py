"""Files to articles: which files there are, and what one of them holds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from kg.article import front_matter
from kg.article.agencies import Agencies, load_agencies
from kg.article.blocks import cut
from kg.article.dates import stated_date, stated_publisher
from kg.article.decode import LIMITS, read_text
from kg.article.front_matter import Metadata
from kg.article.language import require_english
from kg.article.passages import passages_path, read_passages
from kg.article.sources import cited_sources, merge
from kg.article.text import ArticleText
from kg.errors import InputError, UsageError
from kg.facts.model import Article, Block, Facts
from kg.facts.schema import read_facts

__all__ = ["ENDINGS", "MediaType", "article_text", "discover", "read", "read_source"]

#: What the source of an article can be.
MediaType = Literal["text/plain", "text/html", "text/markdown"]

#: The endings of the files that can be articles.
ENDINGS = (".txt", ".md", ".html", ".htm", ".facts.json")

_NO_ARTICLES = frozenset({"readme", "notice", "license", "licence", "changelog", "contributing"})
_CURATION = "curation"
#: A page with less running text than this holds no article: a menu, an error page, a list of links.
_LEAST_WORDS = 25


def _has_ending(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS)


def discover(paths: Sequence[Path]) -> list[Path]:
    """The files that may be articles: those named, and those in the folders named, however deep.

    In folders, hidden files and folders, folders named `curation`, README and its like, sidecars, and files of other
    endings are passed over. A file named by itself is always in the list: `read` says what is wrong with it.

    Args:
        paths: Files and folders.

    Returns:
        The files, folder by folder in the order given and sorted within each, each once.

    Raises:
        UsageError: A path does not exist, or a folder cannot be read.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder: check the path")
        for file in sorted(_files(path)) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise UsageError(f"{error.filename}: cannot be read ({error.strerror}): check its permissions") from error

    if folder.name == _CURATION:
        return
    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".") and name != _CURATION]
        for name in files:
            stem = name.partition(".")[0].lower()
            if not name.startswith(".") and stem not in _NO_ARTICLES and _has_ending(Path(name)):
                yield Path(root) / name


def read(path: Path, published: date | None = None, agencies: Agencies | None = None) -> ArticleText | Facts:
    """One file to one article, or to the facts that a person wrote down.

    Args:
        path: A file with one of `ENDINGS`.
        published: The operator's date of publication; it holds only where the article states none.
        agencies: The names of news organisations, by default those of the default border.

    Returns:
        The article with its text and blocks; of `x.facts.json` the facts, into which `published` goes likewise.

    Raises:
        InputError: The file cannot be an article; the message says why.
    """
    name = path.name.lower()
    if not name.endswith(ENDINGS) or name.endswith((".meta.yaml", ".passages.yaml")):
        raise InputError(path, f"is no kind of file that can be an article: give one that ends in {', '.join(ENDINGS)}")
    if name.endswith(".facts.json"):
        return _dated(read_facts(path), published)
    kind = _media_type(name)
    metadata, text = _parted(read_text(path), kind, path)
    sidecar = front_matter.sidecar_path(path)
    if kind != "text/markdown" and sidecar.exists():
        metadata = _over(front_matter.read_sidecar(sidecar), metadata)
    made = article_text(path, text, metadata, published, load_agencies() if agencies is None else agencies)
    return _with_prose(made, kind)


def read_source(
    name: str, source: str, kind: MediaType, published: date | None = None, agencies: Agencies | None = None
) -> ArticleText:
    """The article of a source that is no file: nothing is looked for beside it.

    Args:
        name: What it is called in messages.
        source: Its text, HTML or Markdown.
        kind: Which of these it is.
        published: The writer's date of publication; it holds only where the article states none.
        agencies: The names of news organisations, by default those of the default border.

    Raises:
        InputError: It cannot be an article; the message says why.
    """
    metadata, text = _parted(source, kind, name)
    known = load_agencies() if agencies is None else agencies
    return _with_prose(ArticleText(name, *_article(name, text, metadata, published, known)), kind)


def _media_type(name: str) -> MediaType:
    if name.endswith(".md"):
        return "text/markdown"
    return "text/html" if name.endswith((".html", ".htm")) else "text/plain"


def _parted(source: str, kind: MediaType, path: object) -> tuple[Metadata, str]:
    """What a source states about itself, and its text."""
    if kind == "text/markdown":
        return front_matter.split(source, path)
    if kind == "text/html":
        from kg.article.html import read_html

        return read_html(source, path)
    return Metadata(), source


def _with_prose(made: ArticleText, kind: MediaType) -> ArticleText:
    """The article, unless it is a page that holds none."""
    if kind == "text/html" and _words_of_prose(made) < _LEAST_WORDS:
        raise InputError(made.path, "is HTML without an article: give the page of one article, or its text as .txt")
    return made


def article_text(
    path: Path, text: str, metadata: Metadata, published: date | None = None, agencies: Agencies | None = None
) -> ArticleText:
    """An article of a text and what is stated about it; `path` is where a digest's sidecar is looked for.

    Raises:
        InputError: Too long, not English prose, or a sidecar that does not fit.
    """
    known = agencies if agencies is not None else Agencies()
    article, text, blocks = _article(path, text, metadata, published, known)
    sidecar = passages_path(path)
    passages = read_passages(sidecar, text, article.id) if article.kind == "digest" and sidecar.exists() else None
    return ArticleText(str(path), article, text, blocks, passages)


def _article(
    path: object, text: str, metadata: Metadata, published: date | None, known: Agencies
) -> tuple[Article, str, tuple[Block, ...]]:
    most = LIMITS["article characters"]
    if len(text) > most:
        raise InputError(path, f"has {len(text):,} characters and may have {most:,}: split it into articles")
    if metadata.language and metadata.language.lower().partition("-")[0] not in ("en", "eng"):
        raise InputError(path, f"is not in English (its metadata say '{metadata.language}'): only English is read")
    require_english(text, path)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    blocks = cut(text, known.names)
    publisher = metadata.publisher or stated_publisher(text, blocks)
    day, by = _publication(text, blocks, metadata.published, published)
    article = Article(
        id=metadata.id or sha256,
        kind=metadata.kind,
        text_sha256=sha256,
        length=len(text),
        title=metadata.title,
        publisher=publisher,
        url=metadata.url,
        language=metadata.language or "en",
        rights=metadata.rights,
        published=day,
        published_by=by,
        sources=merge(metadata.sources, cited_sources(text, blocks, known, publisher)),
    )
    return article, text, blocks


def _publication(
    text: str, blocks: Sequence[Block], stated: date | None, operator: date | None
) -> tuple[str | None, Literal["metadata", "text", "operator"] | None]:
    """The day of publication and who states it: the metadata, else the text, else the operator."""
    if stated:
        return stated.isoformat(), "metadata"
    own = stated_date(text, blocks)
    if own:
        return own.isoformat(), "text"
    return (operator.isoformat(), "operator") if operator else (None, None)


def _over(stated: Metadata, found: Metadata) -> Metadata:
    """What the sidecar states, and for the rest what the page states."""
    default = Metadata()
    own = {field.name: getattr(stated, field.name) for field in fields(Metadata)}
    return replace(found, **{name: value for name, value in own.items() if value != getattr(default, name)})


def _dated(facts: Facts, published: date | None) -> Facts:
    if published is None or facts.article.published:
        return facts
    article = msgspec.structs.replace(facts.article, published=published.isoformat(), published_by="operator")
    return msgspec.structs.replace(facts, article=article)


def _words_of_prose(made: ArticleText) -> int:
    return sum(len(made.text[block.start : block.end].split()) for block in made.blocks if block.kind == "paragraph")
