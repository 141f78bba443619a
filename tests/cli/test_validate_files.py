"""`kg validate` over files of strangers, as a process of its own: lines, formats, exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import SH

from kg.cli import main
from tests.support.commands import kg

SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> .

ex:BoatShape a sh:NodeShape ; sh:targetClass ex:Boat ;
    sh:property [ sh:path ex:length ; sh:datatype xsd:integer ; sh:maxCount 1 ;
        sh:message "A boat has one length, a whole number." ] ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "A boat has a name." ] ;
    sh:property [ sh:path ex:port ; sh:node ex:PortShape ] ;
    sh:property [ sh:path ex:flag ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "A flag helps." ] .
ex:PortShape a sh:NodeShape ; sh:property [ sh:path ex:city ; sh:minCount 1 ; sh:message "A port is in a city." ] .
"""
TURTLE = """\
@prefix ex: <http://example.org/> .

ex:gull a ex:Boat ;
    ex:length "long" ;
    ex:name "Gull" ;
    ex:port [ ex:pier 4 ] ;
    ex:flag ex:red .

# ex:tern has no name here
ex:tern a ex:Boat ; ex:length 9 ,
        10 ; ex:flag ex:red .
"""
LINES = """\
# further boats
<http://example.org/auk> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Boat> .
<http://example.org/auk> <http://example.org/name> "Auk" .
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "shapes.ttl").write_text(SHAPES, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.ttl").write_text(TURTLE, "utf-8")
    (tmp_path / "data/b.nt").write_text(LINES, "utf-8")
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=tmp_path, check=True)
    return tmp_path


def commit(folder: Path) -> None:
    identity = ["-c", "user.name=A Curator", "-c", "user.email=curator@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["add", "-A"], ["commit", "-q", "-m", "State"]):
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)


def test_every_result_has_its_line_in_every_format_and_one_run_writes_them_all(data: Path) -> None:
    files = {name: f"out/{name}" for name in ("json", "junit", "sarif", "github", "markdown", "turtle", "human")}
    formats = [part for name, file in files.items() for part in ("--format", f"{name}={file}")]
    done = kg("validate", "data", "--shapes", "shapes.ttl", *formats, cwd=data)
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    told = json.loads((data / "out/json").read_text("utf-8"))
    found = {
        (r["shape"], r["location"]["file"], r["location"]["line"], r["location"]["column"]) for r in told["results"]
    }
    assert found == {
        ("ex:BoatShape/ex:length", "data/a.ttl", 4, 5),
        ("ex:BoatShape/ex:length", "data/a.ttl", 11, 9),
        ("ex:BoatShape/ex:name", "data/a.ttl", 10, 1),
        ("ex:BoatShape/ex:port", "data/a.ttl", 6, 5),
        ("ex:BoatShape/ex:flag", "data/b.nt", 2, 1),
    }
    assert told["counts"] == {"violation": 4, "warning": 1, "info": 0}
    [twice] = [r for r in told["results"] if r["location"]["line"] == 11]
    assert [(r["file"], r["line"]) for r in twice["related"]] == [("data/a.ttl", 10)]
    assert (data / "out/human").read_text("utf-8") == done.stdout
    for file, line in {(file, line) for _, file, line, _ in found}:
        assert f"{file}:{line}:" in done.stdout
        assert f"{file}:{line} " in (data / "out/markdown").read_text("utf-8")
        assert f"file={file},line={line}," in (data / "out/github").read_text("utf-8")
    cases = ElementTree.parse(data / "out/junit").getroot().findall(".//testcase")
    assert {(c.get("file"), int(c.get("line", "0"))) for c in cases} == {(f, n) for _, f, n, _ in found}
    log = json.loads((data / "out/sarif").read_text("utf-8"))
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in log["runs"][0]["results"]]
    assert {(r["startLine"], r["startColumn"]) for r in regions} == {(n, c) for _, _, n, c in found}


def test_turtle_alone_prints_a_report_and_nothing_else(data: Path) -> None:
    done = kg("validate", "data", "--shapes", "shapes.ttl", "--format", "turtle", cwd=data)
    report = Graph().parse(data=done.stdout, format="turtle")
    assert (done.returncode, done.stderr) == (1, "")
    assert [str(value) for value in report.objects(None, SH.conforms)] == ["false"]
    assert len(list(report.subjects(SH.resultSeverity, None))) == 5
    again = kg("validate", "data", "--shapes", "shapes.ttl", "--format", "turtle", "--out", "r.ttl", cwd=data)
    assert again.stdout == ""
    assert (data / "r.ttl").read_text("utf-8") == done.stdout
    assert isomorphic(Graph().parse(data / "r.ttl"), report)


def test_severity_decides_the_exit_code_and_never_whether_it_conforms(data: Path) -> None:
    (data / "data/a.ttl").unlink()
    for severity, code in (("violation", 0), ("warning", 1), ("info", 1)):
        options = ("--shapes", "shapes.ttl", "--severity", severity, "--format", "turtle")
        done = kg("validate", "data", *options, cwd=data)
        assert done.returncode == code, severity
        assert "sh:conforms false" in done.stdout


def test_only_the_shapes_given_are_used_and_nothing_of_ours_is_mixed_in(data: Path) -> None:
    (data / "ours.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix ex: <http://example.org/> .\n"
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf skos:inScheme ; sh:property [ sh:path ex:no ; sh:minCount 1 ] .\n",
        "utf-8",
    )
    (data / "cx.nt").write_text(
        "<https://w3id.org/crossings/id/claim/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/crossings/ontology#Claim> .\n",
        "utf-8",
    )
    assert kg("validate", "cx.nt", "--shapes", "ours.ttl", cwd=data).returncode == 0
    mixed = kg("validate", "cx.nt", "--more-shapes", "ours.ttl", cwd=data)
    assert mixed.returncode == 1
    assert "cxsh:ClaimHasEvidence" in mixed.stdout
    assert "cx.nt:1:1: id:claim/1" in mixed.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["data/none.ttl"], 2, "data/none.ttl cannot be read"),
        (["broken.ttl"], 2, "broken.ttl:2:1 cannot be read as Turtle"),
        (["data", "--format", "csv"], 2, "no format 'csv'"),
        (["data", "--format", "json", "--format", "sarif"], 2, "two formats would be written to the standard output"),
        (["data", "--format", "json="], 2, "names no file"),
        (["data", "--engine", "none"], 2, "no engine 'none'"),
        (["data", "--write-baseline"], 2, "--baseline FILE"),
        (["data", "--baseline", "none.json"], 2, "none.json cannot be read"),
        (["data", "--changed-since", "nowhere"], 2, "--changed-since nowhere"),
        (["data", "--more-shapes", "shapes.ttl"], 2, "give one of the two"),
        (["data", "--shapes", "data/b.nt"], 3, "holds no shape"),
        (["data", "--shapes", "none.ttl"], 3, "none.ttl cannot be read"),
        (["data", "--shapes", "broken.ttl"], 3, "broken.ttl:2:1 cannot be read as Turtle"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_its_exit_code(
    data: Path,
    arguments: list[str],
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (data / "broken.ttl").write_text("<a:a> <a:b> 1 .\n%", "utf-8")
    given = arguments if "--shapes" in arguments else [*arguments, "--shapes", "shapes.ttl"]
    monkeypatch.chdir(data)
    with pytest.raises(SystemExit) as ended:
        main(["validate", *given])
    out, err = capsys.readouterr()
    assert ended.value.code == code, err
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert out == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonld", '{"@id":"a:a","a:p":' * 10_000 + "1" + "}" * 10_000),
        ("a.nt", "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 100_000 + "<a:c>" + " )>>" * 100_000 + " ."),
        ("a.rdf", "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" + "<r:Description><r:p>" * 50_000),
    ],
)
def test_a_document_that_would_end_the_engine_is_refused(data: Path, name: str, content: str) -> None:
    (data / name).write_text(content, "utf-8")
    done = kg("validate", name, "--shapes", "shapes.ttl", cwd=data)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        rf"kg: {name}:1:[0-9]+ cannot be read as [^:]+: [^\n]+ nested more than 200 deep\n", done.stderr
    )


def test_a_focus_node_that_is_not_in_the_data_is_told(data: Path) -> None:
    there, absent = "http://example.org/gull", "http://example.org/gul"
    done = kg("validate", "data", "--shapes", "shapes.ttl", "--focus", there, "--focus", absent, cwd=data)
    assert f"The focus node {absent} is not in the data" in done.stdout
    assert f"The focus node {there} " not in done.stdout
    alone = kg("validate", "data", "--shapes", "shapes.ttl", "--focus", "ex:gull", "--format", "json", cwd=data)
    assert json.loads(alone.stdout)["notes"] == [
        "The focus node ex:gull is not in the data: give its full IRI, as the data have it."
    ]


def test_focus_looks_at_one_node_alone(data: Path) -> None:
    done = kg("validate", "data", "--shapes", "shapes.ttl", "--focus", "http://example.org/gull", cwd=data)
    assert done.returncode == 1
    assert "ex:gull" in done.stdout
    assert "ex:tern" not in done.stdout


def test_a_baseline_lets_what_is_known_pass_wherever_it_moves_and_tells_what_is_gone(data: Path) -> None:
    options = ("data", "--shapes", "shapes.ttl", "--baseline", "known.json")
    assert kg("validate", *options, "--write-baseline", cwd=data).returncode == 0
    written = (data / "known.json").read_text("utf-8")
    assert written.count("fingerprint") == 5
    moved = TURTLE.replace("\nex:gull", "\n# moved\n\nex:gull").replace("[ ex:pier", "\n [ ex:pier")
    (data / "data/a.ttl").write_text(moved, "utf-8")
    quiet = kg("validate", *options, cwd=data)
    assert quiet.returncode == 0
    assert "5 known ones are not shown" in quiet.stdout
    assert "STALE" not in quiet.stdout
    (data / "data/b.nt").write_text(LINES.replace("auk", "skua"), "utf-8")
    (data / "data/a.ttl").write_text(moved.replace('"long"', '"longer"'), "utf-8")
    after = kg("validate", *options, "--format", "json", cwd=data)
    told = json.loads(after.stdout)
    assert after.returncode == 1
    assert {(r["focus"].rsplit("/", 1)[-1], r["path"]) for r in told["results"]} == {
        ("gull", "ex:length"),
        ("skua", "ex:flag"),
    }
    assert len(told["known"]) == 3
    assert len(told["stale"]) == 2


def test_only_results_in_files_that_changed_count(data: Path) -> None:
    commit(data)
    options = ("data", "--shapes", "shapes.ttl", "--changed-since", "HEAD", "--severity", "info")
    none = kg("validate", *options, cwd=data)
    assert none.returncode == 0
    assert "Only results in files that changed since HEAD are told." in none.stdout
    (data / "data/b.nt").write_text(LINES + "\n", "utf-8")
    some = kg("validate", *options, cwd=data)
    assert some.returncode == 1
    assert "data/b.nt:2:1" in some.stdout
    assert "a.ttl" not in some.stdout
    (data / "data/b.nt").unlink()
    gone = kg("validate", *options, cwd=data)
    assert "Files were removed since HEAD, so every result counts." in gone.stdout
    assert "a.ttl" in gone.stdout
    (data / "shapes.ttl").write_text(SHAPES + "\n", "utf-8")
    every = kg("validate", *options, cwd=data)
    assert "a.ttl" in every.stdout
    assert "The shapes changed since HEAD" in every.stdout


class _Listener(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who asks, as its address and what it was asked for."""
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Noting", (_Listener,), {"asked": asked})) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def test_imports_are_not_followed_and_rules_are_off_unless_asked_for(
    data: Path, listener: tuple[str, list[str]]
) -> None:
    address, asked = listener
    owl = "http://www.w3.org/2002/07/owl#"
    imports = f"<urn:o> a <{owl}Ontology> ; <{owl}imports> <{address}/o.ttl> .\n"
    rule = 'a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:flag ; sh:object "white"'
    (data / "shapes.ttl").write_text(f"{SHAPES}{imports}ex:BoatShape sh:rule [ {rule} ] .\n", "utf-8")
    (data / "data/a.ttl").write_text(imports, "utf-8")
    plain = kg("validate", "data", "--shapes", "shapes.ttl", "--severity", "info", cwd=data)
    assert plain.returncode == 1, plain.stderr
    advanced = kg("validate", "data", "--shapes", "shapes.ttl", "--severity", "info", "--advanced", cwd=data)
    assert advanced.returncode == 0, advanced.stdout + advanced.stderr
    assert asked == []


def test_control_characters_of_strangers_do_not_reach_the_terminal(data: Path) -> None:
    (data / "data/b.nt").unlink()
    (data / "data/a.ttl").write_text(TURTLE.replace('"long"', '"\\u001b[31mlong"'), "utf-8")
    for form in ("human", "github", "markdown"):
        done = kg("validate", "data", "--shapes", "shapes.ttl", "--format", form, cwd=data)
        assert "long" in done.stdout
        assert "\x1b" not in done.stdout
