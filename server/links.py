"""Where an IRI leads from a page: a local path for what we answer ourselves, another site, or nowhere."""

from __future__ import annotations

from kg.namespaces import BASE

__all__ = ["canonical", "local", "outward"]

_OUTWARD = ("https://", "http://")
#: What we answer at the path of the canonical IRI.
_OURS = ("id/", "ontology", "vocabulary", "shapes", "graph/", "context.jsonld")


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
