"""Each summary table says what SPARQL says of the release."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import Literal

from kg.namespaces import curie, expand
from kg.querying import open_release, rows
from kg.release import Home, Release, ReleaseContent, publish
from kg.release.snapshots import Snapshots
from kg.summary.build import CLASSES, build_summary
from kg.summary.opening import is_current
from kg.summary.tables import SUMMARY

Row = tuple[object, ...]


def table(release: Release, columns: str, name: str) -> list[Row]:
    with sqlite3.connect(release.path / SUMMARY) as connection:
        found = [tuple(row) for row in connection.execute(f"SELECT {columns} FROM {name}")]
    connection.close()
    return sorted(found, key=repr)


def asked(release: Release, query: str) -> list[Row]:
    found = []
    for row in rows(open_release(release), query).rows:
        texts: list[object] = []
        for term in row:
            number = isinstance(term, Literal) and term.datatype.value == expand("xsd:integer")
            value = getattr(term, "value", None)
            texts.append(int(str(value)) if number else value)
        found.append(tuple(texts))
    return sorted(found, key=repr)


INCIDENTS = """
SELECT ?i (SAMPLE(?edtf) AS ?e) (SAMPLE(?from) AS ?f) (SAMPLE(?to) AS ?t) (SAMPLE(?precision) AS ?p)
  (SAMPLE(YEAR(?from)) AS ?y1) (SAMPLE(YEAR(?to)) AS ?y2) (SAMPLE(?type) AS ?ty) (SAMPLE(?status) AS ?s)
  (SAMPLE(?front) AS ?fr) (SAMPLE(?persons) AS ?n) (COUNT(DISTINCT ?article) AS ?a)
