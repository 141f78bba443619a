"""Windows of the browser, used again by test after test, each with a watch over what goes wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeAlias

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.sites import BrowsedSite
from tests.browser.watching import Watch

__all__ = ["PATIENCE", "Looking", "Windows"]

#: Milliseconds that something on a page may take to appear.
PATIENCE = 30_000
#: Shows a page of a site.
Looking: TypeAlias = Callable[..., AbstractContextManager[Page]]


class Windows:
    """The windows of one browser.

    Args:
        browser: The browser.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: dict[str, tuple[BrowserContext, Page, Watch]] = {}

    @contextmanager
    def looking(self, site: BrowsedSite, *expected: str, fresh: bool = False, **options: Any) -> Iterator[Page]:
        """A window, empty, for as long as the `with` block lasts.

        Args:
            site: The addresses of its pages are those of this site.
            expected: Patterns of complaints that the test is about.
            fresh: Whether it must be one that nothing was loaded in before.
            options: What Playwright has for a context: sizes, colours, whether scripts run.

        Raises:
            AssertionError: The browser complained of something.
        """
        key = f"{site.url} {sorted(options.items())}"
        if fresh or key not in self._open:
            context = self._browser.new_context(base_url=site.url, **options)
            context.set_default_timeout(PATIENCE)
            self._replace(key, (context, context.new_page(), Watch(context, site.url)))
        _context, page, watch = self._open[key]
        watch.begin(expected)
        try:
            yield page
            if watch.complaints:
                raise AssertionError(f"the browser complains: {'; '.join(watch.complaints)}")
        except BaseException:
            # Nobody knows what state it is in.
            self._replace(key, None)
            raise
        page.goto("about:blank")

    def close(self) -> None:
        """Close them all."""
        for key in list(self._open):
            self._replace(key, None)

    def _replace(self, key: str, window: tuple[BrowserContext, Page, Watch] | None) -> None:
        old = self._open.pop(key, None)
        if old is not None:
            old[0].close()
        if window is not None:
            self._open[key] = window
