"""Makes the pictures of the pages that the documentation shows: `python -m tests.browser.screenshots`.

They show the release of the seeds, as a person sees it who has just followed the README.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from kg.atomic import write_atomically
from tests.browser.chromium import launched
from tests.browser.sites import BrowsedSite
from tests.server.serving import serving
from tests.support.commands import ROOT, SEEDS, kg

__all__ = ["FOLDER", "LARGEST", "SHOTS", "Shot", "main"]

FOLDER = ROOT / "docs" / "screenshots"
#: Bytes of a picture, at most.
LARGEST = 150_000
_WIDE, _PHONE = {"width": 1120, "height": 760}, {"width": 390, "height": 800}


@dataclass(frozen=True)
class Shot:
    """One picture.

    Attributes:
        page: The page, by its name in `sites.PAGES`.
        scheme: Light or dark.
        phone: Whether on a telephone.
        click: What is clicked before: the first element that a selector finds.
    """

    page: str
    scheme: Literal["light", "dark"] = "light"
    phone: bool = False
    click: str | None = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.page}-{'phone' if self.phone else self.scheme}.png"


_EVIDENCE = "dl.facts details.evidence > summary"
SHOTS = (
    Shot("home"),
    Shot("home", "dark"),
    Shot("home", phone=True),
    Shot("incident", click=_EVIDENCE),
    Shot("incident", "dark", click=_EVIDENCE),
    Shot("incident", phone=True, click=_EVIDENCE),
    Shot("article"),
    Shot("explore"),
    Shot("map"),
    Shot("map", "dark"),
    Shot("answer"),
    Shot("conflicts"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures; 1 if one is too large."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.screenshots", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--to", type=Path, default=FOLDER, help="the folder (default docs/screenshots)")
    parser.add_argument("--only", nargs="+", metavar="PAGE", help="only those of these pages")
    given = parser.parse_args(arguments)
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        done = kg("build", SEEDS, "--home", home)
        if done.returncode != 0:
            print(done.stderr, file=sys.stderr)
            return 1
        browser = launched(playwright)
        with serving(home, Path(folder) / "errors") as served:
            site = BrowsedSite(served.url)
            shots = [shot for shot in SHOTS if given.only is None or shot.page in given.only]
            large = [shot.file for shot in shots if not _made(browser, site, shot, given.to)]
        browser.close()
    for file in large:
        print(f"{given.to / file} has more than {LARGEST:,} bytes: show less of the page", file=sys.stderr)
    return 1 if large else 0


def _made(browser: Browser, site: BrowsedSite, shot: Shot, to: Path) -> bool:
    """Make one; whether it is small enough."""
    context = browser.new_context(
        base_url=site.url,
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        viewport=_PHONE if shot.phone else _WIDE,  # type: ignore[arg-type]
        is_mobile=shot.phone,
    )
    page = context.new_page()
    page.goto(site.path(shot.page), wait_until="networkidle")
    if shot.click is not None:
        page.locator(shot.click).first.click()
    picture = page.screenshot(scale="css", animations="disabled", caret="hide")
    context.close()
    write_atomically(to / shot.file, picture)
    return len(picture) <= LARGEST


if __name__ == "__main__":
    sys.exit(main())
