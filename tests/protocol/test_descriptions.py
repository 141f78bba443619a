"""What the service says of itself is true: each format answers, each function can be called, each graph is there."""

from __future__ import annotations

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.formats import FORMATS, formats_for
from kg.namespaces import BASE, expand
from kg.release.naming import dataset_iri
from server.description import EXTENSION_FUNCTIONS
from tests.protocol.answers import problem_of, rows_of, triples_of
from tests.protocol.content import Releases

SD = "http://www.w3.org/ns/sparql-service-description#"
#: The unique IRIs for file formats (https://www.w3.org/ns/formats/), by the media type that they stand for.
FORMAT_IRIS = {
    "http://www.w3.org/ns/formats/SPARQL_Results_JSON": "application/sparql-results+json",
    "http://www.w3.org/ns/formats/SPARQL_Results_XML": "application/sparql-results+xml",
    "http://www.w3.org/ns/formats/SPARQL_Results_CSV": "text/csv",
    "http://www.w3.org/ns/formats/SPARQL_Results_TSV": "text/tab-separated-values",
    "https://www.iana.org/assignments/media-types/application/vnd.apache.parquet": "application/vnd.apache.parquet",
    "https://www.iana.org/assignments/media-types/application/vnd.apache.arrow.stream": (
        "application/vnd.apache.arrow.stream"
    ),
    "http://www.w3.org/ns/formats/Turtle": "text/turtle",
    "http://www.w3.org/ns/formats/N-Triples": "application/n-triples",
    "http://www.w3.org/ns/formats/JSON-LD": "application/ld+json",
    "http://www.w3.org/ns/formats/RDF_XML": "application/rdf+xml",
    "http://www.w3.org/ns/formats/TriG": "application/trig",
    "http://www.w3.org/ns/formats/N-Quads": "application/n-quads",
}
GEOF = "http://www.opengis.net/def/function/geosparql/"
_UNITS = "http://www.opengis.net/def/uom/OGC/1.0/"
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


def _box(west: float, east: float, south: float = 37, north: float = 39) -> str:
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f'"POLYGON(({", ".join(f"{x} {y}" for x, y in corners)}))"^^<{_WKT}>'


def _point(x: float, y: float) -> str:
    return f'"POINT({x} {y})"^^<{_WKT}>'


