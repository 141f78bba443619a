"""Whom to write to about what is served: an e-mail address or a page that the operator names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from kg.errors import UsageError

__all__ = ["Contact", "contact_of"]

#: An address that needs no quoting (RFC 5322, section 3.4.1, without what nobody uses).
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class Contact:
    """A contact.

    Attributes:
        shown: As people read it.
        address: As a link: `mailto:` or the address of a page.
    """

    shown: str
    address: str

    @property
    def is_mail(self) -> bool:
        """Whether it is an e-mail address."""
        return self.address.startswith("mailto:")


def contact_of(text: str) -> Contact | None:
    """The contact that a setting names, or None for an empty one.

    Raises:
        UsageError: It is neither an e-mail address nor the address of a page.

    >>> contact_of("takedown@example.org").address, contact_of("https://example.org/contact").is_mail
    ('mailto:takedown@example.org', False)
    """
    given = text.strip().removeprefix("mailto:")
    if not given:
        return None
    if _MAIL.fullmatch(given):
        return Contact(given, f"mailto:{quote(given, safe='@.!$*+=_-')}")
    try:
        parts = urlsplit(NamedNode(given).value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if usable:
        return Contact(given, given)
    raise UsageError(f"the contact '{text}' is neither an e-mail address nor an http(s) address: give one of the two")
