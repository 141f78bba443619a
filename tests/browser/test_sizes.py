"""A telephone's width, paper, and how much is loaded."""

from __future__ import annotations

import pytest

from tests.browser.sites import PAGES, BrowsedSite
from tests.browser.windows import Looking

#: Pixels of CSS: a narrow telephone.
NARROW = 360
#: Bytes of a first visit to a page with all that it loads.
TRANSFER = 150_000
_WIDER = """() => [...document.querySelectorAll("body *")].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width > 0 && box.right + window.scrollX > document.documentElement.clientWidth + 1
    && !e.closest(".scroll, pre, .skip, svg");
}).slice(0, 5).map(e => e.outerHTML.slice(0, 150))"""
_HIDDEN = """() => [...document.querySelectorAll("main .quote, main .withheld, main .by")]
  .filter(e => !e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
  .map(e => e.outerHTML.slice(0, 150))"""
_TRANSFER = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map(e => [e.name, e.transferSize])"""


@pytest.mark.parametrize("kind", ["seeds", "hostile"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_on_a_telephone(
    looking: Looking, request: pytest.FixtureRequest, name: str, kind: str
) -> None:
    site: BrowsedSite = request.getfixturevalue(kind)
    with looking(site, viewport={"width": NARROW, "height": 740}, device_scale_factor=2, is_mobile=True) as page:
        page.goto(site.path(name))
        page.evaluate("() => document.querySelectorAll('details').forEach(found => { found.open = true })")
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= NARROW, page.evaluate(_WIDER)


@pytest.mark.parametrize("name", ["incident", "person", "article", "disputed"])
def test_evidence_is_printed(looking: Looking, seeds: BrowsedSite, name: str) -> None:
    with looking(seeds, fresh=True) as page:
        page.goto(seeds.path(name))
        assert page.evaluate(_HIDDEN) != []
        page.emulate_media(media="print")
        page.wait_for_function(f"() => ({_HIDDEN})().length === 0")


@pytest.mark.parametrize("name", ["home", "incident", "article", "query", "conflicts", "ontology"])
def test_a_first_visit_loads_little(looking: Looking, seeds: BrowsedSite, name: str) -> None:
    with looking(seeds, fresh=True) as page:
        page.goto(seeds.path(name), wait_until="networkidle")
        loaded = page.evaluate(_TRANSFER)
        assert sum(size for _name, size in loaded) < TRANSFER, loaded
