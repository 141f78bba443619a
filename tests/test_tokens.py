from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.release.home import Home
from kg.tokens import PREFIX, Tokens
from tests.support.commands import environment


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_writes_are_off_until_there_is_a_token_and_again_when_it_is_revoked(home: Home) -> None:
    tokens = Tokens(home)
    assert not tokens.any()
    tokens.create("desk", "curate")
    assert tokens.any()
    tokens.revoke("desk")
    assert not tokens.any()


def test_a_token_opens_what_its_scope_says(home: Home) -> None:
    tokens = Tokens(home)
    curate, admin = tokens.create("desk", "curate"), tokens.create("chief", "admin")
    for secret, name, scopes in ((curate, "desk", {"curate"}), (admin, "chief", {"curate", "admin"})):
        found = tokens.check(secret)
        assert found is not None
        assert (found.name, set(found.scopes)) == (name, scopes)
    for wrong in ("", PREFIX, curate[:-1], curate + "x", curate.upper(), curate + admin):
        assert tokens.check(wrong) is None


def test_the_file_does_not_hold_the_secret_and_is_the_owners_alone(home: Home) -> None:
    tokens = Tokens(home)
    secret = tokens.create("desk", "curate")
    assert secret.startswith(PREFIX)
    assert len(secret) == len(PREFIX) + 43, "256 bits in base64url"
    held = tokens.path.read_text()
    assert secret not in held
    assert secret.removeprefix(PREFIX) not in held
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600


def test_a_revocation_by_another_process_holds_at_once(home: Home) -> None:
    tokens = Tokens(home)
    secrets = [tokens.create(name, "curate") for name in ("one", "two")]
    assert tokens.check(secrets[0]) is not None
    command = [sys.executable, "-m", "kg", "token", "revoke", "one", "--home", str(home.path)]
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    assert tokens.check(secrets[0]) is None
    assert tokens.check(secrets[1]) is not None


def test_a_token_holds_through_its_last_day(home: Home) -> None:
    tokens = Tokens(home)
    today = datetime.now(UTC).date()
    secret = tokens.create("desk", "curate", today + timedelta(days=1))
    found = tokens.check(secret)
    assert found is not None
    assert found.valid(today + timedelta(days=1))
    assert not found.valid(today + timedelta(days=2))
    with pytest.raises(UsageError, match="is past"):
        tokens.create("late", "curate", date(2020, 1, 1))


def test_an_expired_token_opens_nothing_and_turns_no_writes_on(home: Home) -> None:
    tokens = Tokens(home)
    secret = tokens.create("desk", "admin")
    held = json.loads(tokens.path.read_text())
    held["tokens"][0]["expires"] = "2020-01-01"
    tokens.path.write_text(json.dumps(held))
    assert tokens.check(secret) is None
    assert not tokens.any()
    assert [token.name for token in tokens.all()] == ["desk"]


@pytest.mark.parametrize("name", ["", "two words", "-flag", "a/b", "x" * 65, "line\nend"])
def test_a_name_that_cannot_be_one_is_refused(home: Home, name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a token"):
        Tokens(home).create(name, "curate")


def test_names_are_given_once_and_an_unknown_one_is_told(home: Home) -> None:
    tokens = Tokens(home)
    tokens.create("desk", "curate")
    with pytest.raises(UsageError, match="a token called 'desk' exists"):
        tokens.create("desk", "admin")
    with pytest.raises(UsageError, match="no token is called 'chief': the tokens are: desk"):
        tokens.revoke("chief")


@pytest.mark.parametrize("content", ["", "[]", '{"tokens": [{}]}', '{"tokens": 1}', "\x00", "no json"])
def test_a_damaged_file_opens_nothing_and_says_so(home: Home, content: str) -> None:
    tokens = Tokens(home)
    secret = tokens.create("desk", "admin")
    tokens.path.write_text(content)
    with pytest.raises(UsageError, match=r"tokens\.json is no file of tokens"):
        tokens.check(secret)


@given(st.text())
def test_no_other_words_open_anything(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    tokens = Tokens(Home(tmp_path_factory.getbasetemp() / "property"))
    if not tokens.all():
        tokens.create("desk", "admin")
    assert tokens.check(words) is None
    assert msgspec.json.decode(tokens.path.read_bytes())["tokens"][0]["name"] == "desk"
