"""Opens the graph of a home: what gives its current release, and the entries of the journal that came after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.article.read import discover
from kg.curation.redactions import REDACTIONS
from kg.errors import GraphError, UsageError
from kg.gate import without_objection
from kg.journal import Entry
from kg.linking import Given, gather
from kg.redaction.traces import purge_caches
from kg.release.manifest import Reissue
from kg.release.quads import canonical_lines, digest_of
from kg.release.release import Release
from kg.release.withheld import refuse_withheld
from kg.replay import Written
from kg.sources import taken_up
from kg.writing.state import Gatherer, State

__all__ = ["opened"]


def opened(gatherer: Gatherer, release: Release, entries: Sequence[Entry]) -> State:
    """The state of a release and of all entries.

    Args:
        gatherer: What makes states.
        release: The current release.
        entries: The journal.

    Raises:
        UsageError: The sources no longer give the release, or what was written names who another one withholds.
        GraphError: The journal is not the one that the release was built with, or no longer passes the gate.
    """
    number = _taken_up(gatherer, release, entries)
    given = Given(tuple(discover(gatherer.options.paths)), gatherer.curation, Written.of(entries[:number]))
    state = _of_release(gatherer, release, given)
    if number < len(entries):
        state = gatherer.from_sources(Given(given.paths, given.curation, Written.of(entries)))
        refuse_withheld(gatherer.options.home, (line.encode() for line in state.passed.quads.lines()))
    if release.manifest.reissue is not None:
        # To read the texts again has put into the cache what the redaction took out of it.
        purge_caches(gatherer.options.home, state.passed.linked.consolidated.withheld.names)
    if state.passed.violations:
        first = next(result for result in state.passed.report.results if result.severity == "violation")
        raise GraphError(
            f"what was written since release {release.id} no longer passes the shapes ({first.message} {first.focus}): "
            "run kg build to see what it gives"
        )
    return state


def _taken_up(gatherer: Gatherer, release: Release, entries: Sequence[Entry]) -> int:
    """How many entries the release holds."""
    number, sha256 = taken_up(gatherer.options.home, release)
    if number and (number > len(entries) or entries[number - 1].sha256 != sha256):
        raise GraphError(
            f"the journal of {gatherer.options.home.path} is not the one that release {release.id} was built with: "
            "restore it, or run kg build"
        )
    return number


def _of_release(gatherer: Gatherer, release: Release, given: Given) -> State:
    if release.manifest.reissue is not None:
        return _of_reissued(gatherer, release, given, release.manifest.reissue)
    # What gives the release has passed the shapes. Only where something was left out the gate has to be asked again.
    for validator in (without_objection, None):
        state = gatherer.from_sources(given, validator)
        if digest_of(canonical_lines(state.passed.quads)) == release.manifest.digest:
            return state
    raise _changed(release)


def _of_reissued(gatherer: Gatherer, release: Release, given: Given, reissue: Reissue) -> State:
    """The state of a release that was made of the quads of another, without who was redacted since that was built.

    The sources, without those redactions, have to give the one that was built; then what they give with them is what a
    build gives. It may hold more than the release does: from quads alone more is left out than from texts.
    """
    known = {one.id for one in given.curation.redactions}
    missing = sorted(set(reissue.redactions) - known)
    if missing or not reissue.redactions:
        what = missing[0] if missing else "somebody"
        raise UsageError(
            f"release {release.id} withholds {what}, and the redactions of the curation that it was built with "
            f"({given.curation.folder or 'none'}) do not: add it to {REDACTIONS} there, and run kg build"
        )
    earlier = tuple(one for one in given.curation.redactions if one.id not in reissue.redactions)
    as_built = replace(gatherer, curation=replace(given.curation, redactions=earlier))
    gathered = gather(gatherer.options, gatherer.report, given, gatherer.knowledge)
    for validator in (without_objection, None):
        built = as_built.joined(gathered, given.written, validator=validator)
        if digest_of(canonical_lines(built.passed.quads)) == reissue.digest:
            break
    else:
        raise _changed(release)
    return gatherer.joined(gathered, given.written)


def _changed(release: Release) -> UsageError:
    return UsageError(
        f"the sources no longer give release {release.id} (files, curation or the program changed, or it was rolled "
        "back): run kg build"
    )
