"""Where an IRI leads from a page, a local path for what we answer ourselves, another site or nowhere; and back."""

from __future__ import annotations

import re
from urllib.parse import quote

from kg.namespaces import BASE

__all__ = ["canonical", "local", "outward", "requested"]

#: Octets that are percent-encoded, one after the other.
_ENCODED = re.compile(r"(?:%[\dA-Fa-f]{2})+")
_OUTWARD = ("https://", "http://")
#: What we answer at the path of the canonical IRI.
_OURS = ("id/", "ontology", "vocabulary", "shapes", "graph/", "queries", "context.jsonld")


def local(iri: str) -> str | None:
    """The local path at which an IRI of ours is answered, or None for any other.

    >>> local("https://w3id.org/crossings/id/route/dmz"), local("https://example.org/")
    ('/id/route/dmz', None)
    >>> local("https://w3id.org/crossings/vocabulary/front#eastern")
    '/vocabulary/front#eastern'
    """
    rest = iri.removeprefix(BASE)
    return f"/{rest}" if rest != iri and rest.startswith(_OURS) else None


def outward(iri: str) -> str | None:
    """The address of another site, or None for what is none: no scheme but http and https becomes a link.

    >>> outward("javascript:alert(1)") is None, outward("https://example.org/a")
    (True, 'https://example.org/a')
    """
    return iri if iri.lower().startswith(_OUTWARD) and local(iri) is None else None


def canonical(path: str) -> str:
    """The canonical IRI of a local path.

    >>> canonical("/id/route/dmz")
    'https://w3id.org/crossings/id/route/dmz'
    """
    return BASE + path.removeprefix("/")


def requested(path: str) -> str:
    """The path of the IRI that an address on the wire stands for (RFC 3987, section 3.2).

    Letters of other scripts are written as they are; what an IRI cannot hold otherwise, and what would mean something
    else, stays percent-encoded.

    >>> requested("/id/person/%EB%A6%AC%20%22x%22%2F%41%ff")
    '/id/person/리%20%22x%22%2FA%FF'
    """
    return _ENCODED.sub(lambda found: _written(bytes.fromhex(found[0].replace("%", ""))), path)


def _written(octets: bytes) -> str:
    characters = octets.decode("utf-8", "surrogateescape")
    return "".join(c if _plain(c) else quote(c, safe="", errors="surrogateescape") for c in characters)


def _plain(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in "-._~"
    return character.isprintable()
