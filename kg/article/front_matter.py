"""What is stated about an article beside its text: the front matter of Markdown, and the sidecar `x.meta.yaml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml

from kg.article import yaml_nodes as nodes
from kg.article.decode import read_text
from kg.errors import InputError
from kg.facts.model import CitedSource
from kg.namespaces import expand

__all__ = ["KEYS", "LANGUAGE", "URL", "Metadata", "read_sidecar", "sidecar_path", "split"]

#: The keys of front matter and sidecars, and what each holds.
KEYS: dict[str, str] = {
    "id": "the article's id: the sha256 of the original text",
    "kind": "'article' or 'digest'",
    "title": "the title",
    "publisher": "who published it",
    "url": "where it was published",
    "published": "the day of publication, YYYY-MM-DD",
    "language": "a language tag, 'en'",
    "rights": "whose the text is, and on what terms",
    "sources": "a list of sources: name, role ('wire' or 'source'), published, organization",
}
_SOURCE_KEYS = {"name", "role", "published", "organization"}

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^---[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
#: A language tag as far as its form goes (BCP 47).
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
#: An address on the web.
URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True)
class Metadata:
    """What is stated about an article; a field that is not stated is absent."""

    id: str | None = None
    kind: Literal["article", "digest"] = "article"
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    rights: str | None = None
    sources: tuple[CitedSource, ...] = ()


def split(text: str, path: object) -> tuple[Metadata, str]:
    """The front matter of a Markdown file, and its text: everything after the line end of the closing `---`.

    A file that does not begin with a line `---` has no front matter; all of it is text.

    Raises:
        InputError: Front matter that is not closed, broken, or of another form; the line is the file's.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return Metadata(), text
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        raise InputError(path, "line 1: the front matter is not closed: put a line '---' after it")
    body = text[closing.end() :]
    if not body.strip():
        raise InputError(path, "is blank: it holds nothing but front matter")
    source = text[opening.end() : closing.start()]
    return (_metadata(nodes.compose(source, path, first_line=2), path) if source.strip() else Metadata()), body


def sidecar_path(path: Path) -> Path:
    """Where the sidecar of a text stands: `x.txt` has `x.meta.yaml` beside it."""
    return path.with_name(f"{path.stem}.meta.yaml")


def read_sidecar(path: Path) -> Metadata:
    """The metadata of a sidecar.

    Raises:
        InputError: Not readable, broken, or of another form.
    """
    return _metadata(nodes.compose(read_text(path, "sidecar bytes"), path), path)


def _metadata(node: yaml.Node, path: object) -> Metadata:
    fields = nodes.mapping(node, path, KEYS.keys())

    def words(key: str) -> str | None:
        return nodes.text(fields[key], path, key) if key in fields else None

    kind = _one_of(fields, "kind", ("article", "digest"), path)
    made = Metadata(
        id=nodes.sha256(fields["id"], path, "id") if "id" in fields else None,
        kind="digest" if kind == "digest" else "article",
        title=words("title"),
        publisher=words("publisher"),
        url=_matching(fields, "url", URL.fullmatch, "an address that begins with http:// or https://", path),
        published=nodes.day(fields["published"], path, "published") if "published" in fields else None,
        language=_matching(fields, "language", LANGUAGE.fullmatch, "a language tag such as 'en'", path),
        rights=words("rights"),
        sources=tuple(_source(item, path) for item in nodes.sequence(fields["sources"], path, "sources"))
        if "sources" in fields
        else (),
    )
    if made.kind == "digest" and made.id is None:
        raise InputError(path, f"line {nodes.line(node)}: a digest needs 'id': give the sha256 of the original")
    return made


def _one_of(fields: dict[str, yaml.Node], key: str, allowed: tuple[str, ...], path: object) -> str | None:
    return _matching(fields, key, lambda value: value in allowed, " or ".join(f"'{one}'" for one in allowed), path)


def _matching(
    fields: dict[str, yaml.Node], key: str, accepts: Callable[[str], object], wanted: str, path: object
) -> str | None:
    if key not in fields:
        return None
    value = nodes.text(fields[key], path, key)
    if not accepts(value):
        raise InputError(path, f"line {nodes.line(fields[key])}: '{key}' is '{value}' and must be {wanted}")
    return value


def _source(node: yaml.Node, path: object) -> CitedSource:
    fields = nodes.mapping(node, path, _SOURCE_KEYS, {"name"})
    role = _one_of(fields, "role", ("wire", "source"), path)
    return CitedSource(
        name=nodes.text(fields["name"], path, "name"),
        role="wire" if role == "wire" else "source",
        organization=_matching(fields, "organization", _is_term, "a prefixed name or an IRI", path),
        published=nodes.day(fields["published"], path, "published").isoformat() if "published" in fields else None,
    )


def _is_term(value: str) -> bool:
    if ":" not in value or any(character.isspace() for character in value):
        return False
    try:
        expand(value)
    except KeyError:
        # Not one of the project's prefixes, which is the answer.
        return False
    return True
