from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.namespaces import BASE
from server.links import canonical, local, outward, requested

#: Characters of IRIs (RFC 3987, section 2.2), other scripts among them, and encoded quotes and brackets.
NAMES = st.lists(
    st.one_of(
        st.sampled_from([*"abcXYZ019-._~!$&'()*+,;=:@", "%22", "%3C", "%20", "%2F", "%25"]),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    ),
    min_size=1,
    max_size=20,
).map("".join)


@pytest.mark.parametrize("path", ["/id/incident/a1", "/ontology#Incident", "/vocabulary/front#eastern", "/graph/meta"])
def test_what_is_ours_has_a_local_path_and_back(path: str) -> None:
    assert local(canonical(path)) == path
    assert outward(canonical(path)) is None


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "urn:isbn:1",
        "//evil.example/",
        "mailto:a@b.example",
        "",
    ],
)
def test_other_schemes_lead_nowhere(iri: str) -> None:
    assert local(iri) is None
    assert outward(iri) is None


@pytest.mark.parametrize("iri", ["https://evil.example/", "HTTP://evil.example/", f"{BASE}problem/not-found"])
def test_other_sites_are_outward(iri: str) -> None:
    assert local(iri) is None
    assert outward(iri) == iri


@pytest.mark.parametrize("iri", [f"{BASE.rstrip('/')}.evil.example/id/a", f"{BASE.rstrip('/')}@evil.example/id/a"])
def test_a_name_that_begins_like_ours_is_not_ours(iri: str) -> None:
    assert local(iri) is None


@given(st.text())
def test_a_local_path_stays_on_this_host(rest: str) -> None:
    path = local(BASE + rest)
    assert path is None or (path.startswith("/") and not path.startswith("//"))


@given(NAMES)
def test_a_name_comes_back_from_the_wire(name: str) -> None:
    # As a browser sends it: other scripts in UTF-8, percent-encoded, and the rest as it is.
    sent = quote(f"/id/person/{name}", safe="/%!$&'()*+,;=:@-._~")
    assert requested(sent) == f"/id/person/{name}"


@given(st.binary(max_size=12))
def test_any_octets_on_the_wire_give_a_text_without_surrogates(octets: bytes) -> None:
    found = requested("/id/" + quote(octets))
    assert found.startswith("/id/")
    assert found.encode("utf-8")


def test_marks_that_turn_text_around_stay_encoded() -> None:
    # RFC 3987, section 4.1.
    assert requested("/id/%E2%80%AEx") == "/id/%E2%80%AEx"
