from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import launched
from tests.browser.hostile import hostile_release
from tests.browser.sites import BrowsedSite
from tests.browser.windows import PATIENCE, Looking, Windows
from tests.server.serving import serving
from tests.support.seeds_home import copied_seeds

#: The tests look at many pages from one address, faster than people do.
EASY = ("--limit", "client-seconds=100000", "--limit", "client-queries=100")


@pytest.fixture(scope="session")
def seeds_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the release of the seeds."""
    return copied_seeds(tmp_path_factory)


@pytest.fixture(scope="session")
def seeds(seeds_home: Path) -> Iterator[BrowsedSite]:
    """The site of the seeds."""
    with _site(seeds_home) as site:
        yield site


@pytest.fixture(scope="session")
def hostile(seeds_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowsedSite]:
    """The site of a release in which every text that may be a stranger's is an attack."""
    home = tmp_path_factory.mktemp("hostile") / "home"
    hostile_release(seeds_home, home)
    with _site(home) as site:
        yield site


@contextmanager
def _site(home: Path) -> Iterator[BrowsedSite]:
    with serving(home, home.parent / "errors", *EASY) as served:
        yield BrowsedSite(served.url)
        assert served.process.poll() is None, served.complaints()
    assert served.complaints() == ""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: Playwright keeps an event loop running meanwhile, which other tests may not have."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Windows]:
    """The windows of a module; opening one costs a second, so they are used again."""
    opened = Windows(browser)
    yield opened
    opened.close()


@pytest.fixture
def looking(windows: Windows) -> Looking:
    """Shows a page of a site, `with looking(site, **options) as page`; a complaint of the browser fails the test."""
    return windows.looking


@pytest.fixture
def page(looking: Looking, seeds: BrowsedSite) -> Iterator[Page]:
    """A page of the site of the seeds."""
    with looking(seeds) as opened:
        yield opened
