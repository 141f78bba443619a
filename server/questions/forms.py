"""The forms in which a question is answered, and which of them a request asks for.

Two are for people and programs without SPARQL: JSON with typed rows, and CSV in which no cell runs as a formula. The
other results formats of `kg.formats` are answered as `/sparql` answers them, and the graph formats describe the
question itself, whose IRI has the path of this address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.formats import MediaRange, formats_for, parse_accept
from server.problems import Problem
from server.replies import prefers_html

__all__ = ["Form", "chosen_form", "forms"]


@dataclass(frozen=True)
class Form:
    """One form.

    Attributes:
        name: How `?format=` calls it.
        media_type: Its media type.
        title: Its name for people.
        made: Where it is made: a page, a table of typed values, an answer of the engine, a description of the question.
        engine: The name of the format of `kg.formats` that the engine or the description is written in.
        others: Media types under which it may be asked for as well.
    """

    name: str
    media_type: str
    title: str
    made: Literal["page", "table", "engine", "description"]
    engine: str = ""
    others: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What a link to it says."""
        return _LABELS.get(self.name, self.name.upper())


_OWN = (
    Form("json", "application/json", "JSON with typed values", "table"),
    Form("csv", "text/csv", "CSV for spreadsheets", "table"),
)
_PAGE = Form("html", "text/html", "HTML", "page")


#: What a link to a form says where its name alone says too little.
_LABELS = {"srj": "SPARQL JSON", "xml": "SPARQL XML", "parquet": "Parquet", "arrow": "Arrow"}


def forms() -> tuple[Form, ...]:
    """All forms, the one that is preferred among equals first.

    >>> [form.name for form in forms()][:3], forms()[-1].name
    (['json', 'csv', 'srj'], 'html')
    """
    results = [
        Form(
            "srj" if format.name == "json" else format.name,
            format.media_type,
            format.title,
            "engine",
            format.name,
            () if format.name == "json" else format.other_types,
        )
        for format in formats_for("results")
        if format.name != "csv"
    ]
    described = [
        Form(format.name, format.media_type, format.title, "description", format.name)
        for format in formats_for("graph")
        if "dataset" not in format.kinds or format.name == "jsonld"
    ]
    return (*_OWN, *results, *described, _PAGE)


def chosen_form(accept: str | None, name: str | None, offered: Sequence[Form]) -> Form:
    """The form that a request asks for.

    Args:
        accept: The Accept header.
        name: The name of a form, which goes before the header.
        offered: What there is to choose from.

    Raises:
        Problem: There is no form of that name, or the header names none.

    >>> chosen_form("text/turtle, */*;q=0.1", None, forms()).name, chosen_form(None, None, forms()).name
    ('turtle', 'json')
    """
    if name:
        found = next((form for form in offered if form.name == name.lower()), None)
        if found is None:
            known = ", ".join(form.name for form in offered)
            raise Problem("unknown-format", f"no format '{name[:60]}' for this answer: give one of {known}")
        return found
    if prefers_html(accept):
        return next(form for form in offered if form.made == "page")
    ranges = parse_accept(accept) if accept is not None and accept.strip() else [MediaRange("*", "*")]
    weighed = [(max(_weight(ranges, kind) for kind in (form.media_type, *form.others)), form) for form in offered]
    # The greatest weight, then the most closely named, then the first.
    (weight, _closeness), best = max(weighed, key=lambda found: found[0], default=((0.0, 0), _PAGE))
    if weight > 0:
        return best
    types = [form.media_type for form in offered]
    detail = f"'{accept}' names none of the formats of this answer: {', '.join(types)}"
    raise Problem("not-acceptable", detail, {"available": types}, {"Vary": "Accept, Accept-Encoding"})


def _weight(ranges: Sequence[MediaRange], media_type: str) -> tuple[float, int]:
    """The weight that the range which fits a type best gives it, and how closely that names it (RFC 9110, 12.5.1)."""
    fitting = [found for found in ranges if found.matches(media_type)]
    if not fitting:
        return (0.0, 0)
    closest = max(fitting, key=lambda found: (found.specificity, found.q))
    return (closest.q, closest.specificity)
