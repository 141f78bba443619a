"""The templates of pages, with what all of them may use. Everything that they print is escaped."""

from __future__ import annotations

from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.namespaces import curie
from kg.plural import plural
from server.assets import asset
from server.links import local, outward
from server.words import date_words, first_capital, label_words, number_words

__all__ = ["NAVIGATION", "address", "templates"]

#: Where the pages lead, in the order of the header.
NAVIGATION = (
    ("/explore", "Explore"),
    ("/queries", "Questions"),
    ("/query", "Query"),
    ("/conflicts", "Conflicts"),
    ("/sources", "Sources"),
    ("/ontology", "Ontology"),
)


def address(path: str, **parameters: str | None) -> str:
    """A local address with those of the parameters that are given.

    >>> address("/query", query="ASK {}", release=None)
    '/query?query=ASK+%7B%7D'
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path


templates = Environment(
    loader=PackageLoader("server"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
templates.globals.update(asset=asset, address=address, navigation=NAVIGATION)
templates.filters.update(
    local=local,
    outward=outward,
    curie=curie,
    date_words=date_words,
    first_capital=first_capital,
    label_words=label_words,
    number_words=number_words,
    plural=plural,
)
