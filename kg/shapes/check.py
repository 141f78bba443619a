"""Validates a release or files and says where each result stands: what `kg validate` does, without its options."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad
from rdflib import Graph

from kg.errors import GraphError
from kg.release.release import Release
from kg.shapes.advanced import validate_advanced
from kg.shapes.changed import checkout_of
from kg.shapes.data import union
from kg.shapes.load import load_only, load_shapes
from kg.shapes.locate import Located, Locator
from kg.shapes.locations import Location
from kg.shapes.outcome import Finding, Outcome, fingerprints
from kg.shapes.read import rdf_files, read_quads, release_quads
from kg.shapes.report import Report, Result
from kg.shapes.rules import Rules
from kg.shapes.sources import ArticleFile, Sources, article_files, ontology_files
from kg.shapes.validate import validate

__all__ = ["Request", "check"]


@dataclass(frozen=True)
class Request:
    """What to validate, and how.

    Args:
        files: RDF files and folders of them; empty for the release.
        release: The release, where there are no files.
        shapes: Files of shapes, which are then the only ones; empty for those of the project.
        more_shapes: Files of shapes that are added to those of the project.
        texts: A folder of articles, so that quotes are checked and results lead to their lines.
        seeds: Where the articles of a release are looked for beside that, for the lines alone.
        curation: The folder of curation that the release was built with.
        engine: The engine, or `auto`.
        focus: The only focus nodes to look at; empty for all.
        advanced: Whether SHACL Advanced Features are on.
        js: Whether SHACL-JS is on.
        severity: From which severity on a result makes the run fail.
    """

    files: Sequence[Path] = ()
    release: Release | None = None
    shapes: Sequence[Path] = ()
    more_shapes: Sequence[Path] = ()
    texts: Path | None = None
    seeds: Path | None = None
    curation: Path | None = None
    engine: str = "auto"
    focus: frozenset[str] = frozenset()
    advanced: bool = False
    js: bool = False
    severity: str = "violation"


def check(request: Request, tell: Callable[[str], None] = lambda _: None) -> Outcome:
    """Validate, and find the place of each result.

    Args:
        request: What to validate.
        tell: Is told what is being done, shape by shape where the engine allows it.

    Raises:
        UsageError: Something cannot be read.
        ShapesError: The shapes are broken.
    """
    tell("reading the shapes")
    shapes = load_only(request.shapes) if request.shapes else load_shapes(request.more_shapes)
    files = rdf_files(request.files, [*request.shapes, *request.more_shapes])
    articles = list(article_files(request.texts)) if request.texts is not None else []
    texts = {article.iri: article.text for article in articles}
    absent = set(request.focus)
    report = _run(request, files, shapes, texts, tell, absent)
    if report.results:
        tell("looking for the lines")
    rules = Rules(shapes)
    paths = files or [_release(request).data_path]
    sought = Locator(paths, report.results)
    sources = _sources(request, articles, report.results) if not files and report.results else None
    made = [
        _finding(result, fingerprint, rules, _located(result, sought, sources, paths))
        for result, fingerprint in zip(
            report.results, fingerprints(report.results, rules, sought.describe), strict=True
        )
    ]
    return Outcome(
        report=report,
        new=tuple(made),
        rules=rules,
        notes=tuple(
            f"The focus node {iri} is not in the data: give its full IRI, as the data have it."
            for iri in sorted(absent)
        ),
        severity=request.severity,
        what=f"release {_release(request).id}" if not files else _named(files),
        root=checkout_of(Path.cwd()) or Path.cwd(),
    )


def _run(
    request: Request,
    files: list[Path],
    shapes: Graph,
    texts: dict[str, str],
    tell: Callable[[str], None],
    absent: set[str],
) -> Report:
    """The one place where an engine is asked; the nodes that the data have are taken out of `absent`."""
    ours = not request.shapes
    quads = _quads(request, files)
    if absent:
        quads = _noticed(quads, absent)
    if request.advanced or request.js:
        triples = union(quads, texts) if ours else (quad.triple for quad in quads)
        return validate_advanced(triples, shapes, focus=request.focus, js=request.js, tell=tell)
    return validate(
        quads, texts=texts, shapes=shapes, progress=tell, engine=request.engine, focus=request.focus, ours=ours
    )


def _quads(request: Request, files: list[Path]) -> Iterator[Quad]:
    return read_quads(files) if files else release_quads(_release(request))


def _noticed(quads: Iterator[Quad], absent: set[str]) -> Iterator[Quad]:
    for quad in quads:
        absent.difference_update(term.value for term in (quad.subject, quad.object) if isinstance(term, NamedNode))
        yield quad


def _release(request: Request) -> Release:
    assert request.release is not None  # the caller gives files or a release
    return request.release


def _sources(request: Request, articles: list[ArticleFile], results: Sequence[Result]) -> Sources:
    release = _release(request)
    if request.seeds is not None and (request.texts is None or request.seeds.resolve() != request.texts.resolve()):
        articles = [*article_files(_near(request.seeds)), *articles]
    try:
        border = str(release.manifest.inputs.get("options", {}).get("border", ""))
    except GraphError:
        border = ""
    curation = _near(request.curation) if request.curation is not None else None
    ontology = [_near(path) for path in ontology_files(border)]
    return Sources(list(release_quads(release)), articles, curation, ontology, results)


def _near(path: Path) -> Path:
    """A path as a person would name it: from the working directory on, where it is below that."""
    here = Path.cwd()
    return path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path


def _located(result: Result, sought: Locator, sources: Sources | None, paths: Sequence[Path]) -> Located:
    stated = sought.locate(result)
    resting = sources.locate(result) if sources is not None else None
    if resting is None:
        return stated or Located(Location(paths[0]))
    lines = (("the statement in the release", stated.location),) if stated is not None else ()
    return replace(resting, others=(*resting.others, *lines))


def _finding(result: Result, fingerprint: str, rules: Rules, located: Located) -> Finding:
    # A node shape gives the focus node itself as the value: once is enough.
    value = "" if result.value is None or result.value.value == result.focus else str(result.value)
    if result.value is not None and value.startswith("<"):
        value = rules.short(result.value.value)
    return Finding(
        result=result,
        rule=rules.of(result),
        location=located.location,
        related=located.others,
        fingerprint=fingerprint,
        path=rules.path_of(result),
        focus=rules.short(result.focus),
        value=value if len(value) <= _LONGEST else f"{value[: _LONGEST - 3]}...",
    )


#: A value is shown up to so many characters.
_LONGEST = 120


def _named(files: Sequence[Path]) -> str:
    return str(files[0]) if len(files) == 1 else f"{len(files)} files"
