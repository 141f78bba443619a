"""A release of little articles in our own words, with disagreements, shared sources and hostile strings."""

from __future__ import annotations

from pathlib import Path

from kg.facts.model import CitedSource
from kg.mapping.statements import ArticleStatements, Chain
from kg.release import Home
from tests.support.facts import Draft
from tests.support.releases import released

__all__ = ["HOSTILE", "ONCE", "SETTLED", "home_of"]

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
#: How many incidents two articles disagree on.
ONCE = 13
#: The one of them on which an official is quoted.
SETTLED = 3


def _account(number: int, front: str, ident: str, **article: object) -> ArticleStatements:
    draft = Draft(
        f"{ident * 3}. A man crossed the {front} front on {number + 1} May 2031, it said.",
        id=f"{number:02d}{ident}" * 16 + "0" * (64 - 16 * (2 + len(ident))),
        **article,  # type: ignore[arg-type]
    )
    incident = draft.mention("Incident", "crossed")
    day = f"{number + 1} May 2031"
    draft.claim(incident, "cx:dateEDTF", draft.time(day, edtf=f"2031-05-{number + 1:02d}"), day)
    rest: dict[str, object] = {"by": "it", "certainty": "reported"} if ident == "b" else {}
    if number == SETTLED and rest:
        rest |= {"quoted": True, "official": True}
    draft.claim(incident, "cx:front", f"front:{front}", f"the {front} front", **rest)
    return ArticleStatements.of(draft.facts(), draft.text)


def home_of(folder: Path) -> Home:
    """Publish it.

    Incident n is told by articles "a" and "b", who disagree on its front. All "a" carry one agency's report, one of
    them with a title and a publisher full of markup; of "b" nothing is known, and two are nearly the same words.
    """
    wire = (CitedSource(name="Example Wire", role="wire", published="2031-05-20"),)
    one = [
        _account(
            n,
            "eastern",
            "a",
            published=f"2031-06-{n + 1:02d}",
            sources=wire,
            title=HOSTILE if n == 0 else f"Report {n}",
            publisher=HOSTILE if n == 0 else "The Daily Example",
            rights="=cmd()|calc",
            url="javascript:alert(3)",
        )
        for n in range(ONCE)
    ]
    other = [_account(n, "western", "b", kind="digest") for n in range(ONCE)]
    lone = Draft("Exactly 67 people arrived in 2022.", id="ff" * 32, published="2031-01-01", title="=A count")
    count = lone.mention("Statistic", "67 people")
    lone.claim(count, "cx:measure", "measure:arrivals", "67 people arrived")
    lone.claim(count, "cx:value", lone.amount("67", value="67"), "67 people")
    lone.claim(count, "cx:period", lone.time("2022", edtf="2022"), "in 2022")
    alone = ArticleStatements.of(lone.facts(), lone.text)
    same = frozenset(
        frozenset((Chain(a.id, a.facts.mentions[0].chain), Chain(b.id, b.facts.mentions[0].chain)))
        for a, b in zip(one, other, strict=True)
    )
    twins = [[other[0].id, other[1].id]]
    return released(folder, [*one, *other, alone], same=same, twins=twins)
