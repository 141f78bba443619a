from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.workers.services import ServiceRule, gateway_iri, target_of

RULE = ServiceRule(["query.example.org", "Intranet.Example:8080", "10.0.0.7:3030", "[2001:db8::1]", " ", "[::1]:80"])


@pytest.mark.parametrize(
    "iri",
    [
        "https://query.example.org/sparql",
        "http://query.example.org",
        "http://QUERY.example.org:80/x?y#z",
        "https://query.example.org:443/",
        "http://intranet.example:8080/",
        "http://10.0.0.7:3030/ds/query",
        "http://[2001:db8::1]/",
    ],
)
def test_what_is_named_may_be_called(iri: str) -> None:
    assert RULE.allows(iri)


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "query.example.org",
        "//query.example.org/",
        "ftp://query.example.org/",
        "file:///etc/passwd",
        "http://query.example.org:8080/",
        "https://query.example.org:80/",
        "http://query.example.org./",
        "http://a.query.example.org/",
        "http://query.example.org.evil.example/",
        "http://intranet.example/",
        "http://10.0.0.7/",
        "http://10.0.0.7:3031/",
        "http://10.7:3030/",
        "http://user@query.example.org/",
        "http://user:word@query.example.org/",
        "http://query.example.org@evil.example/",
        "http://evil.example/query.example.org",
        "http://evil.example#query.example.org",
        "http://evil.example\\@query.example.org/",
        "http://query.exam\nple.org/",
        "http://query.example.org/ x",
        "http://query.example.org:x/",
        "http://query.example.org:99999/",
        "http://[2001:db8::1/",
        "http://[",
        "http:query.example.org",
        "http:///query.example.org",
    ],
)
def test_what_is_not_named_may_not(iri: str) -> None:
    assert not RULE.allows(iri)


@pytest.mark.parametrize(
    ("address", "port", "allowed"),
    [
        ("93.184.216.34", 80, True),
        ("2606:2800:220:1::1", 443, True),
        ("127.0.0.1", 80, False),
        ("10.0.0.7", 3030, True),
        ("10.0.0.7", 80, False),
        ("10.0.0.8", 3030, False),
        ("169.254.169.254", 80, False),
        ("192.168.1.1", 80, False),
        ("100.64.0.1", 80, False),
        ("0.0.0.0", 80, False),
        ("224.0.0.1", 80, False),
        ("255.255.255.255", 80, False),
        ("::1", 8080, False),
        ("::1", 80, True),
        ("fe80::1%eth0", 80, False),
        ("fc00::1", 80, False),
        ("::ffff:127.0.0.1", 80, False),
        ("::ffff:10.0.0.7", 3030, True),
        ("::ffff:10.0.0.8", 3030, False),
        ("::ffff:93.184.216.34", 80, True),
        ("64:ff9b::7f00:1", 80, False),
        ("64:ff9b::a9fe:a9fe", 80, False),
        ("2002:7f00:1::", 80, False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", 80, False),
        ("ff02::1", 80, False),
    ],
)
def test_a_private_address_must_be_named_itself(address: str, port: int, allowed: bool) -> None:
    assert RULE.allows_address(address, port) is allowed


def test_no_hosts_allow_nothing() -> None:
    assert not ServiceRule([]).allows("http://a.example/")
    assert not ServiceRule(["", " "]).allows("http:///")


@given(st.text(max_size=40), st.integers(1, 65_535))
def test_the_gateway_finds_the_endpoint_that_was_written(iri: str, port: int) -> None:
    made = gateway_iri(port, iri)
    head = f"http://127.0.0.1:{port}"
    assert made.startswith(f"{head}/")
    assert made.isascii()
    assert target_of(made.removeprefix(head)) == iri
    assert target_of(f"{made.removeprefix(head)}?query=x") == iri
