"""The browser of these tests: the system's Chromium, else the one that Playwright has installed; none is fetched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

__all__ = ["FLAGS", "launched"]

#: The tests run as root in a container, where Chromium has no sandbox; and it asks nobody but the server under test.
FLAGS = (
    "--no-sandbox",
    "--no-first-run",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
#: The programs, the quickest first: the shell is Chromium without what draws windows and menus.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_HOW = "install it with: apt-get install chromium, or: python -m playwright install chromium"


def launched(playwright: Playwright) -> Browser:
    """A running Chromium without a window.

    Where there is none the tests are skipped and say how to get one; in CI (the variable `CI`) they fail.
    """
    found = (shutil.which(name) for name in _NAMES)
    program = next((path for path in found if path), playwright.chromium.executable_path)
    if not Path(program).is_file():
        if os.environ.get("CI"):
            pytest.fail(f"there is no Chromium for the tests of pages; {_HOW}", pytrace=False)
        pytest.skip(f"there is no Chromium for the tests of pages; {_HOW}")
    return playwright.chromium.launch(executable_path=program, args=list(FLAGS))
