"""`kg build`: a pure function from texts, curation, ontology, rules and options to a release.

It replaces, it does not add. What was extracted before is taken from a cache keyed by text and extractor; a build of
the same inputs is recognised by their hashes and does nothing. Bad files are named and left out, and the rest is built.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import msgspec

from kg.article.duplicates import near_duplicates
from kg.article.front_matter import sidecar_path
from kg.article.passages import passages_path
from kg.article.read import discover, read
from kg.article.text import ArticleText
from kg.atomic import write_atomically
from kg.consolidate.consolidate import Consolidated, consolidate
from kg.curation import Curation, load_curation
from kg.errors import ExitCode, GraphError, InputError, UsageError
from kg.extract.cache import extract_cached
from kg.facts.model import Facts
from kg.identity.decisions import Anchored, anchor
from kg.inputs import code_hash, files_hash, library_versions, ontology_hash
from kg.knowledge import Knowledge
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.mapping.statements import ArticleStatements
from kg.release.home import Home
from kg.release.publish import ReleaseContent, publish
from kg.release.release import Release
from kg.shapes.blame import claims_at_fault
from kg.shapes.validate import validate

__all__ = ["BuildOptions", "BuildSummary", "Linked", "Reporter", "build", "link"]

#: How often what breaks a shape is left out before the release is refused.
_QUARANTINE_ROUNDS = 3


class Reporter(Protocol):
    """Who is told how a build goes."""

    def stage(self, name: str, total: int = 0) -> None:
        """A stage begins; `total` steps will follow, or an unknown number."""
        ...

    def step(self, what: str) -> None:
        """One step of the stage is done."""
        ...

    def warn(self, sentence: str) -> None:
        """Something is not wholly good."""
        ...


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """What `kg build` was asked for.

    `curation` is the folder of curation, or None for none. `published` holds only for files that state no date.
    """

    paths: tuple[Path, ...]
    home: Home
    curation: Path | None = None
    published: date | None = None
    border: str = "korea"


@dataclass(frozen=True, kw_only=True)
class BuildSummary:
    """How a build ended.

    `refused` names files that are no articles, `quarantined` claims and articles left out because they break a shape,
    `lost` decisions of people that no longer anchor; each a sentence.
    """

    release: str
    counts: dict[str, int] = field(default_factory=dict)
    conflicts: int = 0
    undecided: int = 0
    shapes: dict[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    quarantined: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    unchanged: bool = False

    @property
    def exit_code(self) -> ExitCode:
        """Good, or not wholly good."""
        return ExitCode.NOT_WHOLLY_GOOD if self.refused or self.quarantined or self.lost else ExitCode.GOOD


@dataclass(frozen=True)
class Linked:
    """Articles read, extracted and linked: all that comes before the graph is written."""

    articles: tuple[ArticleStatements, ...]
    texts: dict[str, str]
    anchored: Anchored
    curation: Curation
    knowledge: Knowledge
    consolidated: Consolidated
    refused: tuple[str, ...]
    twins: tuple[tuple[str, ...], ...]

    def without(self, claims: frozenset[str], articles: frozenset[str]) -> Linked:
        """Linked anew without some claims and articles."""
        kept = tuple(a for a in self.articles if a.id not in articles)
        anchored = anchor(self.curation, kept)
        consolidated = consolidate(kept, self.knowledge, decisions=anchored.decisions, twins=self.twins, without=claims)
        return replace(self, articles=kept, anchored=anchored, consolidated=consolidated)


def link(options: BuildOptions, report: Reporter) -> Linked:
    """Read, extract and link; nothing is written but the cache.

    Raises:
        UsageError: No file can be read as an article, or an option cannot be used.
    """
    knowledge = Knowledge.load(options.border)
    curation = load_curation(options.curation)
    texts, facts, refused = _read_all(options, report)
    extracted = extract_cached(texts, options.border, options.home.cache_path / "facts", report)
    found: list[ArticleStatements] = []
    for text, extracted_facts in zip(texts, extracted, strict=True):
        if not _relevant(extracted_facts):
            refused.append(f"{text.path}: says nothing of crossings of this border: it is left out")
            report.warn(refused[-1])
            continue
        found.append(ArticleStatements.of(extracted_facts, text.text, text.passages))
    found.extend(ArticleStatements.of(f) for f in facts)
    if not found:
        raise UsageError(f"none of the files can be built: {'; '.join(refused) or 'no file that can be an article'}")
    report.stage("linking articles")
    twins = tuple(
        tuple(sorted(texts[i].article.id for i in group)) for group in near_duplicates(texts) if len(group) > 1
    )
    anchored = anchor(curation, found)
    consolidated = consolidate(found, knowledge, decisions=anchored.decisions, twins=twins)
    return Linked(
        tuple(found),
        {a.iri: a.text for a in found if a.text is not None},
        anchored,
        curation,
        knowledge,
        consolidated,
        tuple(refused),
        twins,
    )


def build(options: BuildOptions, report: Reporter) -> BuildSummary:
    """Build and publish a release.

    Returns:
        How it ended. A build whose inputs are those of an earlier one does nothing but make that release current.

    Raises:
        UsageError: Nothing can be built of what was given.
        GraphError: The graph breaks a shape even without what is quarantined; the old release stands.
    """
    key, inputs = _inputs(options)
    remembered = options.home.cache_path / "builds" / f"{key}.json"
    before = _unchanged(options.home, remembered)
    if before is not None:
        return before
    linked = link(options, report)
    claims: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    quarantined: list[dict[str, str]] = []
    for _ in range(_QUARANTINE_ROUNDS):
        curated = curation_graph(linked.curation, linked.anchored, linked.consolidated)
        quads = build_quads(linked.consolidated, linked.knowledge, options.border, curated)
        report.stage("validating against the shapes")
        outcome = validate(quads, texts=linked.texts)
        violations = outcome.counts().get("violation", 0)
        if not violations:
            break
        bad_claims, bad_articles, rest = claims_at_fault(outcome, quads)
        if rest or (bad_claims <= claims and bad_articles <= articles):
            break
        claims |= bad_claims
        articles |= bad_articles
        quarantined += [
            {"shape": r.shape, "focus": r.focus, "message": r.message}
            for r in outcome.results
            if r.severity == "violation"
        ]
        report.stage("linking again without what is quarantined")
        linked = linked.without(claims, articles)
    if violations:
        first = next(r for r in outcome.results if r.severity == "violation")
        raise GraphError(
            f"{violations} shape violations remain, the release is refused; the first: {first.message} ({first.focus})"
        )
    report.stage("publishing")
    summary = _summary(linked, quarantined, outcome.counts())
    release = publish(
        options.home,
        ReleaseContent(
            quads=quads,
            inputs=inputs,
            counts=summary.counts,
            validation_ttl=outcome.turtle(),
            validation_text=outcome.text(),
            quarantined=quarantined,
            notes=(*summary.refused, *summary.lost),
        ),
    )
    summary = replace(summary, release=release.id)
    write_atomically(remembered, json.dumps(asdict(summary), indent=1, sort_keys=True))
    return summary


def _read_all(options: BuildOptions, report: Reporter) -> tuple[list[ArticleText], list[Facts], list[str]]:
    paths = discover(options.paths)
    report.stage("reading", len(paths))
    texts: dict[str, ArticleText] = {}
    facts: dict[str, Facts] = {}
    refused: list[str] = []
    for path in paths:
        try:
            made = read(path, options.published)
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


def _relevant(facts: Facts) -> bool:
    """Whether an article says anything of what the graph is about; persons alone are no news of it."""
    return any(m.cls in {"Incident", "Statistic", "Route"} for m in facts.mentions)


def _inputs(options: BuildOptions) -> tuple[str, dict[str, Any]]:
    """The key of a build and the manifest's inputs."""
    paths = discover(options.paths)
    files = [(str(number), path) for number, path in enumerate(paths)]
    beside = [p for path in paths for p in (sidecar_path(path), passages_path(path)) if p.is_file()]
    inputs: dict[str, Any] = {
        "texts": files_hash([*files, *((f"{n} beside", p) for n, p in enumerate(beside))]),
        "curation": load_curation(options.curation).sha256,
        "ontology": ontology_hash(options.border),
        "code": code_hash(),
        "libraries": library_versions(),
        "options": {
            "border": options.border,
            "published": options.published.isoformat() if options.published else None,
        },
    }
    # A file's name is part of what is said of it when it is refused, so it is part of the key, not of the data.
    named = {**inputs, "names": [str(path) for path in paths]}
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest(), inputs


