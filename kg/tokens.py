"""Tokens: who may write to a graph. Writes are off while there is none.

A token is shown once, when it is made. `tokens.json` in the home holds its sha256 and nothing that gives it back: 256
random bits need no slow hash, for nobody can try them all.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import UTC, date, datetime
from typing import Annotated, Literal

import msgspec

from kg.atomic import write_atomically
from kg.errors import UsageError
from kg.locks import exclusive
from kg.release.home import Home

__all__ = ["PREFIX", "SCOPES", "Scope", "Token", "Tokens"]

Scope = Literal["curate", "admin"]
#: What a token may do, each including those before it.
SCOPES: tuple[Scope, ...] = ("curate", "admin")
#: What every token begins with, so that programs that look for leaked secrets know it.
PREFIX = "kgt_"

_BITS = 256
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Token(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of a token: its name, the widest thing it may do, when it was made, and its last day (UTC)."""

    name: str
    scope: Scope
    created: datetime
    expires: date | None = None
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]

    @property
    def scopes(self) -> frozenset[Scope]:
        """All that it may do: `admin` includes `curate`."""
        return frozenset(SCOPES[: SCOPES.index(self.scope) + 1])

    def valid(self, today: date) -> bool:
        """Whether it holds on a day."""
        return self.expires is None or today <= self.expires


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    tokens: tuple[Token, ...] = ()


class Tokens:
    """The tokens of a home; a change to them, by whatever process, holds from the next question on.

    Args:
        home: The home.
    """

    def __init__(self, home: Home) -> None:
        self.path = home.path / "tokens.json"
        self._lock = home.path / "tokens.lock"
        self._seen: tuple[int, int, int] | None = None
        self._held: tuple[Token, ...] = ()

    def all(self) -> tuple[Token, ...]:
        """All tokens, also those that are no longer valid, by name.

        Raises:
            UsageError: The file cannot be read, or holds something else.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            self._seen, self._held = None, ()
            return ()
        except OSError as error:
            raise UsageError(f"{self.path} cannot be read ({error.strerror}): check its permissions") from error
        # Every change is a new file renamed into place: its number and time tell it from the one that was read.
        now = (status.st_ino, status.st_mtime_ns, status.st_size)
        if now != self._seen:
            try:
                self._held = msgspec.json.decode(self.path.read_bytes(), type=_File).tokens
            except FileNotFoundError:
                self._seen, self._held = None, ()
                return ()
            except OSError as error:
                raise UsageError(f"{self.path} cannot be read ({error.strerror}): check its permissions") from error
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise UsageError(
                    f"{self.path} is no file of tokens ({error}): remove it and make the tokens again"
                ) from error
            self._seen = now
        return self._held

    def any(self) -> bool:
        """Whether a valid token exists, that is, whether writes are on."""
        today = datetime.now(UTC).date()
        return any(token.valid(today) for token in self.all())

    def check(self, secret: str) -> Token | None:
        """The valid token that a secret belongs to, or None.

        Every row is compared, and each in a time that does not depend on where it differs, so that the time of an
        answer tells nothing of the tokens that there are.
        """
        given = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
        today = datetime.now(UTC).date()
        found: Token | None = None
        for token in self.all():
            if hmac.compare_digest(token.sha256, given) & token.valid(today):
                found = token
        return found

    def create(self, name: str, scope: Scope, expires: date | None = None) -> str:
        """Make a token.

        Args:
            name: What it is called in lists and in the journal.
            scope: What it may do.
            expires: Its last day (UTC); absent, it holds until it is revoked.

        Returns:
            The secret, which is kept nowhere.

        Raises:
            UsageError: The name is taken or cannot be one, or the day is past.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(f"'{name}' cannot name a token: give up to 64 of letters, digits, '.', '_', '-'")
        now = datetime.now(UTC)
        if expires is not None and expires < now.date():
            raise UsageError(f"--expires {expires} is past: give a day from {now.date()} on")
        secret = PREFIX + secrets.token_urlsafe(_BITS // 8)
        made = Token(
            name=name,
            scope=scope,
            created=now.replace(microsecond=0),
            expires=expires,
            sha256=hashlib.sha256(secret.encode()).hexdigest(),
        )
        with exclusive(self._lock, str(self.path), wait=True):
            held = self.all()
            if any(token.name == name for token in held):
                raise UsageError(f"a token called '{name}' exists: revoke it first, or give another name")
            self._write((*held, made))
        return secret

    def revoke(self, name: str) -> Token:
        """Remove a token; it opens nothing from now on.

        Raises:
            UsageError: There is none of that name.
        """
        with exclusive(self._lock, str(self.path), wait=True):
            held = self.all()
            gone = next((token for token in held if token.name == name), None)
            if gone is None:
                known = ", ".join(token.name for token in held) or "there is none"
                raise UsageError(f"no token is called '{name}': the tokens are: {known}")
            self._write(tuple(token for token in held if token is not gone))
        return gone

    def _write(self, tokens: tuple[Token, ...]) -> None:
        ordered = tuple(sorted(tokens, key=lambda token: token.name))
        text = msgspec.json.format(msgspec.json.encode(_File(tokens=ordered)), indent=2)
        write_atomically(self.path, text + b"\n", mode=0o600)
