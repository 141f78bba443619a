"""Consolidation and the shapes must mean the same by a conflict, or a good build is refused, or a bad one passes."""

from __future__ import annotations

from itertools import combinations

import pytest
from pyoxigraph import Quad

from kg.consolidate.consolidate import Consolidated, consolidate
from kg.knowledge import Knowledge
from kg.mapping.graph import build_quads
from kg.mapping.statements import ArticleStatements
from kg.namespaces import expand
from kg.shapes.validate import validate
from tests.shapes.graphs import slim
from tests.support.facts import Draft

STATUSES = (
    "status:confirmed",
    "status:stated-intent",
    "status:under-investigation",
    "status:unconfirmed",
    "status:not-a-defection",
)
FRONTS = ("front:central", "front:western", "front:central-west", "front:eastern")
DATES = ("2031", "2031-04", "2031-04-20", "2031-05-02/2031-06-30")


def subsets(values: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [chosen for size in range(2, len(values) + 1) for chosen in combinations(values, size)]


def draft() -> Draft:
    cases = [("cx:defectionStatus", s) for s in subsets(STATUSES)]
    cases += [("cx:front", s) for s in subsets(FRONTS)]
    cases += [("cx:dateEDTF", s) for s in subsets(DATES)]
    text = "".join(f"Crossing {n:03}: {', '.join(values)}.\n" for n, (_, values) in enumerate(cases))
    made = Draft(text, published="2032-01-01")
    for number, (predicate, values) in enumerate(cases):
        incident = made.mention("Incident", f"Crossing {number:03}")
        for value in values:
            quote = f"Crossing {number:03}: {', '.join(values)}"
            said = made.time(quote, edtf=value) if predicate == "cx:dateEDTF" else value
            made.claim(incident, predicate, said, quote, raw=f"{number} {value}")
    return made


@pytest.fixture(scope="module")
def consolidated() -> Consolidated:
    made = draft()
    return consolidate([ArticleStatements.of(made.facts(), made.text)], Knowledge.load())


@pytest.fixture(scope="module")
def quads(consolidated: Consolidated) -> set[Quad]:
    return set(slim(build_quads(consolidated, Knowledge.load(), "korea")))


def conflicting(quads: set[Quad]) -> set[str]:
    report = validate(quads)
    return {r.focus for r in report.results if "#Conflicting" in r.shape}


def test_what_consolidation_reconciles_is_no_conflict_to_the_shapes(quads: set[Quad]) -> None:
    report = validate(quads)
    assert [r for r in report.results if r.severity != "info"] == []


def test_what_consolidation_calls_a_conflict_is_one_to_the_shapes(consolidated: Consolidated, quads: set[Quad]) -> None:
    disputed = {entity.iri for entity in consolidated.entities if entity.conflicts}
    settled = {entity.iri for entity in consolidated.entities} - disputed
    assert len(disputed) > 20
    assert len(settled) > 5
    mute = {q.subject for q in quads if q.predicate.value == expand("cx:onSubject")}
    assert conflicting({q for q in quads if q.subject not in mute}) == disputed


def test_two_articles_that_name_one_whole_agree() -> None:
    def figures(opening: str, published: str) -> ArticleStatements:
        made = Draft(f"{opening}: 120 arrivals in 2030, 75 percent of them women.", published=published)
        year = made.time("2030", edtf="2030")
        whole = made.mention("Statistic", "120 arrivals")
        part = made.mention("Statistic", "75 percent")
        amounts = {
            whole: made.amount("120 arrivals", value="120"),
            part: made.amount("75 percent", unit="unit:PERCENT", value="75"),
        }
        kinds = {whole: ("measure:arrivals", "population:defectors"), part: ("measure:share", "population:women")}
        for statistic, amount in amounts.items():
            made.claim(statistic, "cx:value", amount, "arrivals")
            made.claim(statistic, "cx:measure", kinds[statistic][0], "arrivals", raw="measure")
            made.claim(statistic, "cx:population", kinds[statistic][1], "them", raw="population")
            made.claim(statistic, "cx:period", year, "2030", raw="2030")
        made.claim(part, "cx:shareOf", whole, "of them")
        return ArticleStatements.of(made.facts(), made.text)

    found = consolidate([figures("One", "2031-01-01"), figures("Two", "2031-01-02")], Knowledge.load())
    assert len(found.entities) == 2
    assert [conflict for entity in found.entities for conflict in entity.conflicts] == []


def test_a_date_counted_from_another_of_the_text_names_the_text() -> None:
    made = Draft("On 2 May 2031 a man crossed. A woman crossed a week earlier.")
    first = made.mention("Incident", "a man crossed")
    made.claim(first, "cx:dateEDTF", made.time("2 May 2031", edtf="2031-05-02"), "2 May 2031")
    other = made.mention("Incident", "A woman crossed")
    made.claim(other, "cx:dateEDTF", made.time("a week earlier", unit="day", offset=-7, anchor=first), "a week earlier")
    article = ArticleStatements.of(made.facts(), made.text)
    assert [s.resolved_against for s in article.statements] == [None, article.iri]
    found = consolidate([article], Knowledge.load())
    report = validate(slim(build_quads(found, Knowledge.load(), "korea")), texts={article.iri: made.text})
    assert [r.message for r in report.results if r.severity == "violation"] == []


def test_bounds_near_an_approximate_number_and_of_a_route_break_no_shape() -> None:
    made = Draft(
        "About 5,000 came, or more than 5,040. The zone is more than 4 kilometers wide.", published="2031-01-01"
    )
    total = made.mention("Statistic", "About 5,000")
    said = made.amount("About 5,000", value="5000", qualifier="approximately")
    made.claim(total, "cx:value", said, "About 5,000")
    made.claim(
        total, "cx:value", made.amount("more than 5,040", lower="5040", qualifier="more-than"), "more than 5,040"
    )
    made.claim(total, "cx:measure", "measure:cumulative-arrivals", "came")
    zone = made.mention("Route", "The zone", concept="id:route/dmz")
    made.claim(zone, "cx:name", "The zone", "The zone")
    width = made.amount("more than 4 kilometers", unit="unit:KiloM", lower="4", qualifier="more-than")
    made.claim(zone, "cx:width", width, "more than 4 kilometers wide")
    article = ArticleStatements.of(made.facts(), made.text)
    quads = set(slim(build_quads(consolidate([article], Knowledge.load()), Knowledge.load(), "korea")))
    report = validate(quads, texts={article.iri: made.text})
    assert [r.message for r in report.results if r.severity == "violation"] == []
    objects = {str(q.object) for q in quads if q.predicate.value == expand("rdf:object")}
    assert all(any(f'"{number}"' in value for value in objects) for number in (5000, 5040, 4))
