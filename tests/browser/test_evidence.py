"""From a value to the words that it rests on, and what disagrees side by side."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.sites import BrowsedSite


def test_a_value_opens_its_evidence_and_leads_to_the_marked_words(page: Page, seeds: BrowsedSite) -> None:
    page.goto(seeds.path("incident"))
    value = page.locator("dl.facts > dd > .value").filter(has=page.locator("details.evidence")).first
    quote = value.locator("mark.quote").first
    expect(quote).to_be_hidden()
    value.locator("summary").first.click()
    expect(quote).to_be_visible()
    words = quote.inner_text()
    expect(value.locator(".by").first).to_contain_text(re.compile("asserted|reported"))
    value.locator(".by a[href*='#e-']").first.click()
    page.wait_for_url("**/id/article/**")
    marked = page.locator(":target")
    expect(marked).to_be_in_viewport()
    # Evidences overlap: the words may go on in the next mark.
    after = marked.evaluate(
        "e => { const r = document.createRange(); r.setStartBefore(e); "
        "r.setEndAfter(e.closest('p, li')); return r.toString() }"
    )
    assert " ".join(after.split()).startswith(" ".join(words.split()))


def test_every_value_of_an_incident_has_evidence(page: Page, seeds: BrowsedSite) -> None:
    page.goto(seeds.path("incident"))
    values = page.locator("dl.facts").first.locator("> dd > .value:not(:has(.withheld))")
    assert values.count() > 3
    for value in values.all():
        assert value.locator("details.evidence .by").count() > 0, value.inner_text()


def test_a_conflict_shows_its_values_side_by_side_and_the_rule(page: Page, seeds: BrowsedSite) -> None:
    page.goto(seeds.path("disputed"))
    page.get_by_role("link", name="See what the sources say").first.click()
    conflict = page.locator(".conflict:target")
    expect(conflict).to_be_in_viewport()
    expect(conflict).to_contain_text(re.compile("Chosen by the rule|No rule chose"))
    sides = conflict.locator(".columns > div")
    assert sides.count() >= 2
    # In one step: the page may still be scrolling.
    first, second = sides.evaluate_all("sides => sides.slice(0, 2).map(side => side.getBoundingClientRect().toJSON())")
    assert abs(first["y"] - second["y"]) < 5
    assert first["x"] + first["width"] <= second["x"]
    for side in sides.all():
        expect(side.locator(".quote").first).to_be_visible()


def test_a_digest_is_named_as_a_digest(page: Page, seeds: BrowsedSite) -> None:
    page.goto(seeds.path("article"))
    expect(page.locator("main .kind").first).to_contain_text("Our digest of")
    page.goto(seeds.path("incident"))
    expect(page.locator("main").get_by_text(re.compile("our digest of")).first).to_be_attached()


def test_what_nobody_checked_says_so(page: Page, seeds: BrowsedSite) -> None:
    page.goto(seeds.path("incident"))
    expect(page.locator(".badges").get_by_text("unreviewed")).to_be_visible()
