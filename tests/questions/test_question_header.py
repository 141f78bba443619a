from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.namespaces import expand
from kg.questions import Column, ParameterError, Question, question, question_of, questions

GOOD = """# title: A
# description: B
#   and C.
# tags: incidents, time
# view: chart
# parameter: since (date, default 2020-01-01): the first day
# parameter: front (concept of front): a section
# parameter: far (decimal, default 5, from 0 to 99.5): how far
# parameter: order (text, default up, one of up down): which way
# column: n (integer): it
SELECT ?n {
  VALUES ?since { "2020-01-01"^^xsd:date }
  VALUES ?front { UNDEF }
  VALUES ?far { 5.0 }
  VALUES ?order { "up" }
}
"""
GOOD = GOOD.replace("5.0", '"5"^^xsd:decimal')


def written(folder: Path, text: str) -> Path:
    path = folder / "asked.rq"
    path.write_text(text)
    return path


def test_a_header_is_read(tmp_path: Path) -> None:
    found = question_of(written(tmp_path, GOOD))
    assert (found.name, found.title, found.description) == ("asked", "A", "B and C.")
    assert (found.tags, found.view) == (("incidents", "time"), "chart")
    assert found.columns == (Column("n", "it", "integer"),)
    since, front, far, order = found.parameters
    assert (since.kind, since.meaning) == ("date", "the first day")
    assert since.default == Literal("2020-01-01", datatype=NamedNode(expand("xsd:date")))
    assert (front.kind, front.default) == ("concept of front", None)
    assert NamedNode(expand("front:eastern")) in front.allowed
    assert (far.words, far.schema()) == (
        "a number such as 37.5 from 0 to 99.5",
        {"type": "number", "minimum": 0, "maximum": 99.5, "default": 5},
    )
    assert order.allowed == (Literal("up"), Literal("down"))
    assert order.schema() == {"type": "string", "maxLength": 500, "enum": ["up", "down"], "default": "up"}
    assert not any(parameter.takes_any for parameter in found.parameters)
    assert found.header + found.query == found.text == GOOD
    assert questions(tmp_path) == [found]


@pytest.mark.parametrize(
    ("kind", "place", "schema", "words"),
    [
        ("year, default 2024 or any", "2024",
         {"anyOf": [{"type": "string", "pattern": "^[0-9]{4}$"}, {"const": "any"}], "default": "2024"},
         "a year of four digits, or any"),
        ("text, default up or any, one of up down", '"up"',
         {"type": "string", "maxLength": 500, "enum": ["up", "down", "any"], "default": "up"},
         "one of up, down, or any"),
        ("decimal, from 0 to 9, default 5 or any", '"5"^^xsd:decimal',
         {"anyOf": [{"type": "number", "minimum": 0, "maximum": 9}, {"const": "any"}], "default": 5},
         "a number such as 37.5 from 0 to 9, or any"),
    ],
)  # fmt: skip
def test_a_default_can_give_way_to_any(
    tmp_path: Path, kind: str, place: str, schema: dict[str, object], words: str
) -> None:
    declared = f"# parameter: it ({kind}): what\n# column"
    body = f"  VALUES ?it {{ {place} }}\n}}\n"
    found = question_of(written(tmp_path, GOOD.replace("# column", declared).removesuffix("}\n") + body))
    parameter = found.parameter("it")
    assert (parameter.takes_any, parameter.schema(), parameter.words) == (True, schema, words)
    assert found.terms({"it": "any", "since": ""}) == {"it": None, "since": found.parameter("since").default}
    assert found.terms({"it": ""}) == {"it": parameter.default}
    assert found.bound(found.terms({"it": "any"})) == found.text.replace(f"?it {{ {place} }}", "?it { UNDEF }")
    for other in ("Any", "any ", "UNDEF", "or any"):
        with pytest.raises(ParameterError, match="or any"):
            parameter.asked(other)
    for name in ("since", "front", "far", "order"):
        with pytest.raises(ParameterError, match=f"the parameter {name} is 'any'"):
            found.terms({name: "any"})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("# title: A\n", ""), "has 0 lines '# title:' and must have one"),
        (lambda text: text.replace("# title", "# title: Z\n# title"), "has 2 lines '# title:' and must have one"),
        (lambda text: text.replace("# tags: incidents, time\n", ""), "has 0 lines '# tags:'"),
        (lambda text: text.replace("incidents, time", "Incidents"), "'Incidents' are no tags"),
        (lambda text: text.replace("chart", "pie"), "no view 'pie': give one of table, chart, map, timeline"),
        (lambda text: text.replace("# column", "# colum"), "line 10: the header has title, .* not '# colum: n"),
        (
            lambda text: text.replace("n (integer): it", "n: it"),
            r"'n: it' of the header is no 'name \(type\): meaning'",
        ),
        (lambda text: text.replace("n (integer)", "n (year)"), "a column is no 'year': give one of iri, text"),
        (lambda text: text.replace("# column", "# column: n (text): x\n# column"), "declares one of n, n twice"),
        (lambda text: text.replace("front (", "format ("), "cannot be called format"),
        (lambda text: text.replace("of front)", "of fronts)"), "no type 'concept of fronts' of parameters"),
        (lambda text: text.replace("one of up down", "sorted"), "'sorted' says nothing of the parameter order"),
        (lambda text: text.replace("from 0 to 99.5", "from 0 to"), "'from 0 to' says nothing of the parameter far"),
        (lambda text: text.replace("one of up down", "from 0"), "'from 0' says nothing of the parameter order"),
        (lambda text: text.replace("to 99.5", "to x"), "'x' is not a number"),
        (
            lambda text: text.replace("default 5,", "default 100,"),
            "the default does not fit: the parameter far is '100'",
        ),
        (
            lambda text: text.replace("default up, one of up down", "default up or any"),
            "the parameter order takes any text, and 'any' is one",
        ),
        (lambda text: text.replace("default up", "default any"), "default does not fit: .* give one of up, down"),
        (lambda text: text.replace("default up", "default left"), "default does not fit: .* give one of up, down"),
        (lambda text: text.replace('{ "up" }', '{ "down" }'), "has 'VALUES .order { \"down\" }' where its header has"),
        (lambda text: text.replace('{ "up" }', "{ up }"), "is not SPARQL: write VALUES .order"),
        (lambda text: text.replace("VALUES ?front { UNDEF }", ""), r"0 times VALUES \?front { UNDEF }"),
        (lambda text: text.replace("VALUES ?front", "VALUES ?front { UNDEF } VALUES ?front"), "has 2 times VALUES"),
        (lambda text: f"#   more\n{text}", "line 1: the header has title"),
    ],
)
def test_a_broken_header_is_refused(tmp_path: Path, change: Callable[[str], str], message: str) -> None:
    changed = change(GOOD)
    assert changed != GOOD
    path = written(tmp_path, changed)
    with pytest.raises(UsageError, match=message) as caught:
        question_of(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_bytes(b"# title: \xff\n")
    with pytest.raises(UsageError, match=r"bad\.rq cannot be read as a question"):
        question_of(path)
    with pytest.raises(UsageError, match=r"none\.rq cannot be read as a question"):
        question_of(tmp_path / "none.rq")


def test_a_shipped_question_is_found_by_its_name() -> None:
    found = question("routes")
    assert isinstance(found, Question)
    assert found in questions()
    with pytest.raises(UsageError, match="there is no question 'rotes': did you mean routes"):
        question("rotes")
    with pytest.raises(UsageError, match="there is no question 'zzzzzzzz': kg ask lists those there are"):
        question("zzzzzzzz")
