"""What a built site may not have: links that lead nowhere, loads from another host, notebooks that are not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.docs.site_check import complaints


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<a href='https://a.example/'>out</a><a href='mailto:a@b.example'>mail</a>", []),
        ("<link rel='canonical' href='https://a.example/'>", []),
        ("<a href='b/'>b</a><a href='b/#here'>h</a><a href='#top' id='top'>t</a><a href='b/index.html'>i</a>", []),
        ("<a href='c/'>c</a>", ["index.html links to c/, which the site does not have"]),
        ("<a href='b/#there'>b</a>", ["index.html links to b/#there, which the site does not have"]),
        ("<a href='../x.html'>up</a>", ["index.html links to ../x.html, which the site does not have"]),
        ("<a href='#gone'>b</a>", ["index.html links to #gone, which the site does not have"]),
        ("<img src='x.png'>", ["index.html links to x.png, which the site does not have"]),
        (
            "<script src='https://cdn.example/x.js'></script>",
            ["index.html loads https://cdn.example/x.js from another host: serve it with the site"],
        ),
        (
            "<link rel='preconnect stylesheet' href='//f.example/x.css'>",
            ["index.html loads //f.example/x.css from another host: serve it with the site"],
        ),
        (
            "<pre class='mermaid'>graph</pre>",
            [
                "index.html has a diagram, for which a browser fetches a library from another host: use an image",
            ],
        ),
    ],
)
def test_links_and_loads(tmp_path: Path, body: str, told: list[str]) -> None:
    (tmp_path / "index.html").write_text(page(body), "utf-8")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "index.html").write_text(page("<h2 id='here'>Here</h2>"), "utf-8")
    assert complaints(tmp_path) == told


@pytest.mark.parametrize("rule", ["@import 'https://f.example/x';", "p { background: url(//f.example/x) }"])
def test_a_style_that_loads_from_another_host(tmp_path: Path, rule: str) -> None:
    (tmp_path / "good.css").write_text("p { background: url(x.png) }", "utf-8")
    (tmp_path / "bad.css").write_text(rule, "utf-8")
    assert complaints(tmp_path) == ["bad.css loads f.example/x from another host: serve it with the site"]


NOTEBOOK = '{"cells": [{"cell_type": "code"}, {"cell_type": "markdown"}, {"cell_type": "code"}]}'
CELL = "<div class='language-python highlight'>6 * 7</div>"
GIVEN = "<div class='language-text highlight'>42</div>"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"<article>{CELL}{GIVEN}{CELL}</article>", []),
        (f"<article>{CELL}<img src='x.png'>{CELL}</article>", []),
        (f"<article>{CELL}{GIVEN}</article>", ["try.ipynb has a page that lacks cells, or what they gave"]),
        (f"<article>{CELL}{CELL}</article>", ["try.ipynb has a page that lacks cells, or what they gave"]),
        (None, ["try.ipynb has no page that shows it: put try.md into the navigation"]),
    ],
)
def test_a_notebook_is_shown_with_what_its_cells_gave(tmp_path: Path, body: str | None, told: list[str]) -> None:
    (tmp_path / "try.ipynb").write_text(NOTEBOOK, "utf-8")
    if body is not None:
        (tmp_path / "try").mkdir()
        (tmp_path / "try" / "index.html").write_text(page(body), "utf-8")
        (tmp_path / "try" / "x.png").write_bytes(b"")
    assert [sentence.partition(": build")[0] for sentence in complaints(tmp_path)] == told
