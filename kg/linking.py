"""From files and journal to linked articles: read, extracted, made one where they tell of one thing.

Nothing is written yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.article.agencies import Agencies, load_agencies
from kg.article.duplicates import near_duplicates
from kg.article.read import discover, read, read_source
from kg.article.text import ArticleText
from kg.build_options import BuildOptions, Reporter
from kg.consolidate.consolidate import Consolidated, consolidate
from kg.curation import Curation, load_curation
from kg.errors import InputError, UsageError
from kg.extract.cache import extract_cached
from kg.facts.model import Article, Facts
from kg.identity.decisions import Anchored, anchor
from kg.journal import ArticleWrite, Journal
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements
from kg.replay import Written

if TYPE_CHECKING:
    from kg.llm.run import Run

__all__ = ["IRRELEVANT", "Gathered", "Given", "Linked", "gather", "is_relevant", "join", "link", "takes_place"]


@dataclass(frozen=True)
class Given:
    """What a build was given, looked up once: its files, in order, its curation, and what the journal says.

    `curation` is that of the folder alone; `written` has the decisions of the journal.
    """

    paths: tuple[Path, ...]
    curation: Curation
    written: Written = field(default_factory=Written)

    @classmethod
    def of(cls, options: BuildOptions) -> Given:
        """Look it up.

        Raises:
            UsageError: A path or the folder of curation is not there, or a decision cannot be read.
            GraphError: The journal is damaged.
        """
        paths, curation = tuple(discover(options.paths)), load_curation(options.curation)
        return cls(paths, curation, Written.of(Journal(options.home).entries()) if options.journal else Written())


@dataclass(frozen=True)
class Gathered:
    """Articles read and extracted, each by itself.

    Attributes:
        texts: What was read as a text, by id, those among it that say nothing of the border.
        found: The articles that say something.
        refused: A sentence for each file, or entry of the journal, that is left out.
        run: That of a language model, where one was asked.
    """

    texts: tuple[ArticleText, ...]
    found: tuple[ArticleStatements, ...]
    refused: tuple[str, ...] = ()
    run: Run | None = None

    def taking(self, article: ArticleStatements, text: ArticleText | None = None) -> Gathered:
        """The same with one more article, in the place of one of the same id.

        Args:
            article: The article.
            text: Its text, where it may be kept.
        """
        texts = [held for held in self.texts if held.article.id != article.id]
        texts = sorted([*texts, text], key=lambda held: held.article.id) if text is not None else texts
        found = [held for held in self.found if held.id != article.id]
        return replace(self, texts=tuple(texts), found=(*found, article))


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
        given: Its files, curation and journal, where they were looked up before.

    Raises:
        UsageError: No file can be read as an article, or an option cannot be used.
    """
    given = given or Given.of(options)
    knowledge = Knowledge.load(options.border)
    gathered = gather(options, report, given, knowledge)
    report.stage("linking articles")
    return join(gathered, given.written.curated(given.curation), knowledge)


def gather(options: BuildOptions, report: Reporter, given: Given, knowledge: Knowledge) -> Gathered:
    """Read and extract.

    Args:
        options: What the build was asked for.
        report: Who is told.
        given: Its files and journal.
        knowledge: The lexicon of its border.

    Raises:
        UsageError: No file can be read as an article, or an option cannot be used.
    """
    texts, facts, refused = _read_all(options, given, report)
    extracted, run = _extract(options, texts, report)
    for sentence in run.failed if run is not None else ():
        refused.append(sentence)
        report.warn(sentence)
    found: list[ArticleStatements] = []
    for text, extracted_facts in zip(texts, extracted, strict=True):
        if extracted_facts is None:
            continue
        if not is_relevant(extracted_facts):
            refused.append(f"{text.path}: {IRRELEVANT}: it is left out")
            report.warn(refused[-1])
            continue
        found.append(ArticleStatements.of(extracted_facts, text.text, text.passages, knowledge))
    found.extend(ArticleStatements.of(f, knowledge=knowledge) for f in facts)
    if not found:
        raise UsageError(f"none of the files can be built: {'; '.join(refused) or 'no file that can be an article'}")
    return Gathered(tuple(texts), tuple(found), tuple(refused), run)


def join(gathered: Gathered, curation: Curation, knowledge: Knowledge) -> Linked:
    """Link articles.

    Args:
        gathered: The articles.
        curation: What people decided, in files and in the journal.
        knowledge: The lexicon of the border.

    Raises:
        UsageError: A redaction means no entity, or names who is withheld: to go on would publish what it withholds.
    """
    texts, found = gathered.texts, gathered.found
    twins = tuple(
        tuple(sorted(texts[i].article.id for i in group)) for group in near_duplicates(texts) if len(group) > 1
    )
    anchored = anchor(curation, found)
    consolidated = consolidate(found, knowledge, decisions=anchored.decisions, twins=twins)
    if consolidated.withheld.problems:
        raise UsageError(consolidated.withheld.problems[0])
    return Linked(
        found,
        {a.iri: a.text for a in found if a.text is not None},
        anchored,
        curation,
        knowledge,
        consolidated,
        gathered.refused,
        twins,
        gathered.run,
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
    options: BuildOptions, given: Given, report: Reporter
) -> tuple[list[ArticleText], list[Facts], list[str]]:
    agencies = load_agencies(options.border)
    report.stage("reading", len(given.paths) + len(given.written.articles))
    texts: dict[str, ArticleText] = {}
    facts: dict[str, Facts] = {}
    refused: list[str] = []

    def refuse(error: InputError) -> None:
        refused.append(str(error))
        report.warn(str(error))

    for path in given.paths:
        try:
            made = read(path, options.published, agencies)
        except InputError as error:
            refuse(error)
            continue
        report.step(str(path))
        if isinstance(made, Facts):
            facts[made.article.id] = made
        elif takes_place(made.article, _held(made.article.id, texts)):
            texts[made.article.id] = made
    texts = {ident: text for ident, text in texts.items() if ident not in facts}
    for number, write in given.written.articles:
        name = f"journal entry {number}"
        try:
            came = write.facts or _source(name, write, agencies)
        except InputError as error:
            refuse(error)
            continue
        report.step(name)
        ident = came.article.id
        if ident in facts or not takes_place(came.article, _held(ident, texts)):
            continue
        texts.pop(ident, None)
        if isinstance(came, Facts):
            facts[ident] = came
        else:
            texts[ident] = came
    return [texts[ident] for ident in sorted(texts)], [facts[ident] for ident in sorted(facts)], refused


def _source(name: str, write: ArticleWrite, agencies: Agencies) -> ArticleText:
    assert write.text is not None  # ArticleWrite
    return read_source(name, write.text, write.media_type, write.published, agencies)


def _held(ident: str, texts: dict[str, ArticleText]) -> Article | None:
    return texts[ident].article if ident in texts else None


def takes_place(came: Article, held: Article | None) -> bool:
    """Whether an article is taken: there is none of its id, or its digest, which the original replaces."""
    return held is None or (held.kind == "digest" and came.kind == "article")


#: What is said of an article that the graph has no use for.
IRRELEVANT = "says nothing of crossings of this border"


def is_relevant(facts: Facts) -> bool:
    """Whether an article says anything of what the graph is about; persons alone are no news of it."""
    return any(m.cls in {"Incident", "Statistic", "Route"} for m in facts.mentions)
