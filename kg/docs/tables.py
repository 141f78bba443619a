"""Pages made from the tables of the library: exit codes, formats, limits of the input, schemas of Facts and gold."""

from __future__ import annotations

from collections.abc import Iterator

from kg.article.decode import LIMITS
from kg.docs.page import Page, cell, markdown, table
from kg.errors import ExitCode
from kg.evaluate.schema import schema_text as gold_schema_text
from kg.facts.schema import schema_text
from kg.formats import FORMATS

__all__ = ["pages"]


def pages() -> Iterator[Page]:
    """The pages of this module."""
    yield _exit_codes()
    yield Page("facts.schema.json", schema_text())
    yield Page("gold.schema.json", gold_schema_text())
    yield _formats()
    yield _input_limits()


def _exit_codes() -> Page:
    rows = [(str(int(code)), f"`{code.name}`", cell(code.meaning)) for code in ExitCode]
    return markdown(
        "exit-codes.md",
        "kg.errors.ExitCode",
        "Exit codes",
        [
            "Every command of `kg` ends with one of these, and so do the checks of this repository. Whatever is not 0 "
            "has one sentence on the error stream that names the file, line, IRI or parameter, and says what to do.",
            table(("code", "name", "meaning"), rows),
            "A build that leaves out a file or a claim still publishes the rest and ends with 1. "
            "After 2, 3 and 4 the release that was current before is current still.",
        ],
    )


def _formats() -> Page:
    words = {
        "results": "SELECT, ASK",
        "graph": "CONSTRUCT, DESCRIBE, one graph",
        "dataset": "all graphs",
        "table": "the table of a class",
    }
    rows = [
        (
            f"`{format.name}`",
            cell(format.title),
            f"`{format.media_type}`",
            f"`.{format.extension}`",
            "; ".join(words[kind] for kind in format.kinds),
            ", ".join(f"`{other}`" for other in (*format.other_names, *format.other_types)) or "—",
        )
        for format in FORMATS
    ]
    return markdown(
        "formats.md",
        "kg.formats.FORMATS",
        "Formats",
        [
            "What answers and graphs can be written in: `kg query --format`, `kg export --format`, and the `Accept` "
            "header and `format` parameter of the endpoint read this table. Where a client likes several equally, the "
            "first one of the table that can hold the answer is sent. All text is UTF-8.",
            "Parquet and Arrow are sent to who names them in full, and no wildcard means them; "
            "[Exports](exports.md) says how terms become typed columns in them.",
            table(("name", "format", "media type", "ending", "holds", "also asked for as"), rows),
        ],
    )


def _input_limits() -> Page:
    rows = [(cell(name), f"{value:,}") for name, value in LIMITS.items()]
    return markdown(
        "input-limits.md",
        "kg.article.decode.LIMITS",
        "Limits of the input",
        [
            "What a file may be at most. A larger one is refused with one sentence, before it is read, and the others "
            "are built.",
            table(("what", "limit"), rows),
        ],
    )
