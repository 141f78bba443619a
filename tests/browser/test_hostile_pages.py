"""Markup, code, formulas and schemes that run, wherever a stranger's text can stand: they are shown, and do nothing."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hostile import ATTACKS, SENTINEL
from tests.browser.sites import PAGES, BrowsedSite
from tests.browser.windows import Looking

#: Whatever a person might do to an element without meaning to.
_TOUCH = """() => {
  for (const found of document.querySelectorAll("details")) found.open = true;
  for (const element of document.querySelectorAll("*")) {
    for (const name of ["mouseover", "mouseenter", "focus", "toggle", "error", "load"]) {
      element.dispatchEvent(new Event(name));
    }
  }
}"""
#: Attributes that run, and elements that no page of ours has.
_RUNNING = """() => [...document.querySelectorAll("*")].flatMap(e => [...e.attributes]
  .filter(a => a.name.startsWith("on") || a.name === "srcdoc" || a.name === "style")
  .map(a => `${e.localName} ${a.name}=${a.value}`))"""
_FOREIGN = "iframe, object, embed, base, meta[http-equiv], style, img[src='x'], script:not([src]):not([type$=json])"
_ADDRESSES = """() => [...document.querySelectorAll("[href], [src], [action], [formaction]")].flatMap(e =>
  ["href", "src", "action", "formaction"].filter(n => e.hasAttribute(n)).map(n => e.getAttribute(n)))"""


def harmless(page: Page) -> None:
    """Fail if anything of an attack came to life on a page."""
    page.evaluate(_TOUCH)
    assert page.evaluate(f"() => {SENTINEL}") is None
    assert page.evaluate(_RUNNING) == []
    assert page.locator(_FOREIGN).count() == 0
    addresses = page.evaluate(_ADDRESSES)
    assert addresses
    for address in addresses:
        assert address == "data:," or urlsplit(address).scheme in ("", "http", "https"), address


@pytest.mark.parametrize("name", PAGES)
def test_attacks_in_the_data_do_nothing(looking: Looking, hostile: BrowsedSite, name: str) -> None:
    with looking(hostile) as page:
        answer = page.goto(hostile.path(name))
        assert answer is not None
        assert answer.status == 200
        harmless(page)
        assert page.url.startswith(hostile.url + hostile.path(name).partition("?")[0])


@pytest.mark.parametrize("kind", ["Incident", "Person", "Organization", "Statistic", "Route"])
def test_labels_are_shown_as_they_are(looking: Looking, hostile: BrowsedSite, kind: str) -> None:
    with looking(hostile) as page:
        for iri in hostile.values(f"SELECT ?s WHERE {{ ?s a cx:{kind} }} ORDER BY ?s LIMIT 4"):
            label = hostile.values(f"SELECT ?label WHERE {{ <{iri}> skos:prefLabel ?label }}")[0]
            page.goto(hostile.path_of(iri))
            shown = " ".join(page.locator("h1").inner_text().split()).lower()
            assert " ".join(label.split()).lower() in shown
            harmless(page)


def test_quotes_are_shown_as_they_are(looking: Looking, hostile: BrowsedSite) -> None:
    with looking(hostile) as page:
        page.goto(hostile.path("article"))
        expect(page.locator(".text")).to_contain_text("<script>window.attacked=1</script>")
        expect(page.locator(".text")).to_contain_text("{{7*7}} {% raw %}")
        expect(page.get_by_text("49", exact=True)).to_have_count(0)


@pytest.mark.parametrize(
    "path", ["/id/incident/{}", "/id/{}.html", "/{}", "/static/{}", "/sparql?query={}", "/?release={}"]
)
def test_attacks_in_an_address_do_nothing(looking: Looking, seeds: BrowsedSite, path: str) -> None:
    with looking(seeds, "Failed to load resource") as page:
        for attack in ATTACKS[:14]:
            page.goto(path.format(quote(attack, safe="")))
            harmless(page)
