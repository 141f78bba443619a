"""Values for the variables of a query: at their place in every form, by the engine itself, and never as text."""

from __future__ import annotations

import datetime
import math
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

import kg
from kg.client.bindings import bind
from kg.client.values import IRI, Text, Typed, Value, term_of, value_of
from kg.errors import QueryError, UsageError
from kg.namespaces import PREFIXES, expand

EASTERN, CENTRAL = IRI.of("front:eastern"), IRI.of("front:central")
DAY = datetime.date(2025, 1, 1)
ONE, TWO = expand("id:incident/1"), expand("id:incident/2")


def of(graph: kg.Graph, query: str, **bindings: object) -> list[Value]:
    """The first column of the answer, sorted."""
    return sorted((row[0] for row in graph.query(query, **bindings)), key=str)


@pytest.mark.parametrize(
    ("query", "bindings", "found"),
    [
        ("SELECT ?i { ?i cx:front ?front }", {"front": EASTERN}, [ONE]),
        ("SELECT ?i { ?i cx:front $front }", {"front": EASTERN}, [ONE]),
        ("SELECT ?i { ?i cx:front ?front }", {"front": [EASTERN, CENTRAL]}, [ONE, TWO]),
        ("SELECT ?i { ?i cx:front ?front }", {"front": []}, []),
        ("SELECT ?i { ?i cx:front ?front }", {"front": None}, [ONE, TWO]),
        ("SELECT ?i { ?i cx:front ?f ; cx:dateEarliest ?d FILTER (?d > ?since) }", {"since": DAY}, [TWO]),
        ("SELECT (COUNT(*) AS ?n) { ?i cx:front ?front }", {"front": EASTERN}, [1]),
        ("SELECT ?front (COUNT(*) AS ?n) { ?i cx:front ?front } GROUP BY ?front", {"front": EASTERN}, [EASTERN]),
        ("SELECT (COUNT(*) AS ?n) { ?i cx:front ?f } HAVING (COUNT(*) > ?least)", {"least": 5}, None),
        (
            "SELECT ?i { { ?i cx:dateEarliest ?d FILTER (?d > ?s) } UNION { ?i cx:dateLatest ?e FILTER (?e > ?s) } }",
            {"s": DAY},
            [TWO],
        ),
        ("SELECT ?i { ?i a cx:Incident OPTIONAL { ?i cx:front ?f FILTER (?f = ?front) } FILTER (!BOUND(?f)) }",
         {"front": EASTERN}, [TWO]),
        ("SELECT ?i { ?i a cx:Incident MINUS { ?i cx:front ?front } }", {"front": EASTERN}, [TWO]),
        ("SELECT ?i { ?i a cx:Incident FILTER NOT EXISTS { ?i cx:front ?front } }", {"front": EASTERN}, [TWO]),
        ("SELECT ?i { ?i a cx:Incident FILTER EXISTS { ?i cx:dateEarliest ?d FILTER (?d > ?since) } }",
         {"since": DAY}, [TWO]),
        ("SELECT ?i { ?i a cx:Incident { SELECT ?i { ?i cx:front ?front } } }", {"front": CENTRAL}, [TWO]),
        ("SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?i cx:front ?front } } }", {"front": CENTRAL}, [1]),
        ("SELECT ?i { SELECT ?i ?front { ?i cx:front ?front } }", {"front": CENTRAL}, [TWO]),
        ("SELECT ?i WHERE { SELECT ?i { SELECT ?i { ?i cx:front ?front } LIMIT 5 } }", {"front": CENTRAL}, [TWO]),
        ("SELECT ?claim { GRAPH ?g { ?claim rdf:object ?front } }", {"front": EASTERN}, [expand("id:claim/1")]),
        ("SELECT ?i { VALUES ?front { UNDEF } ?i cx:front ?front }", {"front": EASTERN}, [ONE]),
        ("SELECT ?i { ?i cx:front ?front } VALUES ?front { front:eastern }", {"front": CENTRAL}, []),
        ("SELECT ?i WHERE # { ?front\n{ ?i cx:front ?front }", {"front": EASTERN}, [ONE]),
        ("SELECT (EXISTS { ?i cx:front front:central } AS ?is) { ?i cx:front ?front }", {"front": CENTRAL}, [True]),
        ("SELECT ?i { ?i skos:prefLabel ?label }", {"label": Text("first crossing", "en")}, [ONE]),
        ("SELECT ?i { ?i skos:prefLabel ?label }", {"label": "first crossing"}, []),
        ("SELECT ?i { ?i cx:personCount ?n ; cx:reviewed ?r }", {"n": 1, "r": False}, [ONE]),
        ("SELECT ?i { ?i cx:dateEDTF ?d }",
         {"d": Typed("2025-07-03/2025-07~", "http://id.loc.gov/datatypes/edtf/EDTF")}, [TWO]),
        ("SELECT ?i { ?i cx:front ?front }", {"front": NamedNode(EASTERN)}, [ONE]),
        ("SELECT ?s { GRAPH ?g { ?s a cx:Claim } }", {"g": IRI.of("graph:article/a")}, [expand("id:claim/1")]),
    ],
)  # fmt: skip
def test_a_value_holds_in_every_part_of_a_query(
    graph: kg.Graph, query: str, bindings: dict[str, object], found: list[Value] | None
) -> None:
    assert of(graph, query, **bindings) == (found or [])


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?i a ?c } WHERE { ?i a ?c ; cx:front ?front }",
        "CONSTRUCT { ?i a ?c } { ?i a ?c ; cx:front ?front }",
        "CONSTRUCT WHERE { ?i a cx:Incident ; cx:front ?front # the end\n}",
        "DESCRIBE ?i WHERE { ?i cx:front ?front }",
    ],
)
def test_a_value_holds_in_queries_for_triples(graph: kg.Graph, query: str) -> None:
    found = graph.query(query, front=EASTERN)
    assert {row.subject for row in found} == {ONE}


