"""Every page is readable, and its forms work, in a browser that runs no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.sites import PAGES, BrowsedSite
from tests.browser.windows import Looking


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_its_content(looking: Looking, seeds: BrowsedSite, name: str) -> None:
    with looking(seeds, java_script_enabled=False) as page:
        page.goto(seeds.path(name))
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("h1")).to_be_visible()
        assert len(page.locator("main").inner_text()) > 100
        assert page.locator("main a:visible, main form:visible").count() > 0


def test_evidence_opens(looking: Looking, seeds: BrowsedSite) -> None:
    with looking(seeds, java_script_enabled=False) as page:
        page.goto(seeds.path("incident"))
        evidence = page.locator("details.evidence").first
        evidence.locator("summary").click()
        expect(evidence.locator(".quote").first).to_be_visible()


def test_the_form_of_the_endpoint_asks(looking: Looking, seeds: BrowsedSite) -> None:
    with looking(seeds, java_script_enabled=False) as page:
        page.goto("/sparql")
        page.get_by_label("Query").fill("ASK { ?s a cx:Incident }")
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Ask").click()
        assert "<boolean>true</boolean>" in downloading.value.path().read_text("utf-8")
