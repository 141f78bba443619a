"""Which Node is taken: the one of the path where it is new enough, else the one of the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.frontend.node import FrontendError, find_node


def command(folder: Path, name: str, said: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho {said}\n", "utf-8")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("version", "taken"),
    [("v20.17.0", True), ("v24.1.0", True), ("v20.16.9", False), ("v9.99.0", False), ("nonsense", False)],
)
def test_the_node_of_the_path_is_taken_where_it_is_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, taken: bool
) -> None:
    command(tmp_path, "node", version)
    command(tmp_path, "npm", "11.0.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (find_node((20, 17)).program == tmp_path / "node") is taken


def test_a_node_without_npm_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path, "node", "v99.0.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_node().program.parent != tmp_path


def test_the_node_of_the_package_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    node = find_node((99, 0))
    assert node.run([str(node.program), "-p", "1 + 1"], tmp_path).stdout == "2\n"
    assert node.run([*node.npm, "--version"], tmp_path).stdout.partition(".")[0].isdigit()


def test_it_is_said_what_to_do_where_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(FrontendError, match=r"there is no Node 20\.17 or newer"):
        find_node()
