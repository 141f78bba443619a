"""What a result about a release rests on: the line of the article, of the curation or of the ontology to mend.

A release is made, so nobody mends its dump. A result about a claim, its words or the value that it founds leads to the
words of the article; one about a judgement, a correction or a registered id to the entry of curation; one about a term
or a place of the gazetteer to the statement in the ontology.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pyoxigraph import Quad

from kg.article.decode import read_text
from kg.article.read import discover, read
from kg.article.text import ArticleText
from kg.errors import InputError, UsageError
from kg.ids import entity_iri
from kg.namespaces import BASE, expand
from kg.resources import border_dir, ontology_dir
from kg.shapes.blame import Claims
from kg.shapes.locate import Located, Locator
from kg.shapes.locations import Lines, Location
from kg.shapes.report import Result

__all__ = ["ArticleFile", "Sources", "article_files", "ontology_files"]

_EVIDENCE, _SOURCE, _SELECTOR = expand("cx:evidence"), expand("oa:hasSource"), expand("oa:hasSelector")
_START, _END, _HASH = expand("oa:start"), expand("oa:end"), expand("cx:textHash")
_BY, _ON, _REASON = expand("cx:judgedBy"), expand("cx:judgedOn"), expand("cx:reason")
_KEPT = frozenset({_EVIDENCE, _SOURCE, _SELECTOR, _START, _END, _HASH, _BY, _ON, _REASON})
_REGISTERED = frozenset({expand("dcterms:identifier"), expand("dcterms:isReplacedBy")})
#: More places than these help nobody.
_MOST = 5


@dataclass(frozen=True)
class ArticleFile:
    """A file that an article was read from: its text, and the offset of that in the file, if it stands there whole."""

    path: Path
    iri: str
    text: str
    text_sha256: str
    offset: int | None
    lines: Lines

    def at(self, start: int, end: int) -> Location:
        """The place of some words, by their offsets in the text; of HTML, whose text is extracted, the file alone."""
        if self.offset is None:
            return Location(self.path)
        return self.lines.location(self.path, start + self.offset, end + self.offset)


def article_files(folder: Path) -> Iterator[ArticleFile]:
    """The articles that a folder, or a file, holds; what is no article is passed over, as a build does.

    Raises:
        UsageError: The folder is not there.
    """
    for path in discover([folder]):
        try:
            made = read(path)
        except InputError:
            continue  # `kg build` names it, with the reason
        if isinstance(made, ArticleText):
            whole = read_text(path)
            offset = len(whole) - len(made.text) if whole.endswith(made.text) else None
            record = made.article
            iri = entity_iri("article", record.id)
            yield ArticleFile(path, iri, made.text, record.text_sha256, offset, Lines(whole))


def ontology_files(border: str) -> list[Path]:
    """The Turtle files that a release's vocabulary, gazetteer and ontology are made of.

    Args:
        border: The border of the release: a name, or a folder, which need not be there any more.
    """
    folder = ontology_dir()
    shared = [folder / "ontology.ttl", *sorted((folder / "vocabulary").glob("*.ttl"))]
    try:
        return [*shared, *sorted(border_dir(border).glob("*.ttl"))]
    except UsageError:
        return shared


class Sources:
    """Leads from a result about a release to what the value was made of.

    Args:
        quads: The quads of the release.
        articles: The files of its articles, as far as they are at hand.
        curation: The folder of curation, if there is one.
        ontology: The files of the ontology.
        results: The results that will be asked for.
    """

    def __init__(
        self,
        quads: Sequence[Quad],
        articles: Iterable[ArticleFile],
        curation: Path | None,
        ontology: Sequence[Path],
        results: Sequence[Result],
    ) -> None:
        self._claims = Claims(quads)
        self._of: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            if quad.predicate.value in _KEPT:
                self._of[getattr(quad.subject, "value", "")][quad.predicate.value].append(
                    getattr(quad.object, "value", "")
                )
        self._files = {(file.iri, file.text_sha256): file for file in articles}
        self._curation = _entries(curation)
        self._ontology = Locator(ontology, results)

    def locate(self, result: Result) -> Located | None:
        """The place that a result rests on, or None where it rests on nothing that is at hand."""
        words = self._words(result)
        if words:
            others = [("the words of another claim behind it", place) for place in words[1:_MOST]]
            return Located(words[0], tuple(others))
        return self._entry(result) or self._ontology.locate(result)

    def _words(self, result: Result) -> list[Location]:
        focus = result.focus
        if self._of[focus][_SOURCE]:
            return self._evidence([focus])
        claims, article = self._claims.blame(result)
        behind = claims or ({focus} if self._of[focus][_EVIDENCE] else set())
        found = self._evidence([e for claim in sorted(behind) for e in self._of[claim][_EVIDENCE]])
        file = self._file(article) if article is not None and not found else None
        return [Location(file.path)] if file is not None else found

    def _evidence(self, nodes: Iterable[str]) -> list[Location]:
        """The places of evidences, in the order of file and line, each once."""
        found: set[Location] = set()
        for node in nodes:
            file = next(filter(None, map(self._file, self._of[node][_SOURCE])), None)
            for selector in self._of[node][_SELECTOR]:
                start, end = self._of[selector][_START], self._of[selector][_END]
                if file is not None and start and end:
                    found.add(file.at(int(start[0]), int(end[0])))
        return sorted(found)

    def _file(self, article: str) -> ArticleFile | None:
        """The file of an article, if it is at hand with the very text that the release was made of."""
        return next(filter(None, (self._files.get((article, sha)) for sha in self._of[article][_HASH])), None)

    def _entry(self, result: Result) -> Located | None:
        of = self._of[result.focus]
        said = tuple(next(iter(of[predicate]), "") for predicate in (_BY, _ON, _REASON))
        for keys, place in self._curation:
            # What the graph does not state may be just what is amiss.
            if any(said) and len(keys) == len(said) and all(s in ("", key) for s, key in zip(said, keys, strict=True)):
                return Located(place)
            if result.path in _REGISTERED and result.focus == f"{BASE}id/{keys[0]}" and len(keys) == 1:
                return Located(place)
        return None


def _entries(folder: Path | None) -> list[tuple[tuple[str, ...], Location]]:
    """The entries of a folder of curation: who said it, when and why, or the registered id, and the entry's line."""
    found: list[tuple[tuple[str, ...], Location]] = []
    for path in sorted(folder.glob("*.yaml")) if folder is not None and folder.is_dir() else []:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
        for entry in getattr(node, "value", []):
            pairs = entry.value if isinstance(entry, yaml.MappingNode) else []
            said = {key.value: value.value for key, value in pairs if isinstance(value, yaml.ScalarNode)}
            place = Location(path, entry.start_mark.line + 1, entry.start_mark.column + 1)
            if "by" in said:
                found.append((tuple(said.get(key, "") for key in ("by", "on", "reason")), place))
            elif "id" in said:
                found.append(((said["id"],), place))
    return found
