"""What an article or a digest is called: by its title, else by the beginning of its id."""

from __future__ import annotations

from kg.namespaces import BASE

__all__ = ["ARTICLE", "article_name"]

#: What the IRIs of articles begin with.
ARTICLE = BASE + "id/article/"
#: How many digits of an id tell texts apart; it is the SHA-256 of a text.
_DIGITS = 8


def article_name(iri: str, title: str | None = None) -> str:
    """What an article is called, the same wherever it is named.

    Args:
        iri: Its IRI.
        title: Its title, if it has one.

    >>> article_name(ARTICLE + "21fd148c" + "00" * 28), article_name(ARTICLE + "a", "A soldier came")
    ('Text 21fd148c, without a title', 'A soldier came')
    """
    return title or f"Text {iri.rpartition('/')[2][:_DIGITS]}, without a title"
