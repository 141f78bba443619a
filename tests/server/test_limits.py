from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from server.limits import Limits, Unit, limits_from, parse_amount

UNITS = get_args(Unit)


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("1.5 GB", "bytes", 1.5e9),
        ("1GiB", "bytes", 2**30),
        ("64kb", "bytes", 64_000),
        ("10", "bytes", 10),
        ("500ms", "seconds", 0.5),
        ("0.1s", "seconds", 0.1),
        ("2min", "seconds", 120),
        ("2m", "seconds", 120),
        (" 250 K ", "count", 250_000),
        ("2m", "count", 2_000_000),
        ("14d", "days", 14),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, unit: Unit, amount: float) -> None:
    assert parse_amount(text, unit) == amount


@pytest.mark.parametrize("text", ["", "x", "-1", "1e9", "1,5", ".5", "5.", "1 GB 2", "1 parsec", "٣", "nan", "inf"])
@pytest.mark.parametrize("unit", UNITS)
def test_what_is_no_amount_is_refused(text: str, unit: Unit) -> None:
    with pytest.raises(ValueError, match="is no amount in"):
        parse_amount(text, unit)


@given(st.decimals(0, 10**9, places=3), st.sampled_from(UNITS))
def test_a_number_without_a_unit_is_itself(number: object, unit: Unit) -> None:
    assert parse_amount(str(number), unit) == float(str(number))


def test_every_limit_can_be_set_by_option_and_environment() -> None:
    for known in fields(Limits):
        least = known.metadata["least"]
        number = max(least, 1) * 2
        wanted = float(number) if isinstance(known.default, float) else int(number)
        assert getattr(limits_from([f"{known.name}={wanted}"]), known.name) == wanted
        assert getattr(limits_from([f"{known.name.replace('_', '-')}={wanted}"]), known.name) == wanted
        assert getattr(limits_from([], {Limits.variable(known.name): str(wanted)}), known.name) == wanted
        assert type(getattr(limits_from([f"{known.name}={wanted}"]), known.name)) is type(wanted)


def test_an_option_goes_before_the_environment_and_the_last_counts() -> None:
    limits = limits_from(["time=1s", "time=3s"], {"KG_LIMIT_TIME": "2s", "KG_LIMIT_ROWS": "7", "KG_LIMIT_BYTES": ""})
    assert (limits.time, limits.rows, limits.bytes) == (3.0, 7, Limits().bytes)


def test_what_cannot_be_is_refused_with_where_it_stands() -> None:
    for given_, variables, message in (
        (["nonsense=1"], {}, r"--limit nonsense=1: give NAME=AMOUNT with one of the names time, fast"),
        (["time"], {}, "--limit time: give NAME=AMOUNT"),
        (["time=soon"], {}, "--limit time: 'soon' is no amount in seconds"),
        ([], {"KG_LIMIT_MEMORY": "much"}, "KG_LIMIT_MEMORY: 'much' is no amount in bytes"),
        (["memory=1MB"], {}, "the limit memory is 1000000, but must be 600000000 or more"),
        (["workers=1"], {}, "the limit workers is 1, but must be 2 or more"),
    ):
        with pytest.raises(UsageError, match=message):
            limits_from(given_, variables)


def test_the_defaults_are_allowed() -> None:
    assert limits_from() == Limits()
