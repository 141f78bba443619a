"""Pages by the keyboard alone: the skip link, a focus that is seen, and no place that one cannot leave."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sites import PAGES, BrowsedSite

_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  e.dataset.seen ??= String(document.querySelectorAll("[data-seen]").length);
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {id: e.dataset.seen, what: e.outerHTML.slice(0, 120), width: box.width, height: box.height,
          outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0};
}"""
#: Stops that are looked at from the beginning of a page, and before its end.
_FIRST, _LAST = 80, 10


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    link = page.locator(".skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("name", PAGES)
def test_the_focus_goes_through_a_page_and_is_always_seen(page: Page, seeds: BrowsedSite, name: str) -> None:
    page.goto(seeds.path(name))
    assert len(stops(page, "Tab", _FIRST)) > 5
    page.reload()
    last = stops(page, "Shift+Tab", _LAST)
    for _ in last[1:]:
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUS) is None, "the focus does not leave the page behind its last stop"


def stops(page: Page, key: str, most: int) -> list[str]:
    """Where the focus goes by a key; each is another element, and is seen to have it."""
    seen: list[str] = []
    while len(seen) < most:
        page.keyboard.press(key)
        found = page.evaluate(_FOCUS)
        if found is None:
            break
        assert found["id"] not in seen, f"the focus came back to {found['what']}"
        assert found["outline"], f"nothing shows that the focus is on {found['what']}"
        assert found["width"] > 0, found["what"]
        assert found["height"] > 0, found["what"]
        seen.append(found["id"])
    return seen


def test_evidence_opens_by_keys(page: Page, seeds: BrowsedSite) -> None:
    page.goto(seeds.path("incident"))
    evidence = page.locator("details.evidence").first
    evidence.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(evidence.locator(".quote").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(evidence.locator(".quote").first).to_be_hidden()
