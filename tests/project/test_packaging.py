"""What we ship works where there is no checkout: the wheel, built from the sdist, in an empty directory."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INCIDENTS_OF_THE_SEEDS = 5


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that must succeed, away from this checkout's settings and measurements."""
    ours = ("COV", "KG_", "PYTHON", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the sdist, so that a file missing in either is missed here."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    assert len(list(out.glob("crossings-*.tar.gz"))) == 1
    (built,) = out.glob("crossings-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a fresh environment with the wheel in it, which borrows this environment's libraries."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=home)
    # A directory that a .pth file names comes after the environment's own packages, and the .pth files in it are not
    # read: the checkout that is installed there as editable stays out of sight.
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site_packages,) = home.glob("lib/python*/site-packages")
    (site_packages / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", "utf-8")
    return home / "bin"


def folder_files(folder: str) -> set[str]:
    paths = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(ROOT).as_posix() for path in paths}


def test_wheel_holds_the_packages_and_their_resources(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"kg", "server"}
    for folder in ("ontology", "queries", "seeds"):
        files = folder_files(folder)
        assert files, f"{folder}/ is empty"
        assert {f"kg/_resources/{file}" for file in files} <= names
    static = {f"server/static/{path.name}" for path in (ROOT / "server/static").iterdir()}
    assert "server/static/manifest.json" in static, "the scripts of the pages are not built: run make setup"
    assert static <= names
    assert not any(name.startswith("server/frontend/") for name in names)
    licences = {name.rpartition("/")[2] for name in names if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE"}


def test_installed_wheel_builds_and_answers_in_an_empty_directory(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import kg.resources as r; print(r.seeds_dir())", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent), f"not the packaged seeds: {where}"

    run(installed / "kg", "build", where, cwd=tmp_path)
    query = "PREFIX cx: <https://w3id.org/crossings/ontology#> SELECT (COUNT(?i) AS ?n) WHERE { ?i a cx:Incident }"
    answer = run(installed / "kg", "query", query, "--format", "csv", cwd=tmp_path)

    assert answer.split() == ["n", str(INCIDENTS_OF_THE_SEEDS)]
    assert [path.name for path in tmp_path.iterdir()] == [".kg"]
