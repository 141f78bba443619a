"""`kg review`: pairs of incidents that may be one, side by side, and a person's judgement on record."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from kg.cli.options import Border, CurationOption, HomeOption, curation_folder
from kg.cli.progress import ConsoleReporter
from kg.cli.review_tables import print_list, print_pair
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.build import Linked
    from kg.mapping.statements import Chain
    from kg.review import View

__all__ = ["author", "register"]

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="The articles, as for kg build.")]
PairName = Annotated[str, typer.Argument(metavar="PAIR", help="A pair's number in the list, or its id.")]
Published = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of publication of files that state none.")
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides; a program is 'machine'.", show_default="user.name of git"),
]

_JUDGEMENTS: dict[str, Literal["POSITIVE", "NEGATIVE", "UNSURE"]] = {
    "p": "POSITIVE",
    "n": "NEGATIVE",
    "u": "UNSURE",
}


class _Format(StrEnum):
    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(
        name="review", help="Incidents that may be one: see the pairs, and decide.", no_args_is_help=True
    )
    group.command("list")(list_pairs)
    group.command("show")(show)
    group.command("decide")(decide)
    group.command("ask")(ask)
    app.add_typer(group)


@dataclass(frozen=True)
class _Review:
    """The linked articles with all pairs, and the folder of curation that a judgement goes to."""

    linked: Linked
    pairs: list[tuple[View, tuple[Chain, Chain]]]
    folder: Path | None

    @classmethod
    def of(
        cls, paths: list[Path], home: Path, curation: str | None, published: datetime | None, border: str
    ) -> _Review:
        from kg.build import BuildOptions, link
        from kg.release.home import Home
        from kg.review import views

        folder = curation_folder(curation, paths)
        there = folder if folder is not None and folder.is_dir() else None
        day = published.date() if published else None
        options = BuildOptions(paths=tuple(paths), home=Home(home), curation=there, published=day, border=border)
        with ConsoleReporter() as report:
            linked = link(options, report)
        for lost in linked.anchored.lost:
            print(f"! lost decision: {lost}", file=sys.stderr)
        return cls(linked, views(linked.consolidated, linked.anchored.decisions, linked.knowledge), folder)

    def find(self, name: str) -> tuple[View, tuple[Chain, Chain]]:
        """The pair of a number or an id.

        Raises:
            UsageError: There is no such pair.
        """
        if name.isdecimal() and len(name) < 4:
            found = [pair for pair in self.pairs if pair[0].number == int(name)]
        else:
            found = [pair for pair in self.pairs if pair[0].id.startswith(name)]
        if len(found) != 1:
            several = "several pairs are" if found else "no pair is"
            raise UsageError(f"{several} called '{name}': kg review list --all shows every pair with its id")
        return found[0]

    def record(
        self,
        pair: tuple[View, tuple[Chain, Chain]],
        judgement: Literal["POSITIVE", "NEGATIVE", "UNSURE"],
        by: str,
        reason: str,
        on: date | None = None,
    ) -> str:
        """Write a judgement and say where.

        Raises:
            UsageError: There is no folder to write to, or a person judged this pair before.
        """
        from kg.curation.model import Judgement
        from kg.curation.recording import add_judgement
        from kg.identity.anchors import anchor_of

        view, accounts = pair
        if self.folder is None:
            raise UsageError("a judgement needs a folder of curation: give one with --curation DIR")
        if self.linked.anchored.decisions.judged(frozenset(accounts)):
            raise UsageError(f"pair {view.id} is judged already in {self.folder}: change the judgement there")
        articles = {a.id: a for a in self.linked.consolidated.articles}
        first, second = (anchor_of(articles[chain.article], chain) for chain in accounts)
        made = Judgement(
            first=first,
            second=second,
            judgement=judgement,
            by=by,
            on=(on or date.today()).isoformat(),
            reason=reason,
        )
        path = add_judgement(self.folder, made)
        note = "; a program's counts only where the rules are silent" if made.by_machine else ""
        return f"{path}: {judgement} on pair {view.id} by {by}{note}; build again to see what follows"


def list_pairs(
    paths: Paths,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what was joined, what was decided, and near misses.")
    ] = False,
    format_: Annotated[_Format, typer.Option("--format", help="For people, or for programs.")] = _Format.TABLE,
    home: HomeOption = Path(".kg"),
    curation: CurationOption = None,
    published: Published = None,
    border: Border = "korea",
) -> None:
    """List the pairs of incidents that the rules leave open."""
    import msgspec

    review = _Review.of(paths, home, curation, published, border)
    found = [view for view, _ in review.pairs if everything or view.asks]
    if format_ is _Format.JSON:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
        return
    console = Console()
    print_list(console, found)
    asked = sum(view.asks for view in found)
    console.print(f"{asked} pair{'' if asked == 1 else 's'} to look at", style="dim")


def show(
    pair: PairName,
    paths: Paths,
    format_: Annotated[_Format, typer.Option("--format", help="For people, or for programs.")] = _Format.TABLE,
    home: HomeOption = Path(".kg"),
    curation: CurationOption = None,
    published: Published = None,
    border: Border = "korea",
) -> None:
    """Show a pair side by side: the words, what agrees, what differs, and what each counts."""
    import msgspec

    view, _ = _Review.of(paths, home, curation, published, border).find(pair)
    if format_ is _Format.JSON:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(view), indent=2).decode() + "\n")
        return
    print_pair(Console(), view)


def decide(
    pair: PairName,
    paths: Paths,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the next reader.")],
    positive: Annotated[bool, typer.Option("--positive", help="The two are one incident.")] = False,
    negative: Annotated[bool, typer.Option("--negative", help="The two are two incidents.")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="Nobody can say: they stay two, and off the list.")] = False,
    by: By = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the decision.", show_default="today")
    ] = None,
    home: HomeOption = Path(".kg"),
    curation: CurationOption = None,
    published: Published = None,
    border: Border = "korea",
) -> None:
    """Record a judgement on a pair in the folder of curation."""
    chosen = [name for name, given in (("p", positive), ("n", negative), ("u", unsure)) if given]
    if len(chosen) != 1:
        raise UsageError("a decision is one of --positive, --negative and --unsure: give one of them")
    if not reason.strip():
        raise UsageError("--reason is empty: say why, for the next reader")
    who = by or author()
    review = _Review.of(paths, home, curation, published, border)
    day = on.date() if on else None
    print(review.record(review.find(pair), _JUDGEMENTS[chosen[0]], who, reason.strip(), day))


def ask(
    paths: Paths,
    by: By = None,
    home: HomeOption = Path(".kg"),
    curation: CurationOption = None,
    published: Published = None,
    border: Border = "korea",
) -> None:
    """Go through the pairs that the rules leave open and ask for a judgement on each."""
    if not sys.stdin.isatty():
        raise UsageError("kg review ask is for a terminal: use kg review list and kg review decide")
    who = by or author()
    review = _Review.of(paths, home, curation, published, border)
    console = Console()
    asked = [pair for pair in review.pairs if pair[0].asks]
    for pair in asked:
        print_pair(console, pair[0])
        answer = ""
        while answer not in ("p", "n", "u", "s", "q"):
            answer = typer.prompt("one incident (p), two (n), unsure (u), skip (s), quit (q)").strip().lower()[:1]
        if answer == "q":
            break
        if answer == "s":
            continue
        reason = ""
        while not reason:
            reason = typer.prompt("reason").strip()
        print(review.record(pair, _JUDGEMENTS[answer], who, reason))
    if not asked:
        print("no pair to look at")


def author() -> str:
    """Who decides where nobody is named: git's user, else the user of the system.

    Raises:
        UsageError: Neither is known.
    """
    try:
        told = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False)
        name = told.stdout.strip()
    except OSError:
        name = ""  # there is no git here, which is no reason not to decide
    name = name or os.environ.get("USER", "").strip()
    if not name:
        raise UsageError("nobody is known to decide: give --by NAME")
    return name
