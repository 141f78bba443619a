"""What the five seed articles must give, and must not give: from the digests always, from the originals where they are.

No curation takes part. The expectations are those of the gold: incidents counted once, dates no narrower than the texts
allow, figures that need two articles, disagreement kept.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.build import BuildOptions, Linked, link
from kg.consolidate.consolidate import Entity
from kg.dates import DateInterval, parse_edtf
from kg.mapping.statements import Amount, Concept, Plain, Ref, When
from kg.namespaces import curie
from kg.release.home import Home
from tests.support.commands import SEEDS, shared
from tests.support.reporting import Silent

ORGANIZATIONS = {
    "rok-joint-chiefs-of-staff",
    "rok-military",
    "rok-defense-ministry",
    "rok-unification-ministry",
    "korea-institute-for-national-unification",
    "rok-intelligence-agency",
    "dprk-military",
    "united-nations-command",
    "united-nations",
    "afp",
    "npr",
    "yonhap",
    "dprk-government",
    "rok-government",
}
PERSONS = {"Lee Jae Myung", "Yoon Suk Yeol", "Kim Jong-un", "Hong Min", "Ri Il Kyu"}


class Graph:
    """The linked articles, asked by what they hold."""

    def __init__(self, linked: Linked) -> None:
        self.linked = linked
        self.entities = linked.consolidated.entities

    def all(self, cls: str) -> list[Entity]:
        return [e for e in self.entities if e.cls == cls]

    def values(self, entity: Entity, predicate: str) -> list[object]:
        return [v.group.value for v in entity.values if v.predicate == predicate]

    def date(self, entity: Entity, predicate: str = "cx:dateEDTF") -> DateInterval | None:
        found = [v.interval for v in self.values(entity, predicate) if isinstance(v, When)]
        return found[0] if found else None

    def concepts(self, entity: Entity, predicate: str) -> set[str]:
        return {v.name for v in self.values(entity, predicate) if isinstance(v, Concept)}

    def crossers(self, incident: Entity) -> list[Entity]:
        iris = {
            self.linked.consolidated.identity.iris[v.chain]
            for v in self.values(incident, "cx:crosser")
            if isinstance(v, Ref)
        }
        return [e for e in self.entities if e.iri in iris]

    def names(self, entity: Entity) -> set[str]:
        return {str(v.value) for v in self.values(entity, "cx:name") if isinstance(v, Plain)}

    def incident(self, *, inside: str, **concepts: str) -> Entity:
        """The one incident dated inside an interval."""
        wide = parse_edtf(inside)
        found = [e for e in self.all("Incident") if (day := self.date(e)) is not None and wide.contains(day)]
        assert len(found) == 1, f"{len(found)} incidents inside {inside}"
        return found[0]

    def amount(self, measure: str, period: str | None = None, unit: str = "unit:NUM") -> tuple[Entity, Amount]:
        """The one statistic of a measure, period and unit that has a number."""
        found = []
        for entity in self.all("Statistic"):
            if self.concepts(entity, "cx:measure") != {measure}:
                continue
            when = self.date(entity, "cx:period")
            if period is not None and (when is None or when.edtf != period):
                continue
            found += [
                (entity, a)
                for a in self.values(entity, "cx:value")
                if isinstance(a, Amount) and a.unit == unit and a.qualitative is None
            ]
        assert len(found) == 1, f"{len(found)} statistics {measure} {period}"
        return found[0]


@pytest.fixture(scope="module", params=["digests", "originals"])
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = SEEDS
    if request.param == "originals":
        found = shared()
        if found is None:
            pytest.skip("the original articles are not here")
        folder = found / "seeds"
    home = Home(tmp_path_factory.mktemp("home"))
    return Graph(link(BuildOptions(paths=(Path(folder),), home=home), Silent()))


def test_five_incidents_not_eleven_reports(graph: Graph) -> None:
    historical = parse_edtf("1984")
    recent = [e for e in graph.all("Incident") if (day := graph.date(e)) is None or not historical.contains(day)]
    assert len(recent) == 5
    assert len(graph.all("Incident")) <= 6


def test_october_2025(graph: Graph) -> None:
    incident = graph.incident(inside="2025-10-19")
    assert len(incident.articles) == 3
    assert graph.concepts(incident, "cx:front") == {"front:central"}
    assert graph.concepts(incident, "cx:operation") == {"operation:guidance"}
    (soldier,) = graph.crossers(incident)
    assert graph.concepts(soldier, "cx:actorType") == {"actor:soldier"}
    assert graph.concepts(soldier, "cx:nameStatus") == {"namestatus:withheld"}
    assert not graph.concepts(soldier, "cx:rank")


def test_july_2025_and_its_disagreement(graph: Graph) -> None:
    incident = graph.incident(inside="2025-07-01/2025-07-04")
    assert len(incident.articles) == 2
    assert graph.concepts(incident, "cx:front") == {"front:central-west"}
    assert [v.value for v in graph.values(incident, "cx:operationDuration") if isinstance(v, Plain)] == ["PT20H"]
    assert graph.concepts(incident, "cx:defectionStatus") <= {"status:unconfirmed", "status:under-investigation"}
    (person,) = graph.crossers(incident)
    conflict = next(c for c in person.conflicts if c.predicate == "cx:actorType")
    assert {v.name for g in conflict.groups if isinstance(v := g.value, Concept)} == {"actor:soldier", "actor:civilian"}
    if conflict.preferred is None:
        assert not graph.concepts(person, "cx:actorType")


def test_the_staff_sergeant_of_august_2024(graph: Graph) -> None:
    incident = graph.incident(inside="2024-08")
    day = graph.date(incident)
    assert day is not None
    assert len(incident.articles) == 3
    assert day.contains(parse_edtf("2024-08-06/2024-08-27")), "no narrower than the Tuesdays that the texts allow"
    assert graph.concepts(incident, "cx:front") == {"front:eastern"}
    assert graph.concepts(incident, "cx:place") == {"id:place/goseong"}
    (soldier,) = graph.crossers(incident)
    assert graph.concepts(soldier, "cx:rank") == {"rank:staff-sergeant"}


def test_the_yellow_sea_crossing_has_no_day(graph: Graph) -> None:
    found = [e for e in graph.all("Incident") if graph.concepts(e, "cx:incidentType") == {"itype:maritime-crossing"}]
    assert len(found) == 1
    day = graph.date(found[0])
    if day is not None:
        assert day.earliest is not None
        assert day.latest is not None
        assert (day.latest - day.earliest).days >= 14
        assert day.overlaps(parse_edtf("2024-08-06"))


def test_ri_il_kyu_has_no_exact_date(graph: Graph) -> None:
    found = [e for e in graph.all("Incident") if any("Ri Il Kyu" in graph.names(p) for p in graph.crossers(e))]
    assert len(found) == 1
    day = graph.date(found[0])
    assert day is None or day.earliest != day.latest
    assert graph.concepts(found[0], "cx:incidentType") == {"itype:departure-from-post"}
    assert not graph.values(found[0], "cx:viaRoute"), "no text names a way"


@pytest.mark.parametrize(("year", "number"), [("2022", 67), ("2023", 196), ("2024", 236)])
def test_arrivals(graph: Graph, year: str, number: int) -> None:
    _, amount = graph.amount("measure:arrivals", year)
    assert (amount.value, amount.qualifier) == (Decimal(number), "exact")


def test_the_year_of_196_is_derived_across_articles(graph: Graph) -> None:
    statistic, _ = graph.amount("measure:arrivals", "2023")
    derived = [s for s in graph.linked.consolidated.derived if s.subject in statistic.chains]
    assert {s.rule for s in derived} == {"rule:resolve-article-year-from-linked-incident"}
    assert all(len(s.derived_from) >= 2 for s in derived)


def test_women_are_a_share_of_the_year_and_not_of_the_total(graph: Graph) -> None:
    share, amount = graph.amount("measure:share", "2024", "unit:PERCENT")
    assert amount.value == Decimal(88)
    assert graph.concepts(share, "cx:population") == {"population:women"}
    (whole,) = (v for v in graph.values(share, "cx:shareOf") if isinstance(v, Ref))
    year, _ = graph.amount("measure:arrivals", "2024")
    assert graph.linked.consolidated.identity.iris[whole.chain] == year.iri


def test_about_34_000_in_all(graph: Graph) -> None:
    total, amount = graph.amount("measure:cumulative-arrivals")
    assert Decimal(34000) in (amount.value, amount.lower)
    assert len(total.articles) == 3


def test_persons(graph: Graph) -> None:
    named = [graph.names(p) for p in graph.all("Person") if graph.names(p)]
    assert len(named) == len(PERSONS)
    assert all(any(name in names for names in named) for name in PERSONS)
    assert len(graph.all("Person")) == len(PERSONS) + 4, "four crossers without a name are four persons"


def test_organisations(graph: Graph) -> None:
    found = {curie(e.iri).rpartition("/")[2] for e in graph.all("Organization")}
    named = {name for e in graph.all("Organization") for name in graph.names(e)}
    assert ORGANIZATIONS - found == set()
    assert any(name.startswith("CaliToday") for name in named)
    assert len(found) <= len(ORGANIZATIONS) + 2


def test_three_routes(graph: Graph) -> None:
    found = {curie(e.iri).rpartition("/")[2] for e in graph.all("Route")}
    assert found == {"dmz", "china-third-country", "yellow-sea"}


def test_numbers_of_other_things_are_no_statistics(graph: Graph) -> None:
    numbers = [
        a.value
        for e in graph.all("Statistic")
        for a in graph.values(e, "cx:value")
        if isinstance(a, Amount) and a.value is not None
    ]
    assert not {Decimal(n) for n in (1, 2, 4, 20, 24, 248, 1950, 1953)} & set(numbers)


def test_length_and_width_belong_to_the_route(graph: Graph) -> None:
    (route,) = (e for e in graph.all("Route") if e.iri.endswith("/dmz"))
    found = {p: {a.value for a in graph.values(route, p) if isinstance(a, Amount)} for p in ("cx:length", "cx:width")}
    assert found == {"cx:length": {Decimal(248)}, "cx:width": {Decimal(4)}}


def test_nothing_hedged_denied_or_future_stands_behind_a_value(graph: Graph) -> None:
    flat = graph.linked.consolidated.flat_claims
    behind = [s.claim for s in graph.linked.consolidated.statements() if s.id in flat]
    assert behind
    assert {c.certainty for c in behind} <= {"asserted", "reported"}
    assert not any(c.negated or c.tense == "future" for c in behind)


def test_no_unusual_activity_is_a_negative_finding(graph: Graph) -> None:
    assert not any(graph.values(e, "cx:militaryActivity") for e in graph.entities)
    findings = [s.claim for s in graph.linked.consolidated.statements() if s.predicate == "cx:militaryActivity"]
    assert findings
    assert all(c.negated for c in findings)


def test_the_hedged_rank_stands_beside_the_asserted_one(graph: Graph) -> None:
    certainties = {s.claim.certainty for s in graph.linked.consolidated.statements() if s.predicate == "cx:rank"}
    assert {"asserted", "probable"} <= certainties
