from __future__ import annotations

import datetime
import json
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.namespaces import PREFIXES, SCHEMES, expand
from kg.questions.values import ENTITY_CLASSES, ValueKind, kind_of


def kind(name: str) -> ValueKind:
    found = kind_of(name)
    assert found is not None
    return found


def xsd(name: str) -> NamedNode:
    return NamedNode(PREFIXES["xsd"] + name)


@pytest.mark.parametrize(
    ("name", "text", "term"),
    [
        ("text", "a “quote”", Literal("a “quote”")),
        ("integer", "-012", Literal("-12", datatype=xsd("integer"))),
        ("decimal", "37.50", Literal("37.50", datatype=xsd("decimal"))),
        ("decimal", "1", Literal("1", datatype=xsd("decimal"))),
        ("decimal", "1e3", Literal("1000", datatype=xsd("decimal"))),
        ("decimal", "-2.5E-3", Literal("-0.0025", datatype=xsd("decimal"))),
        ("boolean", "true", Literal("true", datatype=xsd("boolean"))),
        ("date", "2024-02-29", Literal("2024-02-29", datatype=xsd("date"))),
        ("year", "0987", Literal("987", datatype=xsd("integer"))),
        ("iri", "https://example.org/a?b=c#d", NamedNode("https://example.org/a?b=c#d")),
        ("iri", "cx:front", NamedNode(expand("cx:front"))),
        ("concept of front", "eastern", NamedNode(expand("front:eastern"))),
        ("concept of front", "front:eastern", NamedNode(expand("front:eastern"))),
        ("concept of front", expand("front:eastern"), NamedNode(expand("front:eastern"))),
        ("entity Route", "dmz", NamedNode(expand("id:route/dmz"))),
        ("entity Route", "route/dmz", NamedNode(expand("id:route/dmz"))),
        ("entity Route", "id:route/dmz", NamedNode(expand("id:route/dmz"))),
        ("entity Route", expand("id:route/dmz"), NamedNode(expand("id:route/dmz"))),
    ],
)
def test_a_text_is_read_as_its_term(name: str, text: str, term: NamedNode | Literal) -> None:
    assert kind(name).read(text) == term


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("text", "two\nlines"),
        ("text", "x" * 501),
        ("text", "\ud800"),
        ("text", "\x7f"),
        ("integer", "1.5"),
        ("integer", "1e3"),
        ("integer", "٣"),
        ("integer", "9" * 19),
        ("decimal", "NaN"),
        ("decimal", "1,5"),
        ("decimal", "1e400"),
        ("decimal", "1e18"),
        ("decimal", "1e-19"),
        ("boolean", "1"),
        ("date", "2025-02-29"),
        ("date", "2025-7-3"),
        ("date", "20250703"),
        ("date", "2025-W27-4"),
        ("year", "25"),
        ("year", "-025"),
        ("iri", "front"),
        ("iri", "unknown:thing> ?s ?p ?o"),
        ("iri", "https://example.org/ a"),
        ("iri", "https://example.org/{a}"),
        ("iri", "https://example.org/\\u003E"),
        ("concept of front", "northern"),
        ("concept of front", "rank:sergeant"),
        ("entity Route", "a b"),
        ("entity Route", "id:person/dmz"),
        ("entity Route", "person/dmz"),
        ("entity Route", "id:dmz"),
        ("entity Route", "https://example.org/dmz"),
        ("entity Route", ""),
    ],
)
def test_what_is_no_value_is_refused(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        kind(name).read(text)


@pytest.mark.parametrize("name", ["", "string", "concept", "concept of", "concept of no", "entity", "entity Claim"])
def test_an_unknown_type_is_none(name: str) -> None:
    assert kind_of(name) is None


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_has_concepts_and_its_names_are_read(scheme: str) -> None:
    found = kind(f"concept of {scheme}")
    assert found.known
    assert [found.read(name) for name in found.schema["enum"]] == list(found.known)
    assert found.words.startswith("one of ")


@pytest.mark.parametrize("cls", ENTITY_CLASSES)
def test_an_entity_says_what_it_must_be(cls: str) -> None:
    article = "an" if cls in ("Incident", "Organization", "Article") else "a"
    found = kind(f"entity {cls}")
    said, _, example = found.words.partition(", such as ")
    assert said == f"the id or IRI of {article} {cls.lower()}"
    assert found.read(example) == NamedNode(expand(f"id:{example}"))


@given(st.from_regex(r"[0-9]{1,5}", fullmatch=True))
def test_a_year_is_what_its_schema_takes(text: str) -> None:
    if jsonschema.Draft202012Validator(kind("year").schema).is_valid(text):
        assert int(kind("year").read(text).value) == int(text)
    else:
        with pytest.raises(ValueError, match=text):
            kind("year").read(text)


@given(st.floats(1, 1e17))
def test_a_number_is_read_as_json_writes_it(number: float) -> None:
    assert float(kind("decimal").read(json.dumps(number)).value) == number


@given(st.text())
def test_whatever_is_read_as_a_text_comes_back_from_a_query(text: str) -> None:
    try:
        term = kind("text").read(text)
    except ValueError:
        return
    answer = Store().query(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert isinstance(answer, QuerySolutions)
    assert [row[0] for row in answer] == [Literal(text)]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40).map(lambda text: f"urn:x:{text}"))
def test_whatever_is_read_as_an_iri_is_one_term_of_a_query(text: str) -> None:
    try:
        term = kind("iri").read(text)
    except ValueError:
        return
    answer = Store().query(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert isinstance(answer, QuerySolutions)
    assert [row[0] for row in answer] == [NamedNode(text)]


@given(st.dates(), st.integers(-(10**17), 10**17), st.decimals(-(10**9), 10**9, places=6))
def test_days_and_numbers_keep_their_value(day: datetime.date, whole: int, number: Decimal) -> None:
    assert kind("date").read(day.isoformat()).value == day.isoformat()
    assert int(kind("integer").read(str(whole)).value) == whole
    assert Decimal(kind("decimal").read(format(number, "f")).value) == number
