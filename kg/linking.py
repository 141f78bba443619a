"""From files to linked articles: read, extracted, made one where they tell of one thing; nothing is written yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.article.agencies import load_agencies
from kg.article.duplicates import near_duplicates
from kg.article.read import discover, read
from kg.article.text import ArticleText
from kg.build_options import BuildOptions, Reporter
from kg.consolidate.consolidate import Consolidated, consolidate
from kg.curation import Curation, load_curation
from kg.errors import InputError, UsageError
from kg.extract.cache import extract_cached
from kg.facts.model import Facts
from kg.identity.decisions import Anchored, anchor
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements

if TYPE_CHECKING:
    from kg.llm.run import Run

__all__ = ["Given", "Linked", "is_relevant", "link"]


@dataclass(frozen=True)
class Given:
    """What a build was given, looked up once: its files, in order, and its curation."""

    paths: tuple[Path, ...]
    curation: Curation

    @classmethod
    def of(cls, options: BuildOptions) -> Given:
        """Look it up.

        Raises:
            UsageError: A path or the folder of curation is not there, or a decision cannot be read.
        """
        return cls(tuple(discover(options.paths)), load_curation(options.curation))


@dataclass(frozen=True)
class Linked:
    """Articles read, extracted and linked: all that comes before the graph is written.

    `run` is that of a language model, where one was asked.
    """

    articles: tuple[ArticleStatements, ...]
    texts: dict[str, str]
    anchored: Anchored
    curation: Curation
    knowledge: Knowledge
    consolidated: Consolidated
    refused: tuple[str, ...]
    twins: tuple[tuple[str, ...], ...]
    run: Run | None = None

    def without(self, claims: frozenset[str], articles: frozenset[str]) -> Linked:
        """Linked anew without some claims and articles."""
        kept = tuple(a for a in self.articles if a.id not in articles)
        anchored = anchor(self.curation, kept)
        consolidated = consolidate(kept, self.knowledge, decisions=anchored.decisions, twins=self.twins, without=claims)
        return replace(self, articles=kept, anchored=anchored, consolidated=consolidated)


def link(options: BuildOptions, report: Reporter, given: Given | None = None) -> Linked:
    """Read, extract and link; nothing is written but the cache.

    Args:
        options: What the build was asked for.
        report: Who is told.
        given: Its files and curation, where they were looked up before.

    Raises:
        UsageError: No file can be read as an article, or an option cannot be used.
    """
    given = given or Given.of(options)
    knowledge = Knowledge.load(options.border)
    texts, facts, refused = _read_all(options, given.paths, report)
    extracted, run = _extract(options, texts, report)
    for sentence in run.failed if run is not None else ():
        refused.append(sentence)
        report.warn(sentence)
    found: list[ArticleStatements] = []
    for text, extracted_facts in zip(texts, extracted, strict=True):
        if extracted_facts is None:
            continue
        if not is_relevant(extracted_facts):
            refused.append(f"{text.path}: says nothing of crossings of this border: it is left out")
            report.warn(refused[-1])
            continue
        found.append(ArticleStatements.of(extracted_facts, text.text, text.passages, knowledge))
    found.extend(ArticleStatements.of(f, knowledge=knowledge) for f in facts)
    if not found:
        raise UsageError(f"none of the files can be built: {'; '.join(refused) or 'no file that can be an article'}")
    report.stage("linking articles")
    twins = tuple(
        tuple(sorted(texts[i].article.id for i in group)) for group in near_duplicates(texts) if len(group) > 1
    )
    anchored = anchor(given.curation, found)
    consolidated = consolidate(found, knowledge, decisions=anchored.decisions, twins=twins)
    return Linked(
        tuple(found),
        {a.iri: a.text for a in found if a.text is not None},
        anchored,
        given.curation,
        knowledge,
        consolidated,
        tuple(refused),
        twins,
        run,
    )


def _extract(
    options: BuildOptions, texts: Sequence[ArticleText], report: Reporter
) -> tuple[Sequence[Facts | None], Run | None]:
    """The facts of each text, None for one that a language model could not read."""
    rules: list[Facts] | None = None
    if options.extractor != "llm":
        rules = extract_cached(texts, options.border, options.home.cache_path / "facts", report)
        if options.model is None or options.extractor == "rules":
            return rules, None
    from kg.llm.run import run

    assert options.model is not None  # BuildOptions
    made = run(texts, rules, options.model, options.answers_path, options.border, report)
    return made.facts, made


def _read_all(
    options: BuildOptions, paths: Sequence[Path], report: Reporter
) -> tuple[list[ArticleText], list[Facts], list[str]]:
    agencies = load_agencies(options.border)
    report.stage("reading", len(paths))
    texts: dict[str, ArticleText] = {}
    facts: dict[str, Facts] = {}
    refused: list[str] = []
    for path in paths:
        try:
            made = read(path, options.published, agencies)
        except InputError as error:
            refused.append(str(error))
            report.warn(str(error))
            continue
        report.step(str(path))
        if isinstance(made, Facts):
            facts[made.article.id] = made
            continue
        held = texts.get(made.article.id)
        # The original replaces its digest, whichever was read first.
        if held is None or (held.article.kind == "digest" and made.article.kind == "article"):
            texts[made.article.id] = made
    ordered = [texts[ident] for ident in sorted(texts) if ident not in facts]
    return ordered, [facts[ident] for ident in sorted(facts)], refused


def is_relevant(facts: Facts) -> bool:
    """Whether an article says anything of what the graph is about; persons alone are no news of it."""
    return any(m.cls in {"Incident", "Statistic", "Route"} for m in facts.mentions)
