"""The query page: each view, an error at its line, a query that is stopped, and all of it without a script."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sites import BrowsedSite
from tests.browser.windows import Looking

INCIDENTS = "SELECT ?incident ?date { ?incident a cx:Incident ; cx:dateEarliest ?date } ORDER BY ?date"
PLACES = "SELECT ?place ?wkt { ?place geo:asWKT ?wkt } ORDER BY ?place LIMIT 5"
YEARS = (
    "SELECT ?year (COUNT(?i) AS ?n) { ?i a cx:Incident ; cx:dateEarliest ?d BIND (YEAR(?d) AS ?year) } GROUP BY ?year"
)
#: No engine finishes this.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def asked(query: str) -> str:
    return f"/query?{urlencode({'query': query})}"


def test_the_answer_has_labels_links_time_and_count(page: Page) -> None:
    page.goto(asked(INCIDENTS))
    expect(page.locator("#told")).to_contain_text(re.compile(r"\d+ rows?"))
    expect(page.locator("#told")).to_contain_text(re.compile(r"\d+ ms"))
    link = page.locator("#view a[href^='/id/incident/']").first
    expect(link).to_be_visible()
    assert "/id/" not in link.inner_text()


@pytest.mark.parametrize(
    ("view", "query"), [("table", INCIDENTS), ("map", PLACES), ("timeline", INCIDENTS), ("chart", YEARS)]
)
def test_a_comment_chooses_the_view(page: Page, view: str, query: str) -> None:
    page.goto(asked(f"#view:{view}\n{query}"))
    chosen = page.locator("#tabs [aria-selected=true], #tabs [aria-current], #tabs [aria-pressed=true]")
    expect(chosen).to_have_text(re.compile(view, re.IGNORECASE))
    drawn = page.locator("#view").locator("table" if view == "table" else "svg, .axis, .bar, table")
    expect(drawn.first).to_be_visible()


def test_an_error_is_told_at_its_line(looking: Looking, seeds: BrowsedSite) -> None:
    with looking(seeds, "Failed to load resource") as page:
        page.goto(asked("SELECT ?s {\n  ?s a cx:Incident .\n  ?s ?p\n}"))
        expect(page.locator("#told")).to_contain_text("line 4")


def test_a_query_is_run_with_the_keyboard_and_can_be_stopped(page: Page) -> None:
    page.goto(asked(INCIDENTS))
    editor = page.locator("#editor [contenteditable=true], #editor textarea:visible").first
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(ENDLESS)
    page.keyboard.press("Control+Enter")
    stop = page.get_by_role("button", name=re.compile("Stop|Cancel"))
    stop.click()
    expect(page.locator("#told")).to_contain_text(re.compile("stopped|cancelled", re.IGNORECASE))
    expect(page.get_by_role("button", name="Run")).to_be_visible()


def test_the_editor_is_no_trap(page: Page) -> None:
    page.goto("/query")
    editor = page.locator("#editor [contenteditable=true], #editor textarea:visible").first
    editor.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate("() => document.querySelector('#editor').contains(document.activeElement)")


def test_a_question_is_asked_by_a_click(page: Page) -> None:
    page.goto("/query")
    page.locator(".questions a").first.click()
    expect(page.locator("#told")).to_contain_text(re.compile(r"rows?"))


def test_the_plain_form_asks_without_scripts(looking: Looking, seeds: BrowsedSite) -> None:
    with looking(seeds, java_script_enabled=False) as page:
        page.goto("/query")
        page.get_by_label("SPARQL query").fill("ASK { ?s a cx:Incident }")
        page.get_by_role("button", name="Run").click()
        page.wait_for_url("**/query?query=*")
        expect(page.locator(".truth")).to_have_text("Yes")
        page.get_by_role("link", name="Permalink").click()
        page.wait_for_url("**release=*")
        expect(page.locator(".truth")).to_have_text("Yes")
