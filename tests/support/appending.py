"""A program that appends to a journal until it is killed, and says which entries were acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.journal import AnnotationWrite, Journal
from kg.release.home import Home

GRAPH = "https://w3id.org/crossings/graph/annotation/k"


def line(number: int, of: int) -> str:
    """One line of an entry of several."""
    return f'<https://example.org/{number}> <https://example.org/of> "{of}" <{GRAPH}> .'


def write(number: int) -> AnnotationWrite:
    """A write whose length depends on its number: from a line to some fifty kilobytes."""
    lines = 1 + (number * 37) % 400
    return AnnotationWrite(added=tuple(line(number, of) for of in range(lines)))


def main(home: Path) -> None:
    """Append for ever; print the number of each entry once it is acknowledged."""
    journal = Journal(Home(home))
    with journal.writing():
        number = len(journal.entries())
        print(f"ready {number}", flush=True)
        while True:
            number = journal.append(write(number + 1), "the test").number
            print(number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