def test_a_value_holds_in_an_ask(graph: kg.Graph) -> None:
    asked = "ASK { ?i cx:front ?front ; cx:dateEarliest ?d FILTER (?d > ?since) }"
    assert graph.query(asked, front=CENTRAL, since=DAY)
    assert not graph.query(asked, front=EASTERN, since=DAY)


@pytest.mark.parametrize(
    "hostile",
    ['x" } UNION { ?i a cx:Incident', "x' }", "\\", '"""', "front:eastern }", "?i", "\n} DELETE {", "}#", "\x00", "😀"],
)
def test_a_text_stays_a_text(graph: kg.Graph, hostile: str) -> None:
    answer = graph.query("SELECT ?i ?front { BIND (1 AS ?i) FILTER (BOUND(?front)) }", front=hostile)
    assert [row.front for row in answer] == [hostile]
    assert of(graph, "SELECT ?i { ?i cx:front ?front }", front=hostile) == []


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (IRI("x> ?y ?z . <"), "can be no term"),
        (IRI("no scheme"), "can be no term"),
        (Text("x", "en} ?s ?p ?o"), "can be no term"),
        (Typed("1", "a> b"), "can be no term"),
        ("\ud800", "can be no term"),
        (BlankNode("b"), "a BlankNode can be no term"),
        (object(), "a object can be no term"),
        (b"bytes", "a bytes can be no term"),
        (Decimal("NaN"), "not finite"),
        (datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(seconds=1))), "has seconds"),
        ([[1]], "a list can be no term"),
        ([None], "a NoneType can be no term"),
    ],
)
def test_what_is_no_term_is_refused(local: kg.Graph, value: object, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        local.query("SELECT * { ?s ?p ?o }", o=value)


@pytest.mark.parametrize(
    ("query", "bindings", "says"),
    [
        ("SELECT ?i { ?i cx:front ?front }", {"fornt": EASTERN}, r"no variable \?fornt: it has \?i, \?front"),
        ("SELECT (1 AS ?n) {} # ?x", {"x": 1}, r"no variable \?x: it has \?n"),
        ("ASK {}", {"x": None}, r"no variable \?x: it has none"),
        ("SELECT (COUNT(*) AS ?n) { ?i ?p ?o }", {"n": 1}, r"works \?n out itself"),
        ("SELECT ?y { ?i cx:dateEarliest ?d BIND (YEAR(?d) AS ?y) }", {"y": 2025}, r"works \?y out itself"),
        ("DESCRIBE ?i", {"i": EASTERN}, "has no WHERE group"),
    ],
)
def test_a_variable_that_cannot_have_a_value_is_named(
    local: kg.Graph, query: str, bindings: dict[str, object], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        local.query(query, **bindings)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?i { ?i cx:front ?front . ?i }", (1, 37)),
        ("SELECT ?i {\n  ?i cx:front ?front . { ?front foaff:name ?x } }", (2, 33)),
        ("SELECT ?i { ?i cx:front ?front }\nSERVICE <urn:x> {}", (2, 1)),
    ],
)
def test_an_error_stands_where_it_stands_without_values(graph: kg.Graph, query: str, place: tuple[int, int]) -> None:
    with pytest.raises(QueryError) as bound:
        graph.query(query, front=["a" * 100, EASTERN])
    with pytest.raises(QueryError) as free:
        graph.query(query)
    assert (bound.value.line, bound.value.column) == (free.value.line, free.value.column) == place
    assert str(bound.value) == str(free.value)
    assert type(bound.value) is type(free.value)


