"""What a browser complains of while a test looks at pages, and what it asks of others: there must be none of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, WebError

__all__ = ["Watch"]

#: Schemes whose content stands in the address itself, so that nobody is asked for it.
_ITSELF = ("data", "blob")


class Watch:
    """Keeps what goes wrong in a context.

    Args:
        context: The context, before its first page.
        origin: The address of the server under test.
    """

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self._origin = urlsplit(origin).netloc
        self._expected: list[re.Pattern[str]] = []
        self._heard: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)
        context.on("request", self._request)

    @property
    def complaints(self) -> list[str]:
        """What was heard and not expected."""
        return [heard for heard in self._heard if not any(pattern.search(heard) for pattern in self._expected)]

    def begin(self, expected: Iterable[str]) -> None:
        """Forget what was heard; from now on what matches one of these patterns is what the test is about."""
        self._heard.clear()
        self._expected = [re.compile(pattern) for pattern in expected]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location.get("url", "")
            self._heard.append(f"console {message.type}: {message.text} ({where})")

    def _error(self, error: WebError) -> None:
        self._heard.append(f"script error: {error.error}")

    def _dialog(self, dialog: Dialog) -> None:
        self._heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in _ITSELF and address.netloc != self._origin:
            self._heard.append(f"request to another host: {request.url}")
