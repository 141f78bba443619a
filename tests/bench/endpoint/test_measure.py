"""A small measurement from end to end: real servers over a small corpus, and the tables of it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bench.endpoint.__main__ import main
from bench.endpoint.results import Results
from bench.endpoint.servers import tool

SMALL = ["--quads", "14000", "--rounds", "2", "--lookups", "6", "--seconds", "0.2", "--load-rounds", "1", "--no-page"]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("measured")
    assert main([*SMALL, "--dir", str(folder), "--only", "crossings", "oxigraph"]) == 0
    return msgspec.json.decode((folder / "results.json").read_bytes(), type=Results)


def test_every_class_is_asked_cold_and_warm_and_answered(results: Results) -> None:
    (size,) = results.sizes
    assert len(size.classes) == 11
    for one in size.classes:
        assert (one.failures, one.differs) == ({}, {})
        assert len(one.cold["crossings"]) == len(one.warm["crossings"]) == 2
    # Three articles may hold no words that the text filter looks for.
    assert {one.name for one in size.classes if not one.rows["crossings"]} <= {"text filter"}


def test_the_servers_give_the_same_answers(results: Results) -> None:
    if tool("oxigraph") is None:
        pytest.skip("the program oxigraph is not installed: pip install --group bench")
    for one in results.sizes[0].classes:
        assert one.rows["oxigraph"] == one.rows["crossings"]


def test_clients_runaways_and_memory_are_measured(results: Results) -> None:
    (size,) = results.sizes
    assert len(size.keep_alive["crossings"]) == 6
    loads = [load for load in size.loads if load.server == "crossings"]
    assert [(load.warm, load.clients) for load in loads] == [(w, c) for c in (1, 8, 32) for w in (False, True)]
    assert all(load.rate > 0 and load.failed == 0 for load in loads)
    strains = [strain for strain in size.strains if strain.server == "crossings"]
    assert [strain.runaways for strain in strains] == [0, 3]
    assert all(strain.asked > strain.failed == 0 for strain in strains)
    rss, pss = size.idle["crossings"]
    assert rss >= pss > 10


def test_the_command_names_no_folder_of_this_machine(results: Results) -> None:
    assert results.command == f"python -m bench.endpoint {' '.join(SMALL)} --only crossings oxigraph"


def test_only_the_corpus_is_built_where_no_more_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quads", "14000", "--dir", str(tmp_path), "--corpus-only"]) == 0
    assert "articles in" in capsys.readouterr().out
    assert not (tmp_path / "results.json").exists()


def test_a_setting_without_a_value_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--setting", "KG_PORT"])
    assert ended.value.code == 2
    assert "write NAME=VALUE" in capsys.readouterr().err
