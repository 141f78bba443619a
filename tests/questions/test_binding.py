"""A value is bound as a term, whatever it says; nothing of it is read as a query."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.namespaces import PREFIXES, expand
from kg.questions import ParameterError, Question, question, question_of
from kg.questions.parameters import written

TEXT = """# title: Two texts
# description: Gives back both.
# tags: tests
# view: table
# parameter: one (text, default a): the first
# parameter: two (text): the second
# column: one (text): the first
# column: two (text): the second
SELECT ?one ?two {
  VALUES ?one { "a" }
  VALUES ?two { UNDEF }
}
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Question:
    path = tmp_path_factory.mktemp("asked") / "both.rq"
    path.write_text(TEXT)
    return question_of(path)


def answered(text: str) -> list[tuple[object, ...]]:
    found = Store().query(text, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    assert [variable.value for variable in found.variables] == ["one", "two"]
    return [tuple(row) for row in found]


def test_nothing_given_is_the_file_itself(both: Question) -> None:
    assert both.bound({}) == TEXT
    assert answered(both.bound({})) == [(Literal("a"), None)]


HOSTILE = [
    '" } UNION { ?s ?p ?o',
    "VALUES ?two { UNDEF }",
    'VALUES ?one { "a" }',
    "# a comment",
    "\\",
    '"',
    "}",
    "\\u0022 }",
    "{ SERVICE <http://example.org/> {} }",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
]


@pytest.mark.parametrize("first", HOSTILE)
@pytest.mark.parametrize("second", HOSTILE)
def test_a_hostile_text_stays_a_text(both: Question, first: str, second: str) -> None:
    for texts in ({"one": first, "two": second}, {"two": second, "one": first}):
        assert answered(both.bound(both.terms(texts))) == [(Literal(first), Literal(second))]


@given(st.text(), st.text())
def test_any_text_stays_a_text_or_is_refused(both: Question, first: str, second: str) -> None:
    try:
        terms = both.terms({"one": first, "two": second})
    except ParameterError:
        return
    # An empty text is as none.
    assert answered(both.bound(terms)) == [(Literal(first or "a"), Literal(second) if second else None)]


def test_the_header_keeps_what_it_says_of_a_place(tmp_path: Path) -> None:
    path = tmp_path / "noted.rq"
    path.write_text(TEXT.replace("Gives back both.", "Gives back both, VALUES ?two { UNDEF } too."))
    found = question_of(path)
    assert found.bound({"two": Literal("b")}).startswith(found.header)
    assert answered(found.bound({"two": Literal("b")})) == [(Literal("a"), Literal("b"))]


def test_a_parameter_that_is_not_there_is_refused() -> None:
    routes = question("routes")
    with pytest.raises(ParameterError, match="the question routes has no parameter 'front': it has route") as caught:
        routes.bound({"front": NamedNode(expand("front:eastern"))})
    assert caught.value.parameter == "front"
    with pytest.raises(ParameterError, match="the parameter route is 'a b': give the id or IRI of a route") as caught:
        routes.terms({"route": "a b"})
    assert caught.value.parameter == "route"


def test_a_long_value_is_shown_in_part(both: Question) -> None:
    with pytest.raises(ParameterError) as caught:
        both.terms({"one": "x" * 10_000})
    assert len(str(caught.value)) < 200


def test_the_text_for_an_editor_says_what_stands_in_a_place(both: Question) -> None:
    text = both.explained_with({"two": Literal("b")})
    assert text.startswith("# Two texts.\n# Gives back both.\n# ?one, a unless changed: the first")
    assert "# ?two, in the place of UNDEF: the second" in text
    assert answered(text) == [(Literal("a"), Literal("b"))]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (NamedNode(expand("front:eastern")), "eastern"),
        (NamedNode(expand("id:route/dmz")), "id:route/dmz"),
        (NamedNode("https://example.org/a"), "https://example.org/a"),
        (Literal("2020-01-01", datatype=NamedNode(expand("xsd:date"))), "2020-01-01"),
    ],
)
def test_a_term_is_written_as_a_person_gives_it(term: NamedNode | Literal, words: str) -> None:
    assert written(term) == words