@given(st.text(alphabet=st.sampled_from("{}()?xAS SELECT WHERE VALUES EXISTS CONSTRUCT#'\"<>|\n.;@:_")), st.booleans())
def test_any_text_is_bound_or_refused(noise: str, before: bool) -> None:
    text = f"{noise} SELECT * {{ ?v ?x ?y }}" if before else f"SELECT * {{ ?v {noise} }}"
    try:
        bound = bind(text, {"v": 1})
    except UsageError:
        return
    position = 0
    for at, _block in bound.inserted:
        assert at >= position
        position = at
    rest = bound.text
    for at, block in reversed(bound.inserted):
        start = at + sum(len(other) for where, other in bound.inserted if where < at)
        assert rest[start:].startswith(block)
        rest = rest[:start] + rest[start + len(block) :]
    assert rest == text


TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.one_of(
    TEXTS,
    st.integers(min_value=-(2**63), max_value=2**63 - 1),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4),
    st.floats(),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([None, datetime.UTC, datetime.timezone(datetime.timedelta(hours=-3))])),
    st.builds(Text, TEXTS, st.sampled_from(["en", "ko", "en-gb"])),
    st.builds(Typed, TEXTS, st.just("urn:type")),
    st.builds(lambda name: IRI(f"urn:x:{name}"), st.text(st.sampled_from("abcé한-._~20"), min_size=1)),
)


@given(VALUES)
def test_a_value_comes_back_from_the_engine_as_it_was(value: Any) -> None:
    found = Store().query(bind("SELECT ?v { FILTER (BOUND(?v)) }", {"v": value}).text)
    assert isinstance(found, QuerySolutions)
    (back,) = [value_of(row["v"]) for row in found]
    if isinstance(value, float) and math.isnan(value):
        assert isinstance(back, float)
        assert math.isnan(back)
        return
    assert back == value
    assert type(back) is type(value)
    assert pickle.loads(pickle.dumps(back)) == back
    for name in ("lang", "datatype", "label"):
        assert (
            getattr(back, name, None)
            == getattr(value, name, None)
            == getattr(pickle.loads(pickle.dumps(back)), name, None)
        )


@pytest.mark.parametrize(
    ("lexical", "datatype", "value"),
    [
        ("+07", "nonNegativeInteger", 7),
        ("1" * 5000, "integer", None),
        ("1_000", "integer", None),
        ("", "integer", None),
        (".5", "decimal", Decimal("0.5")),
        ("1e5", "decimal", None),
        ("INF", "double", math.inf),
        ("infinity", "double", None),
        ("1", "boolean", True),
        ("TRUE", "boolean", None),
        ("2025-02-30", "date", None),
        ("2025-02-03Z", "date", None),
        ("12025-02-03", "date", None),
        ("2025-07-03T24:00:00", "dateTime", None),
        ("2025-07-03T10:00:00.5+09:00", "dateTime",
         datetime.datetime(2025, 7, 3, 10, 0, 0, 500_000, datetime.timezone(datetime.timedelta(hours=9)))),
        ("2025", "gYear", None),
    ],
)  # fmt: skip
def test_a_lexical_form_is_a_value_or_stays_text(lexical: str, datatype: str, value: object) -> None:
    found = value_of(Literal(lexical, datatype=NamedNode(PREFIXES["xsd"] + datatype)))
    if value is None:
        assert isinstance(found, Typed)
        assert (str(found), found.datatype.local) == (lexical, datatype)
        assert term_of(found) == Literal(lexical, datatype=NamedNode(PREFIXES["xsd"] + datatype))
    else:
        assert found == value
        assert type(found) is type(value)


@pytest.mark.parametrize(
    ("iri", "local"),
    [
        ("https://example.org/a/b", "b"),
        ("https://example.org/x#y", "y"),
        ("urn:isbn:1", "1"),
        ("nothing", "nothing"),
    ],
)
def test_an_iri_has_a_local_name(iri: str, local: str) -> None:
    assert IRI(iri).local == local


def test_a_prefix_that_is_not_known_is_said() -> None:
    with pytest.raises(UsageError, match="no prefix of the project"):
        IRI.of("nope:x")


def test_a_blank_node_stays_a_term() -> None:
    assert value_of(BlankNode("b")) == BlankNode("b")
