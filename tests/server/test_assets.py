from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest

from server.assets import STATIC, asset, asset_file, found_assets

FOREVER = "public, max-age=31536000, immutable"


def test_a_style_sheet_is_named_by_its_content(tmp_path: Path) -> None:
    sheet = tmp_path / "page.css"
    sheet.write_text("a {}", "utf-8")
    [first] = found_assets(tmp_path, tmp_path / "none")
    sheet.write_text("b {}", "utf-8")
    [second] = found_assets(tmp_path, tmp_path / "none")
    assert first.name == second.name == "page.css"
    assert first.file != second.file
    assert re.fullmatch(r"page\.[0-9a-f]{12}\.css", first.file)


def test_what_was_built_is_found_by_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "page.AB12.js").write_text("1", "utf-8")
    (tmp_path / "licenses.txt").write_text("theirs", "utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps({"files": {"page.js": "page.AB12.js"}}), "utf-8")
    found = {made.name: made for made in found_assets(tmp_path / "none", tmp_path)}
    assert set(found) == {"page.js", "licenses.txt"}
    assert found["page.js"].file == "page.AB12.js"
    assert found["page.js"].headers["Cache-Control"] == FOREVER
    assert found["licenses.txt"].headers["Cache-Control"] == "no-cache", "its name does not change with its content"


def test_pages_go_without_what_was_not_built(tmp_path: Path) -> None:
    assert list(found_assets(tmp_path, tmp_path)) == []
    assert asset("nothing.js") is None
    assert asset_file("nothing.json") is None


@pytest.mark.parametrize(
    ("name", "kind"), [("site.css", "text/css; charset=utf-8"), ("site.js", "text/javascript; charset=utf-8")]
)
def test_a_file_is_kept_for_ever_and_compressed(client: httpx.Client, name: str, kind: str) -> None:
    address = asset(name)
    assert address is not None, f"{name} is not built: run make setup"
    answer = client.get(address, headers={"Accept-Encoding": "zstd"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == FOREVER
    assert "Accept-Encoding" in answer.headers["vary"]
    again = client.get(address, headers={"Accept-Encoding": "zstd", "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    if len(answer.content) > 1000:
        assert answer.headers["content-encoding"] == "zstd"


def test_a_map_is_there_for_the_server_and_for_scripts(client: httpx.Client) -> None:
    path = asset_file("countries-50m.json")
    address = asset("countries-50m.json")
    assert path is not None, "the map is not built: run make setup"
    assert address is not None
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == json.loads(path.read_text("utf-8"))


def test_the_licences_have_a_lasting_address(client: httpx.Client) -> None:
    answer = client.get("/static/licenses.txt")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.text == (STATIC / "licenses.txt").read_text("utf-8")
    assert "Licence:" in answer.text


@pytest.mark.parametrize("file", ["manifest.json", "site.css", "..%2Fassets.py", "site.js"])
def test_nothing_else_of_the_directories_is_served(client: httpx.Client, file: str) -> None:
    answer = client.get(f"/static/{file}")
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/not-found")
