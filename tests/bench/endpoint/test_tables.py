"""The tables say what was measured, and stand between two marks of a page."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bench.endpoint.__main__ import main
from bench.endpoint.goals import goals, ratio
from bench.endpoint.results import SAME_ROWS, Class, Load, Results, Size, Strain, percentile
from bench.endpoint.tables import BEGIN, END, markdown, write_between
from kg.errors import InputError

ROOT = Path(__file__).resolve().parents[3]


def both(ours: float, theirs: float, rdflib: float = 10.0) -> dict[str, list[float]]:
    """Medians of the servers, with a value far off on either side."""
    return {
        name: [0.0001, value, 50.0]
        for name, value in (("crossings", ours), ("oxigraph", theirs), ("rdflib-endpoint", rdflib))
    }


@pytest.fixture
def results() -> Results:
    size = Size(
        quads=100_000,
        articles=75,
        build={"publish": 2.5, "map to quads": 1.0},
        classes=[
            Class("lookup", both(0.002, 0.001), both(0.0005, 0.001), rows={"crossings": 24, "oxigraph": 24}),
            Class("graph read", both(0.010, 0.010), both(0.002, 0.010), differs={"virtuoso": SAME_ROWS}),
            Class("top-N", both(0.100, 0.095), both(0.100, 0.100), differs={"virtuoso": "0 rows, oxigraph has 10"}),
            Class("text filter", both(0.001, 0.004), both(0.001, 0.004), failures={"virtuoso": "status 500: b'a|b'"}),
        ],
        keep_alive=both(0.003, 0.001),
        loads=[Load("crossings", False, 8, 1234.4, 0.004, 0.02, 0)],
        strains=[Strain("crossings", 0, 900, 0, 0.001, 0.01), Strain("crossings", 3, 800, 2, 0.01, 0.0301)],
        idle={"oxigraph": (20.0, 17.0), "crossings": (64.0, 44.0)},
        missing={"virtuoso": "it does not install"},
    )
    return Results("python -m bench.endpoint", "2026-01-02", {"cores": "2"}, {"oxigraph": "0.5.13"}, 3, 4, [size])


def verdicts(results: Results) -> dict[str, bool | None]:
    return {goal.text: goal.reached for goal in goals(results, results.sizes[0])}


def test_a_ratio_is_of_medians_and_above_one_where_we_are_faster(results: Results) -> None:
    lookup = results.sizes[0].classes[0]
    assert ratio(lookup, "crossings", warm=False) == 0.5
    assert ratio(lookup, "crossings", warm=True) == 2.0
    assert ratio(lookup, "virtuoso", warm=True) is None


def test_every_goal_is_judged(results: Results) -> None:
    found = list(verdicts(results).values())
    # 0.95 of a slow class; 4 warm of the worst fast one; lookup 2; keep-alive 0.33; p99 30.1 ms; two failed; rdflib.
    assert found == [True, True, True, False, False, False, True, True]


def test_the_worst_class_decides(results: Results) -> None:
    results.sizes[0].classes[1].warm = both(0.004, 0.010)
    judged = goals(results, results.sizes[0])[1]
    assert (judged.reached, judged.measured) == (False, "2.50 (graph read is the worst of 2)")


def test_a_wrong_answer_is_not_fast(results: Results) -> None:
    wrong = results.sizes[0].classes[1]
    wrong.differs["crossings"] = "0 rows, oxigraph has 7"
    judged = goals(results, results.sizes[0])[1]
    assert (judged.reached, judged.measured) == (False, "0.00 (graph read is the worst of 2)")
    assert " | wrong | wrong | " in next(x for x in markdown(results).splitlines() if x.startswith("| graph read |"))


def test_what_was_not_measured_is_not_reached(results: Results) -> None:
    size = results.sizes[0]
    size.strains, size.keep_alive = [], {}
    size.missing["rdflib-endpoint"] = "too large"
    for one in size.classes:
        del one.cold["rdflib-endpoint"]
    found = goals(results, size)
    assert [goal.reached for goal in found][3:] == [None] * 5
    assert found[-1].measured == "too large"
    assert found[-1].verdict == "not measured"


def test_the_tables_hold_what_was_measured(results: Results) -> None:
    text = markdown(results)
    for line in (
        "## 100,000 quads of 75 articles",
        "| lookup | 24 | 1.00 | 1.00 | 2.00 | 0.50 | 0.50 | 2.00 | 0.00 |",
        "The worst of crossings: cold 0.50 (lookup); warm 1.00 (top-N).",
        "- virtuoso is not measured: it does not install.",
        "- top-N: virtuoso answers otherwise: 0 rows, oxigraph has 10.",
        "- text filter: virtuoso failed: status 500: b'a/b'.",
        f"- virtuoso gives {SAME_ROWS} in: graph read.",
        "| crossings | 3 | 3.00 | 0.33 |",
        "| crossings | cold | 8 | 1,234 | 4.00 | 20.0 | 0 |",
        "| crossings | 3 | 800 | 10.0 | 30.1 | 2 | - |",
        "| crossings | 64 | 44 |",
        "The corpus was built in 4 s: publish 2.5 s, map to quads 1 s.",
    ):
        assert line in text.splitlines()
    cells = {line.count(" | ") for line in text.splitlines() if line.startswith("| lookup |")}
    assert cells == {text.splitlines()[text.splitlines().index("### Classes of queries") + 2].count(" | ")}


def test_words_around_the_marks_stay(tmp_path: Path, results: Results) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Title\n\nbefore\n\n{BEGIN}\n\nold\n\n{END}\n\nafter\n", "utf-8")
    kept = tmp_path / "results.json"
    kept.write_bytes(msgspec.json.encode(results))
    assert main(["--tables", str(kept), "--page", str(page)]) == 0
    first = page.read_text("utf-8")
    assert first == f"# Title\n\nbefore\n\n{BEGIN}\n\n{markdown(results)}\n\n{END}\n\nafter\n"
    assert main(["--tables", str(kept), "--page", str(page)]) == 0
    assert page.read_text("utf-8") == first


def test_the_page_of_the_docs_has_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes((ROOT / "docs" / "endpoint-speed.md").read_bytes())
    write_between(page, "these tables")
    assert "these tables" in page.read_text("utf-8")


@pytest.mark.parametrize("text", ["", f"{END}\n{BEGIN}", f"{BEGIN}\n{BEGIN}\n{END}", BEGIN])
def test_a_page_without_its_marks_is_left_alone(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    with pytest.raises(InputError, match="once and in this order"):
        write_between(page, "new")
    assert page.read_text("utf-8") == text


def test_a_page_that_is_not_there_is_an_error_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "results.json"
    kept.write_bytes(msgspec.json.encode(Results("c", "d", {}, {}, 1, 4)))
    assert main(["--tables", str(kept), "--page", str(tmp_path / "none.md")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("values", "share", "found"), [([5, 1, 3], 0.5, 3), ([1], 0.99, 1), (range(1, 201), 0.99, 198), ([1, 2], 1, 2)]
)
def test_percentiles_are_by_the_nearest_rank(values: list[float], share: float, found: float) -> None:
    assert percentile(values, share) == found