A, POINT, FAR, LINE = _box(0, 2, 0, 2), _point(1, 1), _point(9, 9), f'"LINESTRING(-1 1, 3 1)"^^<{_WKT}>'
#: Boxes that overlap with A, touch it at an edge, lie inside it at an edge, and lie wholly inside it.
OVER, EDGE, CORNER, INSIDE = _box(1, 3, 0, 2), _box(2, 4, 0, 2), _box(0, 1, 0, 1), _box(0.5, 1, 0.5, 1)
#: For each function of the three families of relations: arguments for which it is true, and for which it is false.
RELATIONS: dict[str, tuple[str, str]] = {
    "sfContains": (f"{A}, {POINT}", f"{A}, {FAR}"),
    "sfCrosses": (f"{LINE}, {A}", f"{POINT}, {A}"),
    "sfDisjoint": (f"{POINT}, {FAR}", f"{POINT}, {A}"),
    "sfEquals": (f"{POINT}, {POINT}", f"{POINT}, {FAR}"),
    "sfIntersects": (f"{LINE}, {A}", f"{FAR}, {A}"),
    "sfOverlaps": (f"{A}, {OVER}", f"{A}, {EDGE}"),
    "sfTouches": (f"{A}, {EDGE}", f"{A}, {OVER}"),
    "sfWithin": (f"{POINT}, {A}", f"{FAR}, {A}"),
    "ehContains": (f"{A}, {INSIDE}", f"{INSIDE}, {A}"),
    "ehCoveredBy": (f"{CORNER}, {A}", f"{A}, {CORNER}"),
    "ehCovers": (f"{A}, {CORNER}", f"{CORNER}, {A}"),
    "ehDisjoint": (f"{A}, {FAR}", f"{A}, {POINT}"),
    "ehEquals": (f"{A}, {A}", f"{A}, {OVER}"),
    "ehInside": (f"{INSIDE}, {A}", f"{A}, {INSIDE}"),
    "ehMeet": (f"{A}, {EDGE}", f"{A}, {OVER}"),
    "ehOverlap": (f"{A}, {OVER}", f"{A}, {EDGE}"),
    "rcc8dc": (f"{A}, {_box(5, 6)}", f"{A}, {EDGE}"),
    "rcc8ec": (f"{A}, {EDGE}", f"{A}, {OVER}"),
    "rcc8eq": (f"{A}, {A}", f"{A}, {OVER}"),
    "rcc8ntpp": (f"{INSIDE}, {A}", f"{CORNER}, {A}"),
    "rcc8ntppi": (f"{A}, {INSIDE}", f"{A}, {CORNER}"),
    "rcc8po": (f"{A}, {OVER}", f"{A}, {EDGE}"),
    "rcc8tpp": (f"{CORNER}, {A}", f"{INSIDE}, {A}"),
    "rcc8tppi": (f"{A}, {CORNER}", f"{A}, {INSIDE}"),
    "relate": (f'{A}, {OVER}, "T*T***T**"', f'{A}, {EDGE}, "T*T***T**"'),
    "isEmpty": (f'"POINT EMPTY"^^<{_WKT}>', POINT),
}
#: For the others: arguments, and how the value begins. A degree is 111.2 kilometres on a sphere, a little less here.
VALUES: dict[str, tuple[str, str]] = {
    "area": (f"{A}, <{_UNITS}square_metre>", "4923"),
    "asGeoJSON": (POINT, '{"type":"Point","coordinates":[1.0,1.0]}'),
    "centroid": (A, "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(1 1)"),
    "convexHull": (A, "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POLYGON(("),
    "coordinateDimension": (A, "2"),
    "difference": (f"{A}, {OVER}", "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON((("),
    "dimension": (LINE, "1"),
    "distance": (f"{_point(0, 0)}, {_point(1, 0)}, <{_UNITS}metre>", "111"),
    "envelope": (A, "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POLYGON(("),
    "getSRID": (A, "http://www.opengis.net/def/crs/OGC/1.3/CRS84"),
    "intersection": (f"{A}, {OVER}", "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON(((1 2,1 0,2 0,2 2"),
    "length": (f"{LINE}, <{_UNITS}metre>", "44"),
    "perimeter": (f"{A}, <{_UNITS}metre>", "8"),
    "symDifference": (f"{A}, {OVER}", "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON((("),
    "union": (f"{A}, {OVER}", "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON(((0 2,0 0,3 0,3 2"),
}
#: Functions that the engine has and that are not listed: arguments, what it answers, what is right.
WRONG: dict[str, tuple[str, str, str]] = {
    "isSimple": (f'"LINESTRING(0 0, 2 2, 0 2, 2 0)"^^<{_WKT}>', "true", "false"),
    "spatialDimension": (POINT, "0", "2"),
}
#: Functions of GeoSPARQL 1.1 that the engine does not have.
MISSING = (
    *("aggBoundingBox", "aggCentroid", "asDGGS", "asGML", "asKML", "asWKT", "boundary", "boundingCircle", "buffer"),
    *("concaveHull", "geometryN", "geometryType", "is3D", "isMeasured", "maxX", "maxY", "maxZ", "metricArea"),
    *("metricBuffer", "metricDistance", "metricLength", "metricPerimeter", "minX", "minY", "minZ", "numGeometries"),
    "transform",
)


def described(http: httpx.Client, target: str = "/sparql", **parameters: str) -> Store:
    answer = http.get(target, params={"format": "nt", **parameters})
    assert answer.status_code == 200
    store = Store()
    store.load(answer.content, format=RdfFormat.N_TRIPLES)
    return store


def objects(store: Store, predicate: str, subject: str | None = None) -> set[str]:
    about = NamedNode(subject) if subject is not None else None
    return {getattr(quad.object, "value", "") for quad in store.quads_for_pattern(about, NamedNode(predicate), None)}


@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_the_description_is_the_same_in_every_format(http: httpx.Client, format: object) -> None:
    (known,) = (one for one in formats_for("graph") if one is format)
    answer = http.get("/sparql", headers={"Accept": known.media_type})
    assert (answer.status_code, answer.headers["content-type"]) == (200, known.content_type)
    assert triples_of(answer) == triples_of(http.get("/sparql", params={"format": "nt"}))


def test_exactly_the_formats_that_are_listed_answer(http: httpx.Client) -> None:
    listed = {FORMAT_IRIS[iri] for iri in objects(described(http), SD + "resultFormat")}
    answering = set()
    for media_type in {*FORMAT_IRIS.values(), *(format.media_type for format in FORMATS), "text/n3", "text/html"}:
        for query in ("SELECT * { ?s ?p ?o } LIMIT 1", "CONSTRUCT WHERE { ?s a cx:Incident }"):
            answer = http.get("/sparql", params={"query": query}, headers={"Accept": media_type})
            if answer.status_code == 200:
                assert answer.headers["content-type"].partition(";")[0] == media_type
                answering.add(media_type)
            else:
                assert answer.status_code == 406
    assert listed == answering


