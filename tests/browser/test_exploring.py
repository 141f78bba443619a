"""Exploring: choices narrow the result, the address holds them, and what is shown can be taken away."""

from __future__ import annotations

import csv
import re
from io import StringIO
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.sites import BrowsedSite
from tests.browser.windows import Looking

#: How a spreadsheet knows a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def count(page: Page) -> int:
    found = re.match(r"[\d,]+", page.locator("#count").inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


def choose(page: Page, facet: str) -> str:
    """Choose the first of a facet; how it is called begins with this word."""
    page.locator("#filters").evaluate("found => { found.open = true }")
    link = page.locator(f"section[aria-labelledby='facet-{facet}'] a.choice").first
    words = link.locator(".what").inner_text().split()[0]
    expected = int(link.locator(".count").inner_text())
    link.click()
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{expected} incidents?\b"))
    return words


def test_choices_stand_in_the_address_and_come_back_with_it(page: Page) -> None:
    page.goto("/explore")
    everything = count(page)
    words = choose(page, "front")
    assert count(page) < everything
    page.wait_for_url("**/explore?*front=*")
    shown, state = page.locator("#result").inner_text(), page.url
    page.go_back()
    expect(page.locator("#count")).to_have_text(re.compile(f"^{everything} "))
    page.go_forward()
    expect(page.locator(".chip")).to_contain_text(words, ignore_case=True)
    page.goto("about:blank")
    page.goto(state)
    assert page.locator("#result").inner_text() == shown


def test_a_choice_can_be_taken_away(page: Page) -> None:
    page.goto("/explore")
    everything = count(page)
    choose(page, "front")
    page.locator(".chip").click()
    expect(page.locator("#count")).to_have_text(re.compile(f"^{everything} "))
    expect(page.locator(".chip")).to_have_count(0)


def test_each_form_shows_the_same_incidents(page: Page) -> None:
    page.goto("/explore")
    incidents = set(page.locator("#result table a[href^='/id/incident/']").evaluate_all("a => a.map(x => x.pathname)"))
    assert len(incidents) == count(page)
    for name in ("Map", "Timeline", "Chart"):
        page.locator(".views").get_by_role("link", name=name).click()
        expect(page.locator(".views a[aria-current]")).to_have_text(name)
        assert f"view={name.lower()}" in page.url
        if name != "Chart":
            linked = page.locator("#result a[href^='/id/incident/']").evaluate_all("a => a.map(x => x.pathname)")
            assert set(linked) == incidents


def test_what_is_shown_opens_as_sparql_with_the_same_count(page: Page) -> None:
    page.goto("/explore")
    choose(page, "front")
    shown = count(page)
    page.get_by_role("link", name="Open as SPARQL").click()
    page.wait_for_url("**/query?*")
    expect(page.locator("#told")).to_contain_text(re.compile(rf"\b{shown} rows?\b"))


def test_what_is_shown_can_be_taken_away_as_csv(page: Page) -> None:
    page.goto("/explore")
    choose(page, "front")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download as CSV").click()
    rows = list(csv.reader(downloading.value.path().read_text("utf-8-sig").splitlines()))
    assert len(rows) == 1 + count(page)


def test_no_cell_of_the_csv_is_a_formula(looking: Looking, hostile: BrowsedSite) -> None:
    with looking(hostile) as page:
        page.goto("/explore")
        with page.expect_download() as downloading:
            page.get_by_role("link", name="Download as CSV").click()
        text = downloading.value.path().read_text("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text, newline="")) for cell in row]
    assert any("attacked" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []


def test_it_works_without_scripts(looking: Looking, seeds: BrowsedSite) -> None:
    with looking(seeds, java_script_enabled=False, viewport={"width": 1300, "height": 900}) as page:
        page.goto("/explore")
        if not page.locator("a.choice").first.is_visible():
            page.locator("#filters > summary").click()
        link = page.locator("section[aria-labelledby='facet-front'] a.choice").first
        expected = link.locator(".count").inner_text()
        link.click()
        page.wait_for_url("**/explore?*front=*")
        expect(page.locator("#count")).to_have_text(re.compile(f"^{expected} incident"))
        page.get_by_label("Order").select_option(index=1)
        page.get_by_role("button", name="Sort").click()
        assert {"front", "sort"} <= set(parse_qs(urlsplit(page.url).query))
