"""The scripts are built once for their sources, and what hinders it is said in a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from server.frontend.build import FOLDER, SKIP, STATIC, build, fresh, install
from server.frontend.node import FrontendError, find_node
from tests.support.npm import OFFLINE

ROOT = FOLDER.parents[1]
UNREACHABLE = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_fetch_retries": "0"}


@pytest.fixture(scope="module")
def packages() -> Path:
    """The folder of the installed packages."""
    if os.environ.get(OFFLINE) and not (FOLDER / "node_modules").is_dir():
        pytest.skip(f"{OFFLINE} is set, and the npm packages of {FOLDER} are not installed")
    install(find_node(), development=True)
    return FOLDER / "node_modules"


@pytest.fixture
def sources(tmp_path: Path, packages: Path) -> Path:
    """A front end of one script, with the packages of ours."""
    folder = tmp_path / "frontend"
    folder.mkdir()
    for name in ("package.json", "package-lock.json", "build.mjs", "tsconfig.json"):
        shutil.copyfile(FOLDER / name, folder / name)
    (folder / "node_modules").symlink_to(packages)
    (folder / "part").mkdir()
    (folder / "part/words.ts").write_text('export const word: string = "built";\n', "utf-8")
    (folder / "page.ts").write_text('import { word } from "./part/words.ts";\ndocument.title = word;\n', "utf-8")
    return folder


def manifest(static: Path) -> dict[str, str]:
    files: dict[str, str] = json.loads((static / "manifest.json").read_text("utf-8"))["files"]
    return files


def test_a_script_is_bundled_and_named_by_its_content(sources: Path, tmp_path: Path) -> None:
    static = tmp_path / "static"
    assert build(sources, static)
    first = manifest(static)["page.js"]
    assert "built" in (static / first).read_text("utf-8")
    assert not build(sources, static), "it was built twice"
    (sources / "part/words.ts").write_text('export const word: string = "anew";\n', "utf-8")
    assert build(sources, static)
    second = manifest(static)["page.js"]
    assert second != first
    assert "anew" in (static / second).read_text("utf-8")
    assert not (static / first).exists()


def test_what_is_missing_is_built_again(sources: Path, tmp_path: Path) -> None:
    static = tmp_path / "static"
    build(sources, static)
    (static / manifest(static)["page.js"]).unlink()
    assert build(sources, static)


def test_a_script_that_cannot_be_bundled_leaves_the_old_ones(sources: Path, tmp_path: Path) -> None:
    static = tmp_path / "static"
    build(sources, static)
    before = manifest(static)
    (sources / "page.ts").write_text('import "./absent.ts";\n', "utf-8")
    with pytest.raises(FrontendError, match=r"cannot be bundled: .*absent\.ts"):
        build(sources, static)
    assert manifest(static) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".static")] == []


def test_each_package_in_a_script_is_among_the_licences(sources: Path, tmp_path: Path) -> None:
    (sources / "page.ts").write_text('import { feature } from "topojson-client";\nconsole.log(feature);\n', "utf-8")
    build(sources, tmp_path / "static")
    text = (tmp_path / "static/licenses.txt").read_text("utf-8")
    for words in ("topojson-client 3", "world-atlas 2", "Michael Bostock"):
        assert words in text
    assert "esbuild" not in text, "what only builds is not in what is served"


def test_it_is_said_what_to_do_where_no_registry_answers(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sources / "node_modules").unlink()
    for name, value in {**UNREACHABLE, "npm_config_cache": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(FrontendError, match=r"npm cannot install the packages of .*package-lock\.json.*=none"):
        build(sources, tmp_path / "static")
    assert not (tmp_path / "static").exists()


def test_who_does_without_the_scripts_is_told_so() -> None:
    command = [sys.executable, "-m", "server.frontend.build"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, SKIP: "none"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "the pages go without their scripts" in done.stdout


def test_the_scripts_of_this_checkout_are_fresh(packages: Path) -> None:
    assert fresh() or build(), f"run make setup: {STATIC} is stale"
    assert set(manifest(STATIC)) >= {"site.js"}


def test_the_lock_file_names_no_registry_and_every_package_by_its_content() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert packages
    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert [name for name, about in packages.items() if not about.get("integrity", "").startswith("sha512-")] == []


def test_every_package_has_its_reason_in_the_documentation() -> None:
    about = json.loads((FOLDER / "package.json").read_text("utf-8"))
    page = (ROOT / "docs/frontend.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.split("\n") if line.startswith("| `")]
    named = {name.rpartition("/")[2] for name in {**about["dependencies"], **about["devDependencies"]}}
    told = {words.strip(" `").rpartition("/")[2] for row in rows for words in row.split(",")}
    assert named <= told, f"docs/frontend.md gives no reason for {sorted(named - told)}"