def _unchanged(home: Home, remembered: Path) -> BuildSummary | None:
    """The summary of an earlier build of the same inputs, if its release still stands; it is made current."""
    if not remembered.is_file():
        return None
    try:
        summary = msgspec.json.decode(remembered.read_bytes(), type=BuildSummary)
    except msgspec.MsgspecError:
        return None
    release = Release(home.releases_path / summary.release)
    if not (release.path / "manifest.json").is_file():
        return None
    current = home.current()
    if current is None or current.path.resolve() != release.path.resolve():
        with home.lock():
            home.point_current(release)
    return replace(summary, unchanged=True)


def _summary(linked: Linked, quarantined: Sequence[dict[str, str]], shapes: dict[str, int]) -> BuildSummary:
    entities = linked.consolidated.entities
    counts = Counter(e.cls for e in entities)
    conflicts = [c for e in entities for c in e.conflicts]
    return BuildSummary(
        release="",
        counts={"Article": len(linked.articles), **dict(sorted(counts.items()))},
        conflicts=len(conflicts),
        undecided=sum(1 for c in conflicts if c.preferred is None),
        shapes=shapes,
        refused=linked.refused,
        quarantined=tuple(_sentences(quarantined)),
        lost=linked.anchored.lost,
    )


def _sentences(quarantined: Iterable[dict[str, str]]) -> Iterable[str]:
    return (f"{item['focus']}: {item['message']}" for item in quarantined)
