from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from kg.errors import UsageError
from server.settings import Settings


def test_what_is_given_wins_over_the_environment_and_that_over_the_defaults() -> None:
    environment = {"KG_PORT": "9000", "KG_HOME": "there", "KG_HOST": ""}
    made = Settings.from_environment(environment, port=9100, home=None)
    assert (made.port, made.home, made.host) == (9100, Path("there"), "127.0.0.1")
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"KG_PORT": "http"}, "KG_PORT is 'http', but must be a whole number"),
        ({"KG_PORT": "65536"}, "port 65536 is no port"),
        ({"KG_LIMIT_ROWS": "0"}, "the limit rows is 0, but must be 1 or more"),
        ({"KG_LIMIT_TIME": "soon"}, "KG_LIMIT_TIME: 'soon' is no amount in seconds"),
    ],
)
def test_values_that_cannot_be_used_are_named(environment: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Settings.from_environment(environment)


def test_settings_do_not_change_and_each_is_explained() -> None:
    made = Settings()
    with pytest.raises(FrozenInstanceError):
        made.port = 1  # type: ignore[misc]
    variables = [field.metadata["variable"] for field in fields(Settings)]
    assert len(set(variables)) == len(variables)
    assert all(field.metadata["help"] for field in fields(Settings))
