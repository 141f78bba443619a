"""A digest's sidecar `x.passages.yaml`: which sentence of the digest digests which passages of the original."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.article import yaml_nodes as nodes
from kg.article.decode import read_text
from kg.errors import InputError

__all__ = ["Passages", "Sentence", "passages_path", "read_passages"]

Span = tuple[int, int]


@dataclass(frozen=True)
class Sentence:
    """One sentence of the digest, and the passages of the original that it digests; all spans are half-open."""

    start: int
    end: int
    passages: tuple[Span, ...]


@dataclass(frozen=True)
class Passages:
    """The correspondence between a digest and its original.

    Attributes:
        article: The article's id, the sha256 of the original.
        sentences: The digest's sentences in its order.
    """

    article: str
    sentences: tuple[Sentence, ...]

    def to_original(self, start: int, end: int) -> tuple[Span, ...]:
        """The passages of the original behind a stretch of the digest: sorted, each once.

        Args:
            start: First code point in the digest's text.
            end: One past the last code point.
        """
        found = {
            span for one in self.sentences if _overlap((one.start, one.end), (start, end)) for span in one.passages
        }
        return tuple(sorted(found))

    def to_digest(self, start: int, end: int) -> tuple[Span, ...]:
        """The sentences of the digest for a stretch of the original: sorted, each once.

        Args:
            start: First code point in the original's text.
            end: One past the last code point.
        """
        found = {
            (one.start, one.end) for one in self.sentences if any(_overlap(span, (start, end)) for span in one.passages)
        }
        return tuple(sorted(found))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def passages_path(path: Path) -> Path:
    """Where the sidecar of a digest stands: `x.md` has `x.passages.yaml` beside it."""
    return path.with_name(f"{path.stem}.passages.yaml")


def read_passages(path: Path, text: str, article: str) -> Passages:
    """The sidecar of a digest, checked against it.

    Args:
        path: The sidecar.
        text: The digest's text, over which its offsets count.
        article: The digest's id.

    Raises:
        InputError: Not readable, not of the form, of another article, or stale (the digest was changed after it).
    """
    top = nodes.compose(read_text(path, "sidecar bytes"), path)
    fields = nodes.mapping(
        top, path, {"article", "digest_sha256", "sentences"}, {"article", "digest_sha256", "sentences"}
    )
    stated = nodes.sha256(fields["article"], path, "article")
    if stated != article:
        reason = (
            f"line {nodes.line(fields['article'])}: 'article' is not the id of the digest beside it: give {article}"
        )
        raise InputError(path, reason)
    if nodes.sha256(fields["digest_sha256"], path, "digest_sha256") != hashlib.sha256(text.encode()).hexdigest():
        reason = (
            f"line {nodes.line(fields['digest_sha256'])}: the sidecar is stale, for its digest was changed after it: "
            "mend its offsets and its digest_sha256"
        )
        raise InputError(path, reason)
    found: list[Sentence] = []
    for node in nodes.sequence(fields["sentences"], path, "sentences"):
        parts = nodes.mapping(node, path, {"start", "end", "passages"}, {"start", "end", "passages"})
        start, end = (nodes.integer(parts[key], path, key) for key in ("start", "end"))
        after = found[-1].end if found else 0
        if not after <= start < end <= len(text):
            reason = (
                f"{start} to {end} is no stretch of the digest after {after} and up to {len(text)}: mend the offsets"
            )
            raise InputError(path, f"line {nodes.line(node)}: {reason}")
        spans = tuple(_span(span, path) for span in nodes.sequence(parts["passages"], path, "passages"))
        found.append(Sentence(start, end, spans))
    return Passages(stated, tuple(found))


def _span(node: yaml.Node, path: Path) -> Span:
    numbers = [nodes.integer(part, path, "passages") for part in nodes.sequence(node, path, "passages")]
    if len(numbers) != 2 or not 0 <= numbers[0] < numbers[1]:
        raise InputError(
            path, f"line {nodes.line(node)}: a passage of 'passages' is not [start, end]: mend the offsets"
        )
    return numbers[0], numbers[1]
