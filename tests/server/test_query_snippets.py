"""The snippets of the query page are run as they are shown."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.release import Home
from server.frontend.build import FOLDER, install
from server.frontend.node import Node, find_node
from tests.server.serving import Served, environment
from tests.support.npm import OFFLINE
from tests.support.rscript import COLUMNS, columns_of, rscript

SOURCE = Path(__file__).parents[1] / "frontend" / "snippets.ts"
QUERIES = [
    'SELECT ("it\'s" AS ?a) WHERE { }',
    'SELECT ("""three "quotes" of \'both\' kinds""" AS ?a) WHERE { }\n',
    r'SELECT ("a\\b\t$HOME `id` !x" AS ?a) WHERE { } # )" -',
    'SELECT ("북한 😀 é" AS ?a)\nWHERE {\n}\n',
]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> tuple[Node, Path]:
    node = find_node()
    if os.environ.get(OFFLINE) and not (FOLDER / "node_modules/esbuild").is_dir():
        pytest.skip(f"{OFFLINE} is set, and the npm packages of {FOLDER} are not installed")
    install(node, development=True)
    out = tmp_path_factory.mktemp("snippets")
    command = [str(node.program), "build.mjs", "--tests", str(out), os.path.relpath(SOURCE, FOLDER)]
    done = node.run(command, FOLDER)
    assert done.returncode == 0, done.stderr
    return node, out / "snippets.mjs"


def snippets(script: tuple[Node, Path], query: str, served: Served, home: Path, kind: str = "rows") -> dict[str, str]:
    node, file = script
    release = Home(home).require_current().id
    done = node.run([str(node.program), str(file), query, f"{served.url}/sparql", release, kind], file.parent)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_python_gets_what_curl_gets(script: tuple[Node, Path], query: str, served: Served, home: Path) -> None:
    found = snippets(script, query, served, home)
    assert set(found) == {"python", "r", "curl"}
    curl = subprocess.run(["bash", "-c", found["curl"]], capture_output=True, text=True, timeout=60, check=False)
    assert curl.returncode == 0, curl.stderr
    assert curl.stdout.startswith("a\n"), curl.stdout
    # The table is printed narrowed; the whole of it is what counts.
    program = f"{found['python']}\nprint(answer.text, end='')"
    command = [sys.executable, "-W", "error", "-c", program]
    python = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment())
    assert python.returncode == 0, python.stderr
    assert python.stdout.endswith(curl.stdout)


@pytest.mark.parametrize("query", [*QUERIES, "SELECT (0 AS ?a) {} #" + "한 %20&+" * 300])
def test_r_gets_what_curl_gets(script: tuple[Node, Path], query: str, served: Served, home: Path) -> None:
    found = snippets(script, query, served, home)
    curl = subprocess.run(["bash", "-c", found["curl"]], capture_output=True, text=True, timeout=60, check=False)
    r = rscript(f"{found['r']}\nrows <- table\n{COLUMNS}")
    assert r.returncode == 0, r.stderr
    head, *rows = csv.reader(io.StringIO(curl.stdout, newline=""))
    assert {name: cells for name, (_kind, cells) in columns_of(r.stdout).items()} == {head[0]: [row[0] for row in rows]}


def test_triples_come_as_a_graph(script: tuple[Node, Path], served: Served, home: Path) -> None:
    found = snippets(script, "CONSTRUCT WHERE { ?s a cx:Incident }", served, home, "graph")
    command = [sys.executable, "-W", "error", "-c", found["python"]]
    python = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment())
    assert python.stdout == "3 triples\n", python.stderr
    curl = subprocess.run(["bash", "-c", found["curl"]], capture_output=True, text=True, timeout=60, check=False)
    assert "cx:Incident" in curl.stdout
    r = rscript(found["r"])
    assert (r.returncode, r.stdout) == (0, curl.stdout), r.stderr
