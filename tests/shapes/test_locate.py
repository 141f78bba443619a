"""Which statement a result is traced to, without validating anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.shapes.locate import Located, Locator
from kg.shapes.report import GENID, Result, Term

SH, EX = "http://www.w3.org/ns/shacl#", "http://example.org/"
FIRST = """\
@prefix ex: <http://example.org/> .
ex:a ex:p 1 ;
  ex:p 2 ;
  ex:q ex:b .
ex:c ex:r ex:b , "lit" .
"""
SECOND = """\
@prefix ex: <http://example.org/> .

ex:a ex:p 1 .
[] ex:p 7 .
"""


def result(
    focus: str = f"{EX}a",
    path: str | None = f"{EX}p",
    value: Term | None = None,
    component: str = "PatternConstraintComponent",
) -> Result:
    return Result(focus, path, value, f"{EX}S", "violation", "Amiss.", f"{SH}{component}")


def number(value: int) -> Literal:
    return Literal(value)


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    (tmp_path / "a.ttl").write_text(FIRST, "utf-8")
    (tmp_path / "b.ttl").write_text(SECOND, "utf-8")
    return [tmp_path / "a.ttl", tmp_path / "b.ttl"]


def found(paths: list[Path], asked: Result) -> Located:
    located = Locator(paths, [asked]).locate(asked)
    assert located is not None
    return located


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        (result(value=number(2)), "a.ttl:3:3"),
        (result(component="MinCountConstraintComponent"), "a.ttl:2:1"),
        (result(path=f"{EX}none", component="HasValueConstraintComponent"), "a.ttl:2:1"),
        (result(path=None, value=NamedNode(f"{EX}a"), component="ClassConstraintComponent"), "a.ttl:2:1"),
        # An inverse path: the value is the subject.
        (result(f"{EX}b", None, NamedNode(f"{EX}c")), "a.ttl:5:6"),
        # A longer path: the value stands with another subject.
        (result(path=None, value=NamedNode(f"{EX}b")), "a.ttl:4:3"),
        (result('"lit"', None, Literal("lit")), "a.ttl:5:18"),
        # A focus node that is never a subject.
        (result(f"{EX}b", component="MinCountConstraintComponent"), "a.ttl:4:3"),
        (result(f"{GENID}f1b0", value=number(7)), "b.ttl:4:4"),
        (result(f"{GENID}f1b0", component="MinCountConstraintComponent"), "b.ttl:4:1"),
    ],
)
def test_a_result_is_traced_to_its_statement(paths: list[Path], asked: Result, where: str) -> None:
    place = found(paths, asked).location
    assert f"{place.path.name}:{place.line}:{place.column}" == where


def test_too_many_values_are_traced_to_the_last_and_the_others_are_told(paths: list[Path]) -> None:
    located = found(paths, result(component="MaxCountConstraintComponent"))
    assert (located.location.path.name, located.location.line) == ("b.ttl", 3)
    assert [(place.path.name, place.line) for _, place in located.others] == [("a.ttl", 2), ("a.ttl", 3)]


def test_a_value_that_two_files_state_is_traced_to_the_first(paths: list[Path]) -> None:
    located = found(paths, result(value=number(1)))
    assert (located.location.path.name, located.location.line) == ("a.ttl", 2)
    assert [(place.path.name, place.line) for _, place in located.others] == [("b.ttl", 3)]


def test_a_node_in_none_of_the_files_has_no_place(paths: list[Path]) -> None:
    asked = result(f"{EX}nowhere")
    assert Locator(paths, [asked]).locate(asked) is None


def test_a_syntax_without_lines_gives_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(f'{{"@id": "{EX}a", "{EX}p": "x"}}', "utf-8")
    place = found([path], result(value=Literal("x"))).location
    assert (place.path, place.line, place.column, place.end_line) == (path, 1, 1, None)
