"""A release in which every text that may be a stranger's is an attack: on HTML, scripts, templates, spreadsheets.

It is the release of the seeds with other words, so every kind of page has something of it to show: labels, names,
titles, publishers, quotes, raw values, texts, languages, definitions. Names of things are attacks as far as an IRI can
be one, and links lead to schemes that run.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.namespaces import BASE, expand
from kg.release import Home, ReleaseContent, publish
from kg.release.quads import read_lines

__all__ = ["ATTACKS", "SENTINEL", "hostile_release"]

#: What a script of an attack sets.
SENTINEL = "window.attacked"
_RUN = f"{SENTINEL}=1"
#: Texts that do harm where they are not told apart from markup, code or formulas.
ATTACKS = (
    f"<script>{_RUN}</script>",
    f'"><img src=x onerror="{_RUN}">',
    f"'><svg onload='{_RUN}'>",
    f"</script><script>{_RUN}</script>",
    f"</title></style></textarea><script>{_RUN}</script>",
    f'" onmouseover="{_RUN}" onfocus="{_RUN}" autofocus x="',
    f"javascript:{_RUN}",
    f"<a href=javascript:{_RUN}>here</a>",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"--><script>{_RUN}</script><!--",
    f"]]><script>{_RUN}</script>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<style>*{background:url(https://evil.example/)}</style>",
    "{{7*7}} {% raw %} ${7*7} #{7*7} <%= 7*7 %>",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example/","here")',
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\u202egnihton\u202c \u2066left\u2069 \u200fright",
    "W" * 300,
    "line\u2028separator\u2029and\ttab",
    "'; DROP TABLE labels; --",
    '" NEAR( * OR ^ AND',
    "%s %d %n {0} {} %(name)s",
)
#: What an IRI may hold of an attack: quotes as they are or encoded, brackets encoded.
_IN_IRI = f"'onmouseover='{_RUN}'%22%3E%3Cimg%20src=x%20onerror={_RUN}%3E"
_OUTWARD = (
    f"javascript:{_RUN}",
    f"JavaScript:{_RUN}//",
    f"data:text/html,%3Cscript%3E{_RUN}%3C/script%3E",
    f"vbscript:{_RUN}",
    f"https://evil.example/{_IN_IRI}",
)
_KINDS = ("incident", "person", "statistic", "conflict", "article")
_MINTED = (*(f"{BASE}id/{kind}/" for kind in _KINDS), f"{BASE}graph/article/")
_OUT = frozenset(NamedNode(expand(f"skos:{name}Match")) for name in ("exact", "close", "related", "broad", "narrow"))
_TEXT, _EXACT, _SELECTOR = (NamedNode(expand(name)) for name in ("cx:text", "oa:exact", "oa:hasSelector"))
_START, _END, _URL = (NamedNode(expand(name)) for name in ("oa:start", "oa:end", "schema:url"))
_WORDS = frozenset({expand("xsd:string"), expand("rdf:langString")})
#: What programs compare, and no page shows as it is.
_KEPT = frozenset(NamedNode(expand(name)) for name in ("cx:quoteHash", "cx:textHash", "dcterms:identifier"))


def hostile_release(seeds: Path, home: Path) -> None:
    """Publish the attacks as the current release of a home.

    Args:
        seeds: A home with a release of the seeds.
        home: The folder of the new home.
    """
    release = Home(seeds).require_current()
    lines = b"\n".join(read_lines(release.data_path)) + b"\n"
    quads = list(parse(lines, format=RdfFormat.N_QUADS))
    publish(Home(home), ReleaseContent(quads=_attacked(quads), counts=release.manifest.counts))


def _attacked(quads: list[Quad]) -> Iterator[Quad]:
    quotes = _quotes(quads)
    for quad in quads:
        subject, found, graph = quad.subject, quad.object, quad.graph_name
        assert isinstance(subject, NamedNode)  # a release has no blank nodes
        subject = _renamed(subject)
        if isinstance(graph, NamedNode):
            graph = _renamed(graph)
        if isinstance(found, NamedNode):
            found = _outward(found) if quad.predicate in _OUT else _renamed(found)
        elif isinstance(found, Literal) and found.datatype.value in _WORDS and quad.predicate not in _KEPT:
            if quad.predicate == _TEXT:
                found = Literal(_tiled(len(found.value)))
                yield Quad(subject, _URL, Literal(f"javascript:{_RUN}"), graph)
            elif quad.predicate == _EXACT:
                found = Literal(quotes[quad.subject])
            else:
                found = _attack(found)
        yield Quad(subject, quad.predicate, found, graph)


def _attack(literal: Literal) -> Literal:
    """One of the attacks, always the same for one text; most are made different, as labels are."""
    chosen = zlib.crc32(literal.value.encode())
    words = ATTACKS[chosen % len(ATTACKS)]
    return Literal(f"{words} {chosen % 1000}" if chosen % 3 else words, language=literal.language)


def _quotes(quads: list[Quad]) -> dict[object, str]:
    """By selector: the words that stand in the attacking text where the quote stood."""
    at: dict[object, dict[NamedNode, int]] = {}
    selectors: dict[object, list[object]] = {}
    for quad in quads:
        if quad.predicate in (_START, _END) and isinstance(quad.object, Literal):
            at.setdefault(quad.subject, {})[quad.predicate] = int(quad.object.value)
        elif quad.predicate == _SELECTOR:
            selectors.setdefault(quad.subject, []).append(quad.object)
    found = {}
    for both in selectors.values():
        places = next(at[one] for one in both if one in at)
        words = _tiled(places[_END])[places[_START] :]
        found.update({one: words for one in both if one not in at})
    return found


def _tiled(length: int) -> str:
    """A text of so many code points: attacks one after the other, some of them in paragraphs of their own."""
    return "".join(islice(cycle("\n\n".join(ATTACKS) + "\n\n"), length))


def _outward(node: NamedNode) -> NamedNode:
    return NamedNode(_OUTWARD[zlib.crc32(node.value.encode()) % len(_OUTWARD)])


def _renamed(node: NamedNode) -> NamedNode:
    """What we name ourselves, with an attack in its name; an article's graph is named as the article is."""
    return NamedNode(node.value + _IN_IRI) if node.value.startswith(_MINTED) else node
