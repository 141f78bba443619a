"""What strangers write in the place of a value gets into no question as a query: it is refused, or it is one term."""

from __future__ import annotations

import pytest
from rdflib.plugins.sparql.parser import parseQuery

from kg.namespaces import PREFIXES
from kg.query_tokens import tokenize
from kg.querying import ReleaseStore, open_release, rows
from kg.questions import ParameterError, Question, questions
from tests.support.asked_articles import asked_of

HOSTILE = [
    '" } UNION { ?s ?p ?o',
    "' } UNION { ?s ?p ?o . #",
    '"@en } #',
    '"^^xsd:string } UNION { ?s ?p ?o } #',
    "VALUES ?x { UNDEF }",
    "UNDEF",
    "?s",
    "custody\n} UNION { ?s ?p ?o",
    "custody\r# a comment",
    "# a comment",
    "https://example.org/> } UNION { ?s ?p ?o } #",
    "https://example.org/a> <https://example.org/b",
    "https://example.org/\\u003e",
    "id:organization/rok-military } UNION { ?s ?p ?o",
    "id:organization\\/rok-military",
    "<https://example.org/a>",
    "rok-military> } #",
    "DROP ALL",
    "SERVICE <http://127.0.0.1/> { ?s ?p ?o }",
    "\\",
    "\\u0022 } UNION { ?s ?p ?o } #",
    "\N{RIGHT-TO-LEFT OVERRIDE}}",
    "\N{FULLWIDTH QUOTATION MARK} }",
    "\x00",
    "\ud800",
    " ",
    "x" * 5000,
]
OPEN = [
    pytest.param(found, parameter.name, id=f"{found.name}-{parameter.name}")
    for found in questions()
    for parameter in found.parameters
    if parameter.kind in ("text", "iri") or parameter.kind.startswith("entity ")
]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> ReleaseStore:
    return open_release(asked_of(tmp_path_factory.mktemp("hostile"), "nothing").require_current())


def bound_or_refused(found: Question, name: str, value: str) -> str | None:
    """The query with the value, or None where it is refused; the refusal names the parameter."""
    try:
        return found.bound(found.terms({name: value}))
    except ParameterError as error:
        refused = error
    assert refused.parameter == name
    assert name in str(refused)
    return None


def parsed(query: str) -> str:
    declared = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    return str(parseQuery(declared + query))


@pytest.mark.parametrize(("found", "name"), OPEN)
def test_a_hostile_value_is_refused_or_one_term_that_matches_nothing(
    found: Question, name: str, held: ReleaseStore
) -> None:
    variables = [column.name for column in found.columns]
    for value in HOSTILE:
        text = bound_or_refused(found, name, value)
        if text is None or not value.strip():
            continue
        answer = rows(held, text)
        assert list(answer.variables) == variables
        assert answer.rows == (), value


def shape(query: str) -> list[tuple[str, str]]:
    """The tokens of a query; of those that can be a bound term only that they are one."""
    return [(token.kind, "" if token.kind in ("string", "iri") else token.text) for token in tokenize(query)]


@pytest.mark.parametrize(("found", "name"), OPEN)
def test_a_hostile_value_leaves_the_query_as_it_was_parsed(found: Question, name: str) -> None:
    benign = {"iri": "https://example.org/a", "text": "custody"}.get(found.parameter(name).kind, "a-name")
    if found.parameter(name).choices:
        benign = found.parameter(name).choices[0].value
    before = found.bound(found.terms({name: benign}))
    for value in HOSTILE:
        text = bound_or_refused(found, name, value)
        if text is None:
            continue
        assert shape(text) == shape(before), value
        # rdflib reads \\u0022 as a quotation mark wherever it stands, behind another backslash too.
        if "\\" not in value:
            (term,) = found.terms({name: value}).values()
            (expected,) = found.terms({name: benign}).values()
            assert term is not None
            assert expected is not None
            assert parsed(text).replace(repr(term.value), "it") == parsed(before).replace(repr(expected.value), "it")


def test_most_hostile_values_are_refused_where_an_entity_is_asked_for() -> None:
    for found in questions():
        for parameter in found.parameters:
            if parameter.kind.startswith("entity "):
                taken = [value for value in HOSTILE if bound_or_refused(found, parameter.name, value) is not None]
                assert set(taken) <= {"UNDEF", "x" * 5000}