def test_the_functions_that_are_listed_are_those_that_are_tried_here(http: httpx.Client) -> None:
    listed = objects(described(http), SD + "extensionFunction")
    assert listed == set(EXTENSION_FUNCTIONS) == {GEOF + name for name in (*RELATIONS, *VALUES)}


@pytest.mark.parametrize("name", RELATIONS)
def test_each_relation_that_is_listed_tells_one_pair_from_another(http: httpx.Client, name: str) -> None:
    true, false = RELATIONS[name]
    query = f"SELECT (<{GEOF}{name}>({true}) AS ?yes) (<{GEOF}{name}>({false}) AS ?no) {{}}"
    assert rows_of(http.get("/sparql", params={"query": query})) == [{"yes": "true", "no": "false"}]


@pytest.mark.parametrize("name", VALUES)
def test_each_other_function_that_is_listed_has_a_value(http: httpx.Client, name: str) -> None:
    arguments, value = VALUES[name]
    query = f"SELECT (<{GEOF}{name}>({arguments}) AS ?x) {{}}"
    (row,) = rows_of(http.get("/sparql", params={"query": query}))
    assert row["x"].startswith(value), row


@pytest.mark.parametrize("name", WRONG)
def test_a_function_that_is_wrong_is_not_listed_until_it_is_right(http: httpx.Client, name: str) -> None:
    arguments, answered, right = WRONG[name]
    query = f"SELECT (<{GEOF}{name}>({arguments}) AS ?x) {{}}"
    assert rows_of(http.get("/sparql", params={"query": query})) == [{"x": answered}] != [{"x": right}]


@pytest.mark.parametrize("name", MISSING)
def test_a_function_that_is_not_listed_cannot_be_called(http: httpx.Client, name: str) -> None:
    query = f"SELECT (<{GEOF}{name}>({A}, 1) AS ?x) {{}}"
    problem_of(http.get("/sparql", params={"query": query}), 400, "malformed-query")


def test_the_features_that_are_listed_hold(http: httpx.Client) -> None:
    features = objects(described(http), SD + "feature")
    assert features == {BASE + "feature/known-prefixes"}
    assert http.get("/sparql", params={"query": "ASK { ?i a cx:Incident }"}).json()["boolean"] is True
    # What other services list, and this one does not do.
    for feature in ("DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "BasicFederatedQuery"):
        assert SD + feature not in features
    vocabulary = {"query": "ASK { <http://data.example/data1> ?p ?o }"}
    assert http.get("/sparql", params=vocabulary).json()["boolean"] is False


@pytest.mark.parametrize("older", [False, True])
def test_the_named_graphs_are_those_of_the_release(
    http: httpx.Client, protocol_releases: Releases, older: bool
) -> None:
    release = protocol_releases.older if older else protocol_releases.current
    store = described(http, release=release)
    assert objects(store, SD + "defaultDataset") == {dataset_iri(release)}
    query = {"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "release": release}
    held = {row["g"].strip("<>") for row in rows_of(http.get("/sparql", params=query))}
    listed = objects(store, SD + "name")
    assert listed == held - {expand("graph:meta")}
    for graph in listed:
        assert http.get("/store", params={"graph": graph, "release": release}).status_code == 200


def test_the_default_graph_has_as_many_triples_as_is_said(http: httpx.Client) -> None:
    store = described(http)
    (graph,) = objects(store, SD + "defaultGraph")
    counted = rows_of(http.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}))
    assert objects(store, expand("void:triples"), graph) == {counted[0]["n"]}


def test_the_dataset_names_its_release_and_what_is_in_it(http: httpx.Client, protocol_releases: Releases) -> None:
    store = described(http, "/.well-known/void")
    dataset = dataset_iri(protocol_releases.current)
    kinds = objects(store, expand("rdf:type"), dataset)
    assert {expand("void:Dataset"), expand("dcat:Dataset")} <= kinds
    assert objects(store, expand("owl:versionInfo"), dataset) == {protocol_releases.current}
    assert objects(store, expand("dcat:distribution"), dataset)
    counted = rows_of(http.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}))
    assert objects(store, expand("void:triples"), dataset) == {counted[0]["n"]}
    held = http.get("/store", params={"graph": expand("graph:meta"), "format": "nt"})
    assert set(triples_of(held)) == set(triples_of(http.get("/.well-known/void", params={"format": "nt"})))
