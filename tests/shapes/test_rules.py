"""The names of shapes, and that fingerprints stay while lines move."""

from __future__ import annotations

from pathlib import Path

from rdflib import BNode, Graph
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.shapes.check import Request, check
from kg.shapes.outcome import Outcome

SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:C ;
    sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:name "has p" ] ;
    sh:property [ sh:path ex:p ; sh:maxLength 2 ] ;
    sh:property [ sh:path ( [ sh:inversePath ex:q ] [ sh:zeroOrMorePath ex:r ] ) ; sh:minCount 2 ] ;
    sh:property [ sh:path [ sh:alternativePath ( ex:p ex:t ) ] ; sh:maxCount 0 ;
        sh:message "Nichts."@de, "Nothing."@en ] ;
    sh:property [ sh:path ex:in ; sh:node [ sh:property [ sh:path ex:s ; sh:minCount 1 ] ] ] .
"""
DATA = """\
@prefix ex: <http://example.org/> .
ex:a a ex:C ; ex:p "long" ; ex:in [ ex:n 1 ] , [ ex:n 2 ] .
[] a ex:C ; ex:t 1 .
[] a ex:C ; ex:t 2 .
"""


def checked(folder: Path, data: str) -> Outcome:
    folder.mkdir(exist_ok=True)
    (folder / "shapes.ttl").write_text(SHAPES, "utf-8")
    (folder / "data.ttl").write_text(data, "utf-8")
    return check(Request(files=[folder / "data.ttl"], shapes=[folder / "shapes.ttl"]))


def test_a_shape_without_an_iri_is_called_by_its_holder_and_path(tmp_path: Path) -> None:
    rules = {f.rule.id: f.rule for f in checked(tmp_path, DATA).new}
    assert set(rules) == {
        "ex:S/ex:p[1]",
        "ex:S/ex:p[2]",
        "ex:S/^ex:q/ex:r*",
        "ex:S/ex:p|ex:t",
        "ex:S/ex:in",
    }
    assert rules["ex:S/ex:p[1]"].title == "has p"
    assert rules["ex:S/ex:p|ex:t"].title == "Nothing."


def test_the_report_of_the_standard_gives_a_path_that_is_more_than_a_property(tmp_path: Path) -> None:
    report = Graph().parse(data=checked(tmp_path, DATA).turtle(), format="turtle")
    paths: dict[Node, list[Node]] = {}
    for result in report.objects(None, SH.result):
        [path] = report.objects(result, SH.resultPath)
        paths.setdefault(path, []).append(result)
    ex = "http://example.org/"
    assert len(paths) == 4
    assert {str(path) for path in paths if str(path).startswith(ex)} == {f"{ex}p", f"{ex}in"}
    [either] = report.subject_objects(SH.alternativePath)
    assert [str(item) for item in Collection(report, either[1])] == [f"{ex}p", f"{ex}t"]
    assert len(paths[either[0]]) == 3
    [sequence] = [path for path in paths if (path, RDF.first, None) in report]
    first, second = Collection(report, sequence)
    assert str(report.value(first, SH.inversePath)) == f"{ex}q"
    assert str(report.value(second, SH.zeroOrMorePath)) == f"{ex}r"
    assert not any(isinstance(term, BNode) for triple in report for term in triple)


def test_fingerprints_stay_while_lines_move_and_tell_blank_nodes_apart(tmp_path: Path) -> None:
    first = checked(tmp_path / "one", DATA)
    head, *statements = DATA.splitlines()
    moved = "\n\n".join([head, "# moved", *reversed(statements), "_:other <urn:p> _:one ."]).replace("; ", ";\n  ")
    second = checked(tmp_path / "two", moved)
    prints = [sorted(f.fingerprint for f in outcome.new) for outcome in (first, second)]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == len(prints[0]) == 11
    assert {f.location.line for f in first.new} != {f.location.line for f in second.new}


def test_a_fingerprint_changes_with_the_value(tmp_path: Path) -> None:
    first, second = checked(tmp_path / "one", DATA), checked(tmp_path / "two", DATA.replace('"long"', '"longer"'))
    one, other = ({f.fingerprint for f in outcome.new} for outcome in (first, second))
    assert len(one - other) == len(other - one) == 1
