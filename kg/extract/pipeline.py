"""The rule extractor: an article that was read becomes one record of facts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.article.text import ArticleText
from kg.extract.aftermath import describe_remarks
from kg.extract.builder import FactsBuilder
from kg.extract.document import parse
from kg.extract.features import find_features
from kg.extract.incidents import find_incidents
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.narrative_times import settle_narrative_times
from kg.extract.nlp import load, model_name
from kg.extract.presence import speaks_of
from kg.extract.quantities import find_quantities
from kg.extract.rules import RULES_DIR
from kg.extract.statistics import find_statistics
from kg.extract.times import find_times
from kg.facts.model import Extractor, Facts

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["begin", "extract", "extract_many", "extractor"]

_VERSION = "0.1.0"


def extract(source: ArticleText, border: str = "korea", nlp: Language | None = None) -> Facts:
    """The facts of one article.

    Args:
        source: The article as `kg.article.read` gave it.
        border: The name of a shipped border, or the folder of another.
        nlp: A spaCy pipeline; absent: the one that `kg.extract.nlp.load` gives.

    Raises:
        UsageError: The border, its rules or the spaCy model cannot be used.
    """
    pipeline = nlp if nlp is not None else load()
    lexicon = Lexicon.load(border)
    builder, at_home = begin(source, border, pipeline)
    if at_home:
        clusters = find_incidents(builder, lexicon)
        find_statistics(builder, lexicon)
        if clusters is not None:
            describe_remarks(builder, clusters)  # last, for what has a property of its own is no remark
    find_features(builder, lexicon)
    return builder.finish(_extractor(border, _model_mark(pipeline)))


def begin(source: ArticleText, border: str, nlp: Language) -> tuple[FactsBuilder, bool]:
    """An article with its times, names and numbers, and whether it speaks of the border: what all else is read from.

    Args:
        source: The article.
        border: The name of a shipped border, or the folder of another.
        nlp: A spaCy pipeline.

    Raises:
        UsageError: The border or its rules cannot be used.
    """
    lexicon = Lexicon.load(border)
    builder = FactsBuilder(parse(source.article, source.text, source.blocks, nlp))
    find_times(builder)
    settle_narrative_times(builder)
    at_home = speaks_of(builder.document, lexicon)
    find_names(builder, lexicon, ways=at_home)
    find_quantities(builder)
    return builder, at_home


def extract_many(sources: Iterable[ArticleText], border: str = "korea") -> Iterator[Facts]:
    """The facts of several articles, in their order, with one pipeline and one lexicon.

    Each record is given as soon as it is made: whoever keeps it loses none of them when the run is broken off.

    Args:
        sources: The articles.
        border: The name of a shipped border, or the folder of another.

    Raises:
        UsageError: As `extract`.
    """
    for source in sources:
        yield extract(source, border)


def extractor(border: str = "korea") -> Extractor:
    """Who extracts: name, version and a hash over code, grammar, lexicon and model.

    The model stands in the hash by name and version, so that a cache of facts is not used for another model.
    """
    return _extractor(border, _model_mark(load()))


@lru_cache(maxsize=2)
def _model_mark(nlp: Language) -> str:
    meta = nlp.meta
    return f"{model_name()} {meta.get('lang')}_{meta.get('name')} {meta.get('version')}"


@lru_cache(maxsize=8)
def _extractor(border: str, model: str) -> Extractor:
    digest = hashlib.sha256(f"{_VERSION}\0{model}\0{Lexicon.load(border).sha256}\0".encode())
    packs = sorted([*RULES_DIR.glob("*.yaml"), *RULES_DIR.glob("*.json")])
    for path in (*sorted(Path(__file__).resolve().parent.glob("*.py")), *packs):
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return Extractor(name="rules", version=_VERSION, hash=digest.hexdigest())
