"""The site of this checkout, built once and looked at in a browser.

It is whole, asks no other host, its search finds, a phone shows it without going aside, and the notebook stands in it
with what its cells gave.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kg.docs.site import CONFIG, build, navigation
from tests.browser.chromium import launched
from tests.support.commands import ROOT, SEEDS, kg

pytest.importorskip("zensical")


class Quiet(SimpleHTTPRequestHandler):
    """Files, without a line on the error stream for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield launched(playwright)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documentation")
    built = kg("build", SEEDS, "--home", folder / "home")
    assert built.returncode == 0, built.stdout + built.stderr
    pages = build(ROOT, folder / "site", folder / "home")
    assert pages >= len(navigation(ROOT / "docs" / CONFIG))
    assert sorted(path.name for path in folder.iterdir()) == ["home", "site"]
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def asked(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page of a phone, and the addresses elsewhere that it has asked for."""
    elsewhere: list[str] = []
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.on("request", lambda request: None if request.url.startswith(address) else elsewhere.append(request.url))
        yield page, elsewhere


def test_the_search_finds_and_nobody_else_is_asked(asked: tuple[Page, list[str]], address: str) -> None:
    page, elsewhere = asked
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    expect(page.get_by_role("heading", name="Crossings", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("redaction")
    expect(page.get_by_role("link", name="Curation").first).to_be_visible()
    page.goto(f"{address}/endpoints/", wait_until="networkidle")
    assert [url for url in elsewhere if url.startswith("http")] == []


@pytest.mark.parametrize(
    "name", ["", "tutorial/", "cookbook/", "endpoints/", "shapes/", "contributing/", "notebooks/first-steps/"]
)
def test_a_phone_need_not_scroll_aside(asked: tuple[Page, list[str]], address: str, name: str) -> None:
    page, _ = asked
    page.goto(f"{address}/{name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_notebook_stands_in_the_site_with_what_its_cells_gave(asked: tuple[Page, list[str]], address: str) -> None:
    page, elsewhere = asked
    page.goto(f"{address}/client/")
    page.get_by_role("main").get_by_role("link", name="first-steps.ipynb").click()
    expect(page.get_by_role("heading", name="First steps", level=1)).to_be_visible()
    expect(page.get_by_text("5 incidents in 5 articles, release")).to_be_visible()
    expect(page.get_by_role("cell", name="land crossing, 2024-08-06/2024-08-27, eastern front")).to_be_visible()
    expect(page.get_by_role("cell", name="236", exact=True)).to_be_visible()
    charts = page.get_by_role("img", name=re.compile("the chart that the cell draws"))
    expect(charts).to_have_count(3)
    assert [width > 300 for width in charts.evaluate_all("found => found.map((one) => one.naturalWidth)")] == [True] * 3
    said = page.get_by_role("main").inner_text()
    assert re.search(r"“.+”\n.*our digest of", said), said
    assert re.search(r"actorType: undecided; also said: civilian, soldier", said), said
    assert [url for url in elsewhere if url.startswith("http")] == []
    assert (
        page.get_by_role("main").get_by_role("link", name="first-steps.ipynb").get_attribute("href")
        == "../first-steps.ipynb"
    )
    got = page.request.get(f"{address}/notebooks/first-steps.ipynb")
    assert got.body() == (ROOT / "docs" / "notebooks" / "first-steps.ipynb").read_bytes()
