"""The generated pages: complete, stable, and never stale without a sentence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import typer
from jsonschema import Draft202012Validator

from kg.article.decode import LIMITS
from kg.cli import app
from kg.docs.__main__ import main
from kg.docs.page import MARK, Page, cell, table
from kg.docs.pages import docs_dir, pages, stale, write
from kg.errors import CrossingsError, ExitCode
from kg.formats import FORMATS
from kg.namespaces import CX, PREFIXES, SCHEMES, curie
from kg.questions import questions
from kg.reference.said import Said, read_triples
from kg.resources import ontology_dir, shape_files
from server.limits import Limits
from server.problems import PROBLEMS
from server.settings import Settings
from server.workers.child import SETTINGS_VARIABLE
from server.workers.isolation import PROTECTIONS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return {page.name: page.text for page in pages()}


def test_all_pages_are_made(made: dict[str, str]) -> None:
    assert list(made) == [
        "border-keys.md",
        "cli.md",
        "data-dictionary.md",
        "endpoints.md",
        "exit-codes.md",
        "facts.schema.json",
        "formats.md",
        "gold.schema.json",
        "input-limits.md",
        "limits.md",
        "mcp-tools.md",
        "metrics.md",
        "modules.md",
        "ontology.md",
        "problems.md",
        "protections.md",
        "queries.md",
        "settings.md",
        "shapes.md",
    ]


def test_committed_pages_are_fresh() -> None:
    assert stale(docs_dir(), pages()) == []


def test_pages_are_tidy(made: dict[str, str]) -> None:
    for name, text in made.items():
        assert text.endswith("\n"), name
        assert not re.search(r"[ \t]$|\n\n\n", text, re.M), name
        assert str(ROOT) not in text, name
        assert str(Path.home()) not in text, name
        if name.endswith(".md"):
            assert text.startswith(MARK), name
            assert len(re.findall(r"^# ", text, re.M)) == 1, name


def test_every_row_of_a_table_has_the_cells_of_its_head(made: dict[str, str]) -> None:
    seen = 0
    for name, text in made.items():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.M):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(widths) == 1, f"{name}: {block.splitlines()[0]}"
            seen += 1
    assert seen > 40


def commands(command: object, name: str) -> list[tuple[str, object]]:
    below: dict[str, object] = getattr(command, "commands", {})
    if not below:
        return [(name, command)]
    return [leaf for part, inner in below.items() for leaf in commands(inner, f"{name} {part}")]


def test_the_page_of_the_command_line_holds_every_command_and_option(made: dict[str, str]) -> None:
    text = made["cli.md"]
    leaves = commands(typer.main.get_command(app()), "kg")
    assert {name for name, _ in leaves} >= {
        "kg build",
        "kg query",
        "kg releases rollback",
        "kg registry update",
        "kg serve",
    }
    assert re.findall(r"^## `(.*)`$", text, re.M) == sorted(name for name, _ in leaves)
    for name, command in leaves:
        section = text.partition(f"## `{name}`\n")[2].partition("\n## ")[0]
        for parameter in getattr(command, "params"):  # noqa: B009 - the class of commands is the library's own
            assert parameter.help, f"{name} {parameter.name} has no help"
            assert cell(parameter.help) in section, f"{name} {parameter.name}"
            shown = (
                parameter.opts
                if parameter.param_type_name == "option"
                else [parameter.metavar or str(parameter.name).upper()]
            )
            for words in (option.replace("|", r"\|") for option in shown):
                assert f"`{words}" in section or f"[{words}]" in section, f"{name} {words}"


@pytest.mark.parametrize("columns", ["40", "200"])
def test_the_page_of_the_command_line_does_not_depend_on_the_terminal(made: dict[str, str], columns: str) -> None:
    code = "from kg.docs.cli import pages; import sys; [sys.stdout.write(page.text) for page in pages()]"
    environment = {**os.environ, "COLUMNS": columns, "TERM": "dumb", "KG_HOME": "/elsewhere", "KG_PORT": "99"}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout == made["cli.md"]


def test_the_page_of_exit_codes_holds_every_code(made: dict[str, str]) -> None:
    for code in ExitCode:
        assert f"| {int(code)} | `{code.name}` | {code.meaning} |" in made["exit-codes.md"]


def test_the_page_of_formats_holds_every_format(made: dict[str, str]) -> None:
    for format in FORMATS:
        assert (
            f"| `{format.name}` | {format.title} | `{format.media_type}` | `.{format.extension}` |"
            in made["formats.md"]
        )


def test_the_page_of_input_limits_holds_every_limit(made: dict[str, str]) -> None:
    for name, value in LIMITS.items():
        assert f"| {name} | {value:,} |" in made["input-limits.md"]


def test_the_schema_of_facts_is_a_schema(made: dict[str, str]) -> None:
    schema = json.loads(made["facts.schema.json"])
    Draft202012Validator.check_schema(schema)
    assert "Claim" in schema["$defs"]


def test_the_data_dictionary_holds_every_term_of_the_ontology(made: dict[str, str]) -> None:
    said = Said(read_triples([ontology_dir() / "ontology.ttl"]))
    structure = ("qb:ComponentSpecification", "qb:DataStructureDefinition")
    own = [iri for iri in said.subjects(within=CX) if not said.is_a(iri, *structure)]
    assert len(own) > 90
    for iri in own:
        assert f"`{curie(iri)}`" in made["ontology.md"]
        assert cell(said.text(iri, "rdfs:comment")) in made["ontology.md"], curie(iri)
        assert cell(said.text(iri, "skos:example")) in made["ontology.md"], curie(iri)


@pytest.mark.parametrize("prefix", sorted(SCHEMES))
def test_the_data_dictionary_holds_every_concept(made: dict[str, str], prefix: str) -> None:
    said = Said(read_triples([ontology_dir() / "vocabulary" / f"{SCHEMES[prefix]}.ttl"]))
    concepts = said.subjects(within=PREFIXES[prefix])
    assert concepts
    for iri in concepts:
        label = cell(said.text(iri, "skos:prefLabel"))
        assert f"| `{curie(iri)}` | {label} |" in made["ontology.md"]


def test_the_page_of_shapes_holds_every_shape_with_its_message_and_severity(made: dict[str, str]) -> None:
    said = Said(read_triples(shape_files()))
    names = [iri for iri in said.subjects() if said.text(iri, "sh:message") and said.one(iri, "sh:severity")]
    assert len(names) > 30
    for iri in names:
        severity = curie(said.one(iri, "sh:severity")).removeprefix("sh:").lower()
        row = next(
            line for line in made["shapes.md"].splitlines() if line.startswith(f"| `{iri.rpartition('#')[2]}` |")
        )
        assert cell(said.text(iri, "sh:message")) in row
        assert row.endswith(f"| {severity} |")
        assert not row.split("|")[2].isspace(), f"{iri} looks at nothing"


def test_the_page_of_questions_holds_every_question(made: dict[str, str]) -> None:
    for question in questions():
        named = f"`{question.name}` ({', '.join(question.tags)})"
        assert f"## {question.title}\n\n{named}: {cell(question.description)}" in made["queries.md"]
        for parameter in question.parameters:
            assert f"| `{parameter.name}` | {cell(parameter.words)} |" in made["queries.md"]
        for column in question.columns:
            assert f"| `{column.name}` | {column.kind} | {cell(column.meaning)} |" in made["queries.md"]


def test_the_pages_of_the_server_hold_its_tables(made: dict[str, str]) -> None:
    for kind in PROBLEMS.values():
        assert f"| `{kind.name}` | {kind.status} | {kind.title} |" in made["problems.md"]
    for setting in fields(Settings):
        if setting.name != "limits":
            default = "—" if setting.default == "" else f"`{setting.default}`"
            assert f"| `{setting.metadata['variable']}` | {default} |" in made["settings.md"]
    for limit in fields(Limits):
        assert f"| `{limit.name}` | `{Limits.variable(limit.name)}` | " in made["limits.md"]
    for name in PROTECTIONS:
        assert f"| `{name}` | " in made["protections.md"]
    assert "| `crossings_workers` | gauge | " in made["metrics.md"]


def test_each_variable_of_the_environment_that_is_read_stands_on_a_page() -> None:
    said = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
    named: set[str] = set()
    for path in [*(ROOT / "kg").rglob("*.py"), *(ROOT / "server").rglob("*.py")]:
        named |= set(re.findall(r"""["']((?:KG|CROSSINGS)_[A-Z_]*[A-Z])["']""", path.read_text("utf-8")))
    assert {"KG_SPACY_MODEL", "KG_HOME", "KG_LLM_KEY", "KG_LOGS", "CROSSINGS_FRONTEND"} <= named
    # What the server gives to its own workers is nobody's to set.
    assert {
        name for name in named - {SETTINGS_VARIABLE} if f"`{name}`" not in said and f"`{name}=" not in said
    } == set()


def test_the_page_of_modules_holds_every_module(made: dict[str, str]) -> None:
    seen = 0
    for path in [*(ROOT / "kg").rglob("*.py"), *(ROOT / "server").rglob("*.py")]:
        section = (
            made["modules.md"].partition(f"## `{path.parent.relative_to(ROOT).as_posix()}/`\n")[2].partition("\n## ")[0]
        )
        if path.name != "__init__.py":
            row = next(line for line in section.splitlines() if line.startswith(f"| `{path.name}` | "))
            assert len(row.split()) > 5, f"{path} has no docstring"
            seen += 1
    assert seen > 60


def test_a_written_folder_is_fresh_and_writing_again_writes_nothing(tmp_path: Path) -> None:
    some = [Page("a.md", f"{MARK}x. -->\n"), Page("b.json", "{}\n")]
    assert write(tmp_path, some) == [tmp_path / "a.md", tmp_path / "b.json"]
    assert stale(tmp_path, some) == []
    assert write(tmp_path, some) == []


def test_a_stale_a_missing_and_a_left_over_page_are_each_one_sentence(tmp_path: Path) -> None:
    head = f"{MARK}x. -->\n"
    write(tmp_path, [Page("a.md", f"{head}one\n"), Page("gone.md", head)])
    (tmp_path / "by-hand.md").write_text("# By hand\n", "utf-8")
    assert stale(tmp_path, [Page("a.md", f"{head}two\n"), Page("new.md", head)]) == [
        f"{tmp_path / 'a.md'} is stale from line 2 on: run python -m kg.docs",
        f"{tmp_path / 'new.md'} is missing: run python -m kg.docs",
        f"{tmp_path / 'gone.md'} is no longer generated: remove it",
    ]


def test_the_command_fails_on_a_changed_page_and_mends_it(
    tmp_path: Path, made: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [f"wrote {tmp_path / name}" for name in made]
    assert main(["--check", str(tmp_path)]) == 0
    page = tmp_path / "exit-codes.md"
    page.write_text(page.read_text("utf-8").replace("| 3 |", "| 5 |"), "utf-8")
    capsys.readouterr()
    assert main(["--check", str(tmp_path)]) == 1
    line = made["exit-codes.md"].split("\n").index("| 3 | `BROKEN_SHAPES` | the shapes themselves are broken |") + 1
    assert capsys.readouterr().err == f"{page} is stale from line {line} on: run python -m kg.docs\n"
    assert main([str(tmp_path)]) == 0
    assert page.read_text("utf-8") == made["exit-codes.md"]


def test_two_pages_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.docs import cli, tables

    monkeypatch.setattr(cli, "pages", tables.pages)
    with pytest.raises(CrossingsError, match=r"two generated pages are called .*: give one of them another name"):
        pages()


def test_a_table_and_its_cells_are_markdown() -> None:
    assert table(("a", "b"), [("1", cell("x|y\nz"))]) == "| a | b |\n|---|---|\n| 1 | x\\|y z |"
    assert cell("<b> *c* `d*` e\\f") == "&lt;b> \\*c\\* `d*` e\\\\f"
    assert cell("`a` `b") == "`a` \\`b"
