"""How parametrized tests are named, and what the doctests of the Python client find in their namespace."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

_CLIENT = Path(__file__).parent / "kg" / "client"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes, which may be made at collection, do not name a test: each process must collect the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def client_names(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The names; the release is made once a session, if a doctest needs it."""
    import kg
    from tests.support.client_home import made_home  # which takes longer to import than most tests take

    made = made_home(tmp_path_factory.mktemp("client"))
    return {"kg": kg, "release": kg.open(made.path), "release_path": made.path, "date": date, "IRI": kg.IRI}


@pytest.fixture(autouse=True, scope="module")
def _client_doctests(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    if request.path.parent == _CLIENT:
        doctest_namespace.update(request.getfixturevalue("client_names"))
