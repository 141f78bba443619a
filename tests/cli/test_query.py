from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from kg.cli import query as module
from kg.errors import QueryError, UsageError
from kg.release import Home, publish
from tests.release.content import content

LABELS = "SELECT ?i ?l { ?i a cx:Incident ; skos:prefLabel ?l } ORDER BY ?i"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("queried") / "home"
    publish(Home(path), content(3))
    return path


def asked(home: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    app = typer.Typer()
    module.register(app)
    return CliRunner().invoke(app, [*arguments, "--home", str(home)], input=stdin)


def good(result: Result) -> str:
    assert result.exit_code == 0, result.exception
    return result.stdout


def test_away_from_a_terminal_results_are_csv_and_graphs_turtle(home: Path) -> None:
    found = list(csv.reader(io.StringIO(good(asked(home, LABELS)))))
    assert found[0] == ["i", "l"]
    assert [row[1] for row in found[1:]] == [f"crossing “{number}”\nof a kind" for number in range(3)]
    assert "cx:Incident" in good(asked(home, "DESCRIBE ?i { ?i a cx:Incident }"))


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml"])
def test_a_format_is_chosen_by_name(home: Path, name: str) -> None:
    text = good(asked(home, LABELS, "--format", name))
    assert text.startswith({"csv": "i,l", "tsv": "?i\t?l", "json": "{", "xml": "<?xml"}[name])
    assert "crossing" in text


def test_a_table_shows_labels_and_counts_rows(home: Path) -> None:
    text = good(asked(home, "SELECT ?i ?f { ?i cx:front ?f }", "--format", "table"))
    assert "crossing “1”" in text
    assert "eastern front" in text
    assert "https://" not in text
    assert "3 rows" in text
    assert "1 row" in good(asked(home, "ASK {}", "--format", "table"))


def test_strangers_text_does_not_steer_the_terminal_nor_the_table(home: Path) -> None:
    text = good(asked(home, "SELECT ('\\u001b[31m[bold]red[/bold]' AS ?x) {}", "--format", "table"))
    assert "\x1b" not in text
    assert "[bold]red[/bold]" in text


def test_a_query_comes_from_a_file_or_standard_input(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "labels.rq"
    path.write_text(LABELS, "utf-8")
    assert good(asked(home, str(path))) == good(asked(home, LABELS)) == good(asked(home, "-", stdin=LABELS))


@pytest.mark.parametrize(
    ("argument", "content_of", "said"),
    [("nothing.rq", None, "nothing.rq: the query cannot be read"), ("wrong.rq", b"\xff", "is not UTF-8")],
)
def test_a_file_that_cannot_be_read_is_named(
    home: Path, tmp_path: Path, argument: str, content_of: bytes | None, said: str
) -> None:
    path = tmp_path / argument
    if content_of is not None:
        path.write_bytes(content_of)
    result = asked(home, str(path))
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)


def test_a_query_that_is_wrong_leaves_no_output_behind(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_text("before", "utf-8")
    result = asked(home, "SELECT * {", "--output", str(path))
    assert isinstance(result.exception, QueryError)
    assert path.read_text("utf-8") == "before"
    good(asked(home, LABELS, "--output", str(path), "--format", "json"))
    assert len(json.loads(path.read_text("utf-8"))["results"]["bindings"]) == 3
    assert list(tmp_path.iterdir()) == [path]


def test_a_hint_goes_to_the_error_stream(home: Path) -> None:
    for name in ("csv", "table"):
        result = asked(home, "SELECT ?c { ?c a cx:Claim }", "--format", name)
        assert result.exit_code == 0
        assert result.stderr.startswith("hint: cx:Claim is not used in the default graph")
        assert "hint" not in result.stdout


def test_a_format_that_does_not_fit_is_refused(home: Path, tmp_path: Path) -> None:
    assert "give one of json" in str(asked(home, "ASK {}", "--format", "turtle").exception)
    result = asked(home, "ASK {}", "--format", "table", "--output", str(tmp_path / "x"))
    assert "--format table is for the terminal" in str(result.exception)


def test_a_home_without_a_release_says_what_to_do(tmp_path: Path) -> None:
    assert "run kg build" in str(asked(tmp_path, "ASK {}").exception)
