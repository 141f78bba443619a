"""axe finds no serious fault on any page, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.sites import PAGES, BrowsedSite
from tests.browser.windows import Looking
from tests.support.npm import packages

_RUN = """async (rules) => (await axe.run(document, {resultTypes: ["violations"], ...rules})).violations
  .filter(found => ["serious", "critical"].includes(found.impact))
  .map(found => [found.id, found.help, found.nodes.slice(0, 3).map(node => node.html)])"""
#: Opens what is folded away, and of long lists leaves the beginning, since the rest is built alike.
_SHORTEN = """() => {
  for (const found of document.querySelectorAll("details")) found.open = true;
  for (const found of document.querySelectorAll("main *")) {
    const alike = [...found.children].slice(%d);
    if (!["svg", "g", "select", "tr"].includes(found.localName)) alike.forEach(child => child.remove());
  }
}"""
_MOST = 16


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules, as a script."""
    _node, folder = packages(Path(__file__).parent / "axe", "accessibility")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def faults(page: Page, axe: str, *rules: str) -> list[Any]:
    """The serious and critical faults of a page, by some rules or by all, with all of it open."""
    page.evaluate(_SHORTEN % _MOST)
    page.evaluate(axe)
    found: list[Any] = page.evaluate(_RUN, {"runOnly": list(rules)} if rules else {})
    return found


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_serious_fault(looking: Looking, seeds: BrowsedSite, axe: str, name: str) -> None:
    with looking(seeds, reduced_motion="reduce") as page:
        page.emulate_media(color_scheme="light")
        page.goto(seeds.path(name))
        assert faults(page, axe) == []
        page.emulate_media(color_scheme="dark")
        # Only colours are others in the dark.
        assert faults(page, axe, "color-contrast", "link-in-text-block") == []


def test_a_form_that_was_filled_in_wrongly_has_no_serious_fault(looking: Looking, seeds: BrowsedSite, axe: str) -> None:
    with looking(seeds, "422", reduced_motion="reduce") as page:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto("/queries/routes?route=a+b")
            assert page.locator("[aria-invalid]").input_value() == "a b"
            assert faults(page, axe) == []


def test_axe_finds_a_fault(page: Page, axe: str) -> None:
    page.goto("/")
    page.evaluate("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<input>')")
    assert "label" in [found[0] for found in faults(page, axe)]
