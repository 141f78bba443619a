"""Releases made of articles at hand, without reading and extracting: for what asks a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.consolidate.consolidate import consolidate
from kg.curation import Curation
from kg.identity.decisions import anchor
from kg.knowledge import Knowledge
from kg.mapping.curation_graph import curation_graph
from kg.mapping.graph import build_quads
from kg.mapping.statements import ArticleStatements, Chain
from kg.release import Home, ReleaseContent, publish

__all__ = ["released"]


def released(
    home: Path,
    articles: Sequence[ArticleStatements],
    *,
    curation: Curation | None = None,
    same: frozenset[frozenset[Chain]] = frozenset(),
    twins: Sequence[Sequence[str]] = (),
) -> Home:
    """Publish the articles as the current release of a home.

    Args:
        home: The home's folder.
        articles: The articles.
        curation: What people decided.
        same: Accounts of incidents that are one, beside what the curation says.
        twins: Groups of ids of articles of nearly the same words.
    """
    knowledge, decided = Knowledge.load(), curation or Curation()
    anchored = anchor(decided, articles)
    decisions = replace(anchored.decisions, same=anchored.decisions.same | same)
    made = consolidate(articles, knowledge, decisions=decisions, twins=twins)
    graph = curation_graph(decided, replace(anchored, decisions=decisions), made)
    where = Home(home)
    publish(where, ReleaseContent(quads=build_quads(made, knowledge, "korea", graph)))
    return where
