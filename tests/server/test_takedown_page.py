"""`/takedown` and the footer of every page: whom to ask for something to be withheld, if anybody is named."""

from __future__ import annotations

from pathlib import Path

import httpx
import lxml.html
import pytest

from kg.errors import UsageError
from server.settings import Settings
from tests.server.serving import client_of, serving

MAIL, PAGE = "help+us@example.org", "https://example.org/contact?from=graph"
PAGES = ("/", "/explore", "/query", "/sources", "/releases", "/takedown", "/cite")


def links(client: httpx.Client, address: str, place: str) -> list[str]:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, address
    return [str(link) for link in lxml.html.document_fromstring(answer.text).xpath(f"//{place}//a/@href")]


def test_a_contact_stands_on_every_page(home: Path, tmp_path: Path) -> None:
    with client_of(home, tmp_path / "errors", "--contact", MAIL) as client:
        for address in PAGES:
            assert {"/takedown", f"mailto:{MAIL}"} <= set(links(client, address, "footer")), address
        assert f"mailto:{MAIL}" in links(client, "/takedown", "main")
        problem = client.get("/nowhere", headers={"Accept": "text/html"})
        assert "/takedown" in problem.text


def test_a_contact_may_be_a_page_and_come_from_the_environment(home: Path, tmp_path: Path) -> None:
    with client_of(home, tmp_path / "errors", variables={"KG_CONTACT": PAGE}) as client:
        assert PAGE in links(client, "/takedown", "main")
        assert f"hasURL> <{PAGE}>" in client.get("/releases?format=ntriples").text


def test_without_one_the_page_says_so(client: httpx.Client) -> None:
    words = " ".join(lxml.html.document_fromstring(client.get("/takedown").text).text_content().split())
    assert "has named no contact" in words
    # The project's own file names no address of its own.
    assert "The project’s own address" not in words
    assert "contactPoint" not in client.get("/releases?format=turtle").text
    assert links(client, "/takedown", "footer").count("/takedown") == 1


@pytest.mark.parametrize(
    ("options", "variables", "warned"),
    [
        (("--host", "0.0.0.0"), {}, True),
        ((), {"KG_TRUSTED_PROXIES": "127.0.0.1"}, True),
        (("--host", "0.0.0.0", "--contact", MAIL), {}, False),
        (("--host", "localhost"), {}, False),
    ],
)
def test_an_operator_whom_nobody_could_ask_is_warned(
    home: Path, tmp_path: Path, options: tuple[str, ...], variables: dict[str, str], warned: bool
) -> None:
    with serving(home, tmp_path / "errors", *options, variables=variables) as running:
        assert running.process.stdout is not None
        # What is printed behind the warning has come.
        assert [running.process.stdout.readline() for _ in range(2)][-1] == "Stop with Ctrl+C.\n"
        said = running.complaints()
    assert said.count("\n") == (1 if warned else 0)
    assert ("kg: no contact is named" in said and "give --contact MAIL|URL, or set KG_CONTACT" in said) is warned


def test_the_page_says_what_happens(client: httpx.Client) -> None:
    words = lxml.html.document_fromstring(client.get("/takedown").text).text_content()
    for part in ("withheld", "corrected", "older ones are made anew", "no publisher’s text"):
        assert part in words


@pytest.mark.parametrize(
    "contact",
    [
        "nobody",
        "javascript:alert(1)",
        "mailto:",
        "a@b",
        "http://",
        "https://a b",
        'https://a/"><script>',
        "ftp://a.org/",
        "http://[",
    ],
)
def test_what_is_no_contact_is_refused(contact: str) -> None:
    if contact == "mailto:":
        assert Settings(contact=contact).named_contact is None
        return
    with pytest.raises(UsageError, match="neither an e-mail address nor an http"):
        Settings(contact=contact)


def test_a_contact_is_a_link() -> None:
    mail, page = Settings(contact=f" mailto:{MAIL}").named_contact, Settings(contact=PAGE).named_contact
    assert mail is not None
    assert (mail.shown, mail.address, mail.is_mail) == (MAIL, f"mailto:{MAIL}", True)
    assert page is not None
    assert (page.shown, page.address, page.is_mail) == (PAGE, PAGE, False)
    assert Settings().named_contact is None