WHERE {
  ?i a cx:Incident .
  OPTIONAL { ?i cx:dateEDTF ?edtf } OPTIONAL { ?i cx:dateEarliest ?from } OPTIONAL { ?i cx:dateLatest ?to }
  OPTIONAL { ?i cx:datePrecision ?precision } OPTIONAL { ?i cx:incidentType ?type } OPTIONAL { ?i cx:front ?front }
  OPTIONAL { ?i cx:defectionStatus ?status } OPTIONAL { ?i cx:personCount ?persons }
  OPTIONAL { ?i cx:reportedIn ?article }
} GROUP BY ?i"""


def test_incidents(release: Release) -> None:
    columns = "iri, edtf, earliest, latest, precision, first_year, last_year, type, status, front, persons, articles"
    counted = asked(release, INCIDENTS)
    assert table(release, columns, "incident") == counted
    numbers = "SELECT n FROM incident ORDER BY iri"
    with sqlite3.connect(release.path / SUMMARY) as connection:
        assert [n for (n,) in connection.execute(numbers)] == list(range(1, len(counted) + 1))
    connection.close()


def test_conflicts(release: Release) -> None:
    found = asked(
        release,
        """SELECT ?i (COUNT(DISTINCT ?conflict) AS ?n) { ?i a cx:Incident . ?conflict a cx:Conflict .
        { ?conflict cx:onSubject ?i } UNION { ?i cx:crosser ?who . ?conflict cx:onSubject ?who } } GROUP BY ?i""",
    )
    assert table(release, "iri, conflicts", "incident WHERE conflicts > 0") == [row for row in found if row[0]]


def labels(release: Release) -> dict[str, list[tuple[str, str]]]:
    found = defaultdict(list)
    for iri, label, language in asked(release, "SELECT ?i ?l (LANG(?l) AS ?g) { ?i skos:prefLabel ?l }"):
        found[str(iri)].append((str(language), str(label)))
    return found


def english(known: dict[str, list[tuple[str, str]]], iri: str) -> str:
    order = {"en": 0, "": 1}
    found = sorted(known.get(iri, ()), key=lambda label: (order.get(label[0], 2), label[1]))
    return found[0][1] if found else iri


def test_labels(release: Release) -> None:
    known = labels(release)
    for iri, label in table(release, "iri, label", "incident"):
        assert label == english(known, str(iri))
    terms = table(release, "iri, label, ko", "term")
    assert terms
    for iri, label, korean in terms:
        assert label == english(known, str(iri))
        assert korean == next((text for language, text in known.get(str(iri), ()) if language == "ko"), None)


FACETS = {
    "type": "?i cx:incidentType ?v",
    "front": "?i cx:front ?v",
    "route": "?i cx:viaRoute ?v",
    "actor": "?i cx:crosser ?who . ?who cx:actorType ?v",
    "status": "?i cx:defectionStatus ?v",
    "source": "?i cx:reportedIn ?v",
}


@pytest.mark.parametrize("facet", FACETS)
def test_facets(release: Release, facet: str) -> None:
    own = asked(release, f"SELECT DISTINCT ?i ?v {{ ?i a cx:Incident . {FACETS[facet]} }}")
    above = "?v skos:broader* ?b" if facet != "source" else "BIND (?v AS ?b)"
    everything = asked(release, f"SELECT DISTINCT ?i ?b {{ ?i a cx:Incident . {FACETS[facet]} . {above} }}")
    joined = f"choice JOIN incident USING (n) WHERE facet = '{facet}'"
    assert table(release, "iri, value", joined) == everything
    assert table(release, "iri, value", f"{joined} AND own") == own
    assert everything


def test_every_value_has_a_row_of_its_own(release: Release) -> None:
    named = {value for (value,) in table(release, "value", "choice")}
    named |= {value for (value,) in table(release, "place", "incident_place")}
    told = {iri for (iri,) in table(release, "iri", "term")} | {iri for (iri,) in table(release, "iri", "article")}
    assert named <= told


def test_wording(release: Release) -> None:
    path = "skos:prefLabel|(cx:crosser|cx:place)/skos:prefLabel"
    found = asked(release, f"SELECT DISTINCT ?i (LCASE(STR(?l)) AS ?t) {{ ?i a cx:Incident ; {path} ?l }}")
    assert table(release, "iri, text", "wording JOIN incident USING (n)") == found


def test_places_and_shapes(release: Release) -> None:
    places = asked(release, "SELECT ?i ?p { ?i a cx:Incident ; cx:place ?p }")
    assert table(release, "iri, place", "incident_place JOIN incident USING (n)") == places
    shapes = asked(
        release,
        """SELECT DISTINCT ?s ?wkt ?metres {
          { ?i a cx:Incident ; cx:place|cx:front|cx:viaRoute ?s . ?s geo:asWKT ?wkt
            OPTIONAL { ?s cx:coordinatePrecision ?metres } }
          UNION { GRAPH graph:gazetteer { ?s geo:asWKT ?wkt OPTIONAL { ?s cx:coordinatePrecision ?metres } }
                  FILTER (STRSTARTS(STR(?wkt), "LINESTRING")) } }""",
    )
    assert table(release, "*", "shape") == shapes
    assert shapes


def test_articles(release: Release) -> None:
    found = asked(
        release,
        """SELECT DISTINCT ?a ?title ?publisher ?issued ?digest {
          { ?i a cx:Incident ; cx:reportedIn ?a } UNION { ?s cx:measure measure:arrivals ; cx:reportedIn ?a }
          OPTIONAL { GRAPH ?g { ?a dcterms:title ?title } } OPTIONAL { GRAPH ?g { ?a dcterms:publisher ?publisher } }
          OPTIONAL { GRAPH ?g { ?a dcterms:issued ?issued } }
          BIND (IF(EXISTS { GRAPH ?h { ?a a cx:Digest } }, 1, 0) AS ?digest) }""",
    )
    assert table(release, "*", "article") == found


def test_classes(release: Release) -> None:
    found = asked(
        release, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { { ?s a ?c } UNION { GRAPH ?g { ?s a ?c } } } GROUP BY ?c"
    )
    counted = {curie(str(name)): number for name, number in found}
    assert table(release, "*", "class") == sorted(((name, counted.get(name, 0)) for name in CLASSES), key=repr)


def test_arrivals(release: Release) -> None:
    found = asked(
        release,
        """SELECT ?s ?period ?year ?population ?value ?least ?most ?qualifier { ?s cx:measure measure:arrivals .
          OPTIONAL { ?s cx:period ?period } OPTIONAL { ?s cx:population ?population }
          OPTIONAL { ?s cx:value ?v BIND (STR(?v) AS ?value) } OPTIONAL { ?s cx:lowerBound ?l BIND (STR(?l) AS ?least) }
          OPTIONAL { ?s cx:upperBound ?u BIND (STR(?u) AS ?most) } OPTIONAL { ?s cx:valueQualifier ?qualifier }
          OPTIONAL { ?s cx:periodStart ?from ; cx:periodEnd ?to BIND (YEAR(?from) AS ?year)
            FILTER (YEAR(?to) = YEAR(?from) && STRENDS(STR(?from), "-01-01") && STRENDS(STR(?to), "-12-31")) } }""",
    )
    assert table(release, "statistic, period, year, population, value, least, most, qualifier", "arrival") == found
    assert found
    sources = asked(
        release,
        """SELECT ?s ?kind ?source { ?s cx:measure measure:arrivals . { ?s cx:reportedBy ?source BIND ("by" AS ?kind) }
          UNION { ?s cx:reportedIn ?source BIND ("in" AS ?kind) } }""",
    )
    assert table(release, "*", "arrival_source") == sources


def test_the_same_store_gives_the_same_file(release: Release, tmp_path: Path) -> None:
    build_summary(open_release(release).store, tmp_path / "again.sqlite")
    assert (tmp_path / "again.sqlite").read_bytes() == (release.path / SUMMARY).read_bytes()


def test_it_is_a_part_that_the_manifest_names(seeds_release: Release) -> None:
    assert SUMMARY in [part.path for part in seeds_release.manifest.parts]
    assert seeds_release.problems() == []


def test_a_release_without_its_parts_is_made_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = publish(home, ReleaseContent(quads=()))
    (first.path / SUMMARY).unlink()
    again = publish(home, ReleaseContent(quads=()))
    assert again.path == first.path
    assert again.problems() == []
    assert (again.path / SUMMARY).is_file()


def test_a_summary_of_another_version_is_made_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    path = publish(home, ReleaseContent(quads=())).path / SUMMARY
    assert is_current(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert not is_current(path)
    assert is_current(publish(home, ReleaseContent(quads=())).path / SUMMARY)
    path.write_bytes(b"no database at all, but as long as the head of one would have to be" * 9)
    assert not is_current(path)


def test_a_snapshot_of_a_release_has_the_parts(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    release = publish(home, ReleaseContent(quads=()))
    snapshots = Snapshots(home)
    with snapshots.writing():
        made = snapshots.publish(snapshots.copy(release), release.manifest, release.meta_path)
        bare = snapshots.publish(snapshots.copy(release), release.manifest)
        assert not (bare.path / SUMMARY).exists()
    assert made.path == bare.path
