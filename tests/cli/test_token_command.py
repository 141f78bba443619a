from __future__ import annotations

from pathlib import Path

from kg.release.home import Home
from kg.tokens import PREFIX, Tokens
from tests.support.commands import kg


def test_a_token_is_made_listed_and_revoked(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert kg("token", "list", "--home", home).stdout == "no token: writes are off\n"
    made = kg("token", "create", "desk", "--scope", "curate", "--expires", "2999-12-31", "--home", home)
    assert made.returncode == 0, made.stderr
    secret = made.stdout.removesuffix("\n")
    assert secret.startswith(PREFIX)
    found = Tokens(Home(home)).check(secret)
    assert found is not None
    assert found.scopes == {"curate"}
    listed = kg("token", "list", "--home", home).stdout
    assert "desk" in listed
    assert "2999-12-31" in listed
    assert secret not in listed
    assert kg("token", "revoke", "desk", "--home", home).stdout == "revoked desk\n"
    assert Tokens(Home(home)).check(secret) is None


def test_bad_usage_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for arguments, said in (
        (("create", "desk"), "--scope"),
        (("create", "desk", "--scope", "root"), "root"),
        (("create", "two words", "--scope", "admin"), "cannot name a token"),
        (("create", "desk", "--scope", "admin", "--expires", "soon"), "soon"),
        (("revoke", "desk"), "no token is called 'desk'"),
    ):
        run = kg("token", *arguments, "--home", home)
        assert run.returncode == 2, run.stdout
        assert said in run.stderr
        assert "Traceback" not in run.stderr
    assert not Tokens(Home(home)).any()
