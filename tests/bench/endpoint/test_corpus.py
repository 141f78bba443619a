"""The synthetic corpus: the same for a seed, whole records, and a graph that breaks no shape."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from bench.endpoint.articles import articles
from bench.endpoint.corpus import QUADS_AN_ARTICLE, Corpus, Request, corpus
from bench.endpoint.telling import Teller
from bench.endpoint.world import Places
from kg.facts.checks import problems
from kg.facts.model import Facts
from kg.knowledge import Knowledge
from kg.namespaces import PREFIXES

ARTICLES = 5


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(Knowledge.load().lexicon)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpora")


@pytest.fixture(scope="module")
def small(folder: Path) -> Corpus:
    """Checked against the shapes when it is built: a claim that breaks one fails here."""
    return corpus(folder, Request(11_000 + ARTICLES * QUADS_AN_ARTICLE, validated=True), Teller())


def firsts(places: Places, seed: int, many: int) -> list[Facts]:
    return [facts for reports in islice(articles(places, seed), many) for facts in reports]


def numbers(store: Store, pattern: str) -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", prefixes={"cx": PREFIXES["cx"]})
    assert isinstance(found, QuerySolutions)
    return int(next(found)["n"].value)


def test_articles_follow_from_the_seed(places: Places) -> None:
    assert firsts(places, 7, 4) == firsts(places, 7, 4)
    assert firsts(places, 7, 4) != firsts(places, 8, 4)


def test_a_larger_corpus_begins_with_a_smaller_one(places: Places) -> None:
    few = firsts(places, 7, 2)
    assert firsts(places, 7, 5)[: len(few)] == few


def test_records_are_such_as_a_person_may_hand_in(places: Places) -> None:
    made = firsts(places, 3, 60)
    assert [problem for facts in made for problem in problems(facts)] == []
    assert len({facts.article.id for facts in made}) == len(made)
    assert all(len(facts.claims) > 30 for facts in made)


def test_what_the_linking_meets_is_there(places: Places) -> None:
    made = firsts(places, 3, 200)
    assert any(facts.article.published is None for facts in made)
    assert any(time.anchor is not None for facts in made for time in facts.times)
    assert any(mention.name for facts in made for mention in facts.mentions if mention.cls == "Person")
    assert {claim.certainty for facts in made for claim in facts.claims} >= {"asserted", "reported", "possible"}
    assert any(claim.negated for facts in made for claim in facts.claims)


def test_the_graph_holds_what_was_told(small: Corpus) -> None:
    store = Store.read_only(str(small.release.store_path))
    assert small.articles == ARTICLES
    assert small.quads == len(store) == small.dump.read_bytes().count(b"\n")
    assert numbers(store, "GRAPH ?g { ?a a cx:Article }") == ARTICLES
    assert numbers(store, "?i a cx:Incident") == small.counts["Incident"] > 0
    assert numbers(store, "GRAPH ?g { ?claim a cx:Claim }") > 30 * ARTICLES
    assert numbers(store, "GRAPH ?g { ?claim a cx:Claim MINUS { ?claim cx:evidence ?words } }") == 0


def test_its_size_is_about_what_was_asked(small: Corpus) -> None:
    wanted = 11_000 + ARTICLES * QUADS_AN_ARTICLE
    assert small.quads == pytest.approx(wanted, rel=0.2)


def test_a_second_run_builds_nothing(small: Corpus, folder: Path) -> None:
    before = small.dump.stat().st_mtime_ns
    again = corpus(folder, Request(11_000 + ARTICLES * QUADS_AN_ARTICLE, validated=True), Teller())
    assert again == small
    assert again.dump.stat().st_mtime_ns == before


def test_another_build_gives_the_same_release(small: Corpus, tmp_path: Path) -> None:
    request = Request(11_000 + ARTICLES * QUADS_AN_ARTICLE)
    assert corpus(tmp_path, request, Teller()).release.id == small.release.id


def test_what_is_told_of_one_incident_is_linked_in_one_part(places: Places, tmp_path: Path) -> None:
    request = Request(11_000 + 6 * QUADS_AN_ARTICLE, linked=2)
    made = corpus(tmp_path, request, Teller())
    parts = sorted(path for path in (made.path / "facts").iterdir())
    assert len(parts) > 1
    told = {facts.article.id: number for number, group in enumerate(islice(articles(places, 1), 6)) for facts in group}
    where: dict[int, set[str]] = {}
    for part in parts:
        for file in part.iterdir():
            ident = file.read_text("utf-8").partition('"id":"')[2][:64]
            where.setdefault(told[ident], set()).add(part.name)
    assert {len(found) for found in where.values()} == {1}
    assert sum(1 for part in parts for _ in part.iterdir()) == request.articles
