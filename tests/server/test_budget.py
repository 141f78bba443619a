from __future__ import annotations

import ipaddress
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.budget import ClientBudgets, client_of
from server.limits import Limits
from server.problems import Problem


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def wait_of(problem: Problem) -> int:
    assert problem.name == "too-many-requests"
    return int(problem.headers["Retry-After"])


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 50)), max_size=40), st.floats(0.1, 60))
def test_nobody_uses_much_more_than_a_share_and_who_waits_as_told_is_served(
    steps: list[tuple[float, float]], seconds: float
) -> None:
    clock = Clock()
    budgets = ClientBudgets(Limits(client_seconds=seconds), clock)
    for pause, use in steps:
        clock.now += pause
        wait = asked(budgets, use)
        if wait is not None:
            assert 1 <= wait <= 61
            clock.now += wait
            assert asked(budgets, 0) is None


def asked(budgets: ClientBudgets, use: float) -> int | None:
    """Ask a query that uses so much; how long to wait, if it is refused."""
    try:
        with budgets.query("192.0.2.1") as charge:
            charge(use)
    except Problem as problem:
        return wait_of(problem)
    return None


def test_a_budget_fills_with_time_and_no_further_than_a_minute() -> None:
    clock = Clock()
    budgets = ClientBudgets(Limits(client_seconds=6), clock)
    with budgets.query("a") as charge:
        charge(7)
    with pytest.raises(Problem) as caught, budgets.query("a"):
        pass
    assert wait_of(caught.value) == 11
    clock.now += 9.9
    with pytest.raises(Problem), budgets.query("a"):
        pass
    clock.now += 0.2
    with budgets.query("a"):
        pass
    clock.now += 3600
    with budgets.query("a") as charge:
        charge(6)
    with pytest.raises(Problem) as caught, budgets.query("a"):
        pass
    assert wait_of(caught.value) == 1


def test_clients_do_not_share_and_networks_of_ipv6_do() -> None:
    budgets = ClientBudgets(Limits(client_seconds=1), Clock())
    with budgets.query("2001:db8:1:2::1") as charge:
        charge(5)
    for same in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:0DB8:1:2::9"):
        with pytest.raises(Problem), budgets.query(same):
            pass
    for other in ("2001:db8:1:3::1", "192.0.2.1", ""):
        with budgets.query(other):
            pass


def test_so_many_at_once_and_no_more_until_one_ends() -> None:
    budgets = ClientBudgets(Limits(client_queries=3), Clock())
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(budgets.query("a"))
        with pytest.raises(Problem, match="3 of your queries run or wait already") as caught, budgets.query("a"):
            pass
        assert wait_of(caught.value) == 1
        with budgets.query("b"):
            pass
    with budgets.query("a"):
        pass


def test_a_query_that_fails_is_no_longer_counted() -> None:
    budgets = ClientBudgets(Limits(client_queries=1), Clock())
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), budgets.query("a"):
            raise ZeroDivisionError


def test_many_clients_are_forgotten_but_not_who_asks_now() -> None:
    budgets = ClientBudgets(Limits(client_queries=1), Clock())
    with budgets.query("192.0.2.1"):
        for number in range(12_000):
            with budgets.query(str(ipaddress.IPv4Address(0x0B000000 + number))):
                pass
        with pytest.raises(Problem), budgets.query("192.0.2.1"):
            pass


@given(st.ip_addresses())
def test_a_client_is_known_by_one_name(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    name = client_of(str(address))
    assert client_of(f"{address}%eth0") == name
    assert client_of(address.exploded) == name
    if address.version == 4:
        assert client_of(f"::ffff:{address}") == name == str(address)
