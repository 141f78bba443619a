"""`kg build`: a pure function from texts, curation, journal, ontology, rules and options to a release.

It replaces, it does not add. What was extracted before is taken from a cache keyed by text and extractor; a build of
the same inputs is recognised by their hashes and does nothing. Bad files are named and left out, and the rest is built.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import msgspec

from kg.article.front_matter import sidecar_path
from kg.article.passages import passages_path
from kg.atomic import write_atomically
from kg.build_options import BuildOptions, BuildSummary, Reporter
from kg.errors import GraphError
from kg.gate import Passed, through_the_gate
from kg.inputs import code_hash, files_hash, library_versions, ontology_hash
from kg.linking import Given, Linked, link
from kg.redaction.counts import counts_of
from kg.release.home import Home
from kg.release.publish import ReleaseContent, publish
from kg.release.quads import read_lines
from kg.release.release import Release
from kg.release.withheld import refuse_withheld
from kg.replay import Written
from kg.sources import Sources

__all__ = ["BuildOptions", "BuildSummary", "Linked", "Reporter", "build", "link"]


def build(options: BuildOptions, report: Reporter) -> BuildSummary:
    """Build and publish a release.

    Returns:
        How it ended. A build whose inputs are those of an earlier one does nothing but make that release current.

    Raises:
        UsageError: Nothing can be built of what was given, or it would name who another release withholds.
        GraphError: The graph breaks a shape even without what is quarantined; the old release stands.
    """
    given = Given.of(options)
    key, inputs = _inputs(options, given)
    remembered = options.home.cache_path / "builds" / f"{key}.json"
    before = _unchanged(options.home, remembered)
    if before is not None:
        Sources.of(options, given.written, before.release).write(options.home)
        return before
    linked = link(options, report, given)
    if linked.run is not None:
        inputs["extractor"]["answers"] = linked.run.answers
    passed = through_the_gate(linked, options.border, given.written.annotations, report)
    if passed.violations:
        raise GraphError(_refusal(passed, given.written))
    report.stage("publishing")
    summary = _summary(passed)
    release = publish(
        options.home,
        ReleaseContent(
            quads=passed.quads,
            inputs=inputs,
            counts=summary.counts,
            validation_ttl=passed.report.turtle(),
            validation_text=passed.report.text(),
            quarantined=passed.quarantined,
            # What a person reads on the terminal may name who is withheld; a release may not.
            notes=tuple(map(linked.consolidated.withheld.clean, (*summary.refused, *summary.lost))),
        ),
    )
    summary = replace(summary, release=release.id)
    Sources.of(options, given.written, release.id).write(options.home)
    if linked.run is None or not linked.run.failed:
        # What a language model did not answer it may answer the next time: such a build is not one of these inputs.
        write_atomically(remembered, json.dumps(asdict(summary), indent=1, sort_keys=True))
    return summary


def _inputs(options: BuildOptions, given: Given) -> tuple[str, dict[str, Any]]:
    """The key of a build and the manifest's inputs."""
    paths = given.paths
    files = [(str(number), path) for number, path in enumerate(paths)]
    beside = [p for path in paths for p in (sidecar_path(path), passages_path(path)) if p.is_file()]
    inputs: dict[str, Any] = {
        "texts": files_hash([*files, *((f"{n} beside", p) for n, p in enumerate(beside))]),
        "curation": given.curation.sha256,
        "journal": {"entries": given.written.number, "sha256": given.written.sha256},
        "ontology": ontology_hash(options.border),
        "code": code_hash(),
        "libraries": library_versions(),
        "extractor": {"name": options.extractor, **_model(options)},
        "options": {
            "border": options.border,
            "published": options.published.isoformat() if options.published else None,
        },
    }
    # A file's name is part of what is said of it when it is refused, so it is part of the key, not of the data.
    named = {**inputs, "names": [str(path) for path in paths]}
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest(), inputs


def _model(options: BuildOptions) -> dict[str, Any]:
    if options.model is None or options.extractor == "rules":
        return {}
    from kg.llm.run import model_inputs

    return model_inputs(options.model, options.answers_path, options.border)


def _unchanged(home: Home, remembered: Path) -> BuildSummary | None:
    """The summary of an earlier build of the same inputs, if its release still stands; it is made current.

    Raises:
        UsageError: It names who another release of the home withholds.
    """
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
            refuse_withheld(home, read_lines(release.data_path))
            home.point_current(release)
    return replace(summary, unchanged=True)


def _refusal(passed: Passed, written: Written) -> str:
    first = next(result for result in passed.report.results if result.severity == "violation")
    aside = " (--no-journal leaves out what was written into the graph)" if written.number else ""
    return (
        f"{passed.violations} shape violations remain, the release is refused{aside}; "
        f"the first: {first.message} ({first.focus})"
    )


def _summary(passed: Passed) -> BuildSummary:
    linked = passed.linked
    entities = linked.consolidated.entities
    counts = Counter(e.cls for e in entities)
    conflicts = [c for e in entities for c in e.conflicts]
    withheld = linked.consolidated.withheld
    return BuildSummary(
        release="",
        counts={
            "Article": len(linked.articles),
            **dict(sorted(counts.items())),
            **({"Withheld": withheld.entities} if withheld else {}),
        },
        conflicts=len(conflicts),
        undecided=sum(1 for c in conflicts if c.preferred is None),
        shapes=passed.report.counts(),
        refused=linked.refused,
        quarantined=tuple(_sentences(passed.quarantined)),
        lost=linked.anchored.lost,
        model=linked.run.sentence if linked.run is not None else "",
        withheld=counts_of(withheld, passed.quads),
    )


def _sentences(quarantined: Iterable[dict[str, str]]) -> Iterable[str]:
    return (f"{item['focus']}: {item['message']}" for item in quarantined)
