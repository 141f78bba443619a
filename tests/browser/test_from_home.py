"""From the home page to the words of an article, as people go: by clicks, and by keys alone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def press_until(page: Page, wanted: Locator, most: int = 150) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{wanted} never got the focus")


def test_by_clicks(page: Page) -> None:
    page.goto("/")
    page.locator(".newest a").first.click()
    page.wait_for_url("**/id/incident/*.html")
    page.locator("details.evidence > summary").first.click()
    quote = page.locator("details.evidence mark.quote").first
    expect(quote).to_be_visible()
    words = quote.inner_text()
    page.locator("details.evidence[open] .by a[href*='#e-']").first.click()
    page.wait_for_url("**/id/article/*.html#e-*")
    expect(page.locator(":target")).to_be_in_viewport()
    assert words.split()[0] in page.locator(":target").inner_text()


def test_by_keys_alone(page: Page) -> None:
    page.goto("/")
    press_until(page, page.locator(".newest a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/incident/*.html")
    summary = page.locator("details.evidence > summary").first
    press_until(page, summary)
    page.keyboard.press("Enter")
    expect(page.locator("details.evidence[open] mark.quote").first).to_be_visible()
    press_until(page, page.locator("details.evidence[open] .by a[href*='#e-']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/article/*.html#e-*")
    expect(page.locator(":target")).to_be_in_viewport()


def test_by_a_search(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search people, places, quotes").last.fill("staff sergeant")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=staff+sergeant")
    page.locator("main a[href^='/id/']").first.click()
    page.wait_for_url("**/id/**")
    expect(page.locator("main .kind").first).to_have_text(re.compile("Person|Incident"))


def test_every_page_of_the_header_opens(page: Page) -> None:
    page.goto("/")
    for name in page.locator("header nav a").all_inner_texts():
        page.locator("header nav").get_by_role("link", name=name).click()
        expect(page.locator("header nav a[aria-current]")).to_have_text(name)
        expect(page.locator("h1")).to_be_visible()
