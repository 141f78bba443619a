"""What of a page is not the article: buttons, tags, lists of links, credits.

All cues are of the language and of news pages at large. Each table holds patterns of a whole line, in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

__all__ = ["is_boilerplate", "is_byline", "is_caption", "is_link_heading", "is_link_line", "is_section_label"]


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_NETWORK = r"(?:whatsapp|facebook|twitter|telegram|linkedin|reddit|instagram|youtube|x)"
_BUTTON = rf"(?:share|tweet|pin|print|e-?mail|save|copy link|{_NETWORK})"
_OTHER_PAGE = r"(?:previous|next|older|newer) (?:post|article|story)s?"

_BOILERPLATE = _any_of(
    (
        # comments
        r"(?:post|leave|add|write) an? (?:comment|reply)",
        r"(?:no|\d+) comments?",
        r"comments?(?: \(\d+\))?",
        r"join the (?:conversation|discussion)",
        # moving about
        rf"{_OTHER_PAGE}(?: {_OTHER_PAGE})?",
        r"(?:scroll|back|return|go) to (?:the )?top",
        r"(?:skip|jump) to .{2,20}",
        r"home|menu|search|close|navigation|toggle navigation",
        r"(?:show|load) more|(?:view|see) all",
        r"continue reading.{0,40}|read the full (?:story|article).{0,40}|(?:click|tap) here\b.{0,60}",
        # tickers and labels
        r"breaking(?: news)?|latest(?: news)?|top stories|live(?: updates)?|just in|developing(?: story)?",
        r"loading\b.{0,40}|please wait",
        r"(?:(?:published|posted|updated|last updated) )?\d{1,2} (?:second|minute|min|hour|day|week|month)s? ago",
        r"\d{1,2}[- ]min(?:ute)?s? read|(?:estimated )?read(?:ing)? time\b.{0,20}|\d+ (?:views|shares|likes)",
        r"listen to (?:this )?(?:article|story).{0,20}",
        r"(?:tags?|labels?|categor(?:y|ies)|filed under|topics?|keywords?) ?: ?.{0,200}",
        # advertising
        r"advertisements?|ad|sponsored(?: content)?|promoted",
        r"(?:article|story) continues (?:below|after).{0,40}",
        # sharing and signing up
        rf"{_BUTTON}(?:[ ,|/]+{_BUTTON})*",
        r"share (?:this|on|via)\b.{0,40}|(?:follow|like|find|join) us\b.{0,60}",
        r"(?:sign (?:up|in)|subscribe)\b.{0,80}|log in|register",
        # rights
        r"all rights reserved|(?:copyright|©|\(c\)).{0,160}",
        r"terms of (?:use|service).{0,40}|privacy policy.{0,40}|cookie (?:policy|settings)",
        r"accept(?: all)?(?: cookies)?|(?:we|this (?:site|website)) uses? cookies.{0,200}",
    )
)
_HASHTAGS = re.compile(r"(?:[#@]\w+[\s,]*)+")
_ADDRESS = re.compile(r"https?://\S+|(?:www\.)?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?:/\S*)?|\S+@[\w-]+\.[\w.-]+")
_CRUMBS = re.compile(r"(?:home|news|front page)(?:\s*[>»/\u203a]\s*[\w &-]{2,40})+", re.IGNORECASE)

_LINK_HEADING = _any_of(
    (
        r"related(?: (?:posts?|articles?|stor(?:y|ies)|news|content|coverage|topics|reading|links))?:?",
        r"(?:see also|also read|read (?:more|also|next)|further reading):?",
        r"more (?:from|on|about|stories|news)\b.{0,40}",
        r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in).{0,20}",
        r"recommended(?: (?:for you|stories|reading))?:?",
        r"(?:recent|popular) (?:posts|articles|news|now):?",
        r"most (?:read|popular|viewed):?|trending(?: now| stories)?:?|editor'?s (?:picks?|choice):?",
        r"(?:sources?|references?|links|external links|notes):?",
    )
)
_LINK_LINE = _any_of(
    (
        r"\(?related(?:\s(?:posts?|articles?|stor(?:y|ies)|news))?\s*:",
        r"\(?(?:also\sread|further\sreading)\s*:|\(?read\s(?:more|also|next)\s*[:|]|\(?see\salso\b",
        r"\(?see\s(?:our|also|more|all)\s(?:\w+\s){0,2}(?:reports?|stor(?:y|ies)|coverage|articles?|posts?)\b",
        r"\(?more\s(?:on\sthis|from)\b.{0,40}:",
        r"\(?(?:sources?|via|with\s(?:reporting|information|input)\s(?:by|from)|references?)\s*:\s*\S",
    )
)

_NAME = r"\W?[A-Z\u00c0-\u00dd][\w.'\u2019-]*"
_NAMES = rf"{_NAME}(?:[\s,|/&]+(?:and\s+|in\s+|for\s+)?{_NAME}){{0,9}}"
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|(?:[Ww]ritten|[Rr]eported|[Ss]tory|[Tt]ext|[Ww]ords|[Cc]ompiled|[Ee]dited|[Tt]ranslated|[Ii]nterview(?:ed)?"
    r"|[Pp]ictures|[Pp]hotos|[Pp]hotographs|[Ii]llustrations?)\s(?:and\s[a-z]+\s)?[Bb]y"
    r"|(?:[Aa]uthor|[Rr]eporter|[Cc]orrespondent|[Ww]ords|[Tt]ext|[Ii]nterview|[Pp]hotographs|[Pp]ictures|[Ee]ditor)\s*:)\s+"
    rf"(?:[Tt]he\s)?{_NAMES}(?:,?\s(?:staff|special|senior|chief|foreign|political|defen[cs]e|reporter|correspondent|editor"
    r"|writer|bureau|desk|chief|in|to|for|the|and|of|at)(?:\s[\w.-]+){0,6})?"
    r"|[Ff]rom\sour\s(?:own\s|special\s|staff\s)?(?:correspondents?|reporters?|staff|bureau)(?:\sin)?(?:\s[A-Z][\w.-]+){0,3}"
)
#: A writer without "by": a name, then what the writer is to the paper.
_WRITER = re.compile(
    rf"{_NAME}(?:\s{_NAME}){{1,3}},\s(?:[A-Za-z-]+\s){{0,4}}(?:[Ee]ditor|[Cc]orrespondent|[Rr]eporter|[Ww]riter|[Bb]ureau\s[Cc]hief)"
    r"(?:\s(?:in|for|at)\s[A-Z]\w+)?"
)
_CREDIT_LINE = re.compile(
    r"\(?(?:additional\s)?(?:reporting|editing|writing|translated|compiled|with\sagencies)\b.{0,20}?\b(?:by|from)\b.{3,160}",
    re.IGNORECASE,
)

_CREDIT = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,60})[)\]]\.?$")
_CAPITALS = r"[A-Z\u00c0-\u00dd][A-Z\u00c0-\u00dd'\u2019-]+"
_CAPITAL_NAME = re.compile(
    rf"{_CAPITALS}(?:\s+[A-Z\u00c0-\u00dd][A-Z\u00c0-\u00dd.'\u2019-]*){{1,3}}(?:\s*[/|]\s*.{{2,30}})?"
)
_PHOTO = re.compile(
    r"\b(?:(?:file\s)?(?:photo(?:graph)?s?|image|picture)|getty(?:\simages)?|shutterstock|handout|courtesy|pool"
    r"|screen\s?(?:shot|grab|capture)|illustration)\b",
    re.IGNORECASE,
)
_CAPTION_HEAD = _any_of(
    (
        r"FILE\s*(?:PHOTO)?\s*[-\u2013\u2014:]",
        r"(?:photo|image|picture|caption|file\sphoto|photograph)\s*(?:credit|courtesy)?\s*[:|]",
        r"(?:photo|image|picture)\s(?:caption|source|credit)\s*,",
        r"in\sthis\s(?:\w+\s){0,3}(?:photo|image|picture)\b",
        r"[(\[]?(?:photo|image|picture|credit)\s?(?:by\b|credit\b|courtesy\b|:)",
    )
)
_SLASH_CREDIT = re.compile(r"\s[/|]\s*(?:AP|AFP|EPA|Reuters|Getty(?:\sImages)?)\b.{0,30}$|\bAP\sPhoto\b.{0,40}$")
_LONGEST_CAPTION, _LONGEST_AGENCY_CAPTION = 260, 160

_SECTION = _any_of(
    (
        r"(?:at a glance|in brief|key (?:points|facts|takeaways|developments)|what we know):?",
        r"(?:summary|overview|introduction|background|context|highlights|timeline|analysis|conclusion):?",
    )
)
_ASKS = re.compile(r"(?:\S+ ){0,3}\S+\?")

#: Pictures, arrows and other signs around the words of a button.
_AROUND = re.compile(r"^[^\w#@©(\"'\u201c\u2018]+|[^\w)\"'\u201d\u2019:]+$")


def _plain(line: str) -> str:
    return _AROUND.sub("", " ".join(line.split()))


def is_boilerplate(line: str) -> bool:
    """Whether a line belongs to the page and not to the article: a button, a tag list, an address, a rule.

    >>> is_boilerplate("↑ Back to top"), is_boilerplate("They went back to the top of the hill.")
    (True, False)
    """
    if not any(character.isalnum() for character in line):
        return True
    plain = _plain(line)
    return bool(
        _BOILERPLATE.fullmatch(plain)
        or _HASHTAGS.fullmatch(line.strip())
        or _ADDRESS.fullmatch(plain)
        or _CRUMBS.fullmatch(plain)
    )


def is_link_heading(line: str) -> bool:
    """Whether a line stands over a list of links or sources."""
    return _LINK_HEADING.fullmatch(_plain(line)) is not None


def is_link_line(line: str) -> bool:
    """Whether a line names other reports: "Related: ...", "See our reports on ...", "Source: ..."."""
    return _LINK_LINE.match(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line names who wrote, reported or edited the article."""
    return len(line) <= 200 and bool(
        _BYLINE.fullmatch(line.rstrip(".")) or _WRITER.fullmatch(line) or _CREDIT_LINE.fullmatch(line)
    )


def is_caption(line: str, agencies: Collection[str] = (), last: bool = False) -> bool:
    """Whether a line is the caption of a picture, by its credit or its head.

    Args:
        line: The line.
        agencies: Names of news agencies in lower case, which may be a credit by themselves.
        last: Whether no prose follows; an agency in brackets then signs the report, not a picture.
    """
    if len(line) > _LONGEST_CAPTION:
        return False
    if _CAPTION_HEAD.match(line) or _SLASH_CREDIT.search(line):
        return True
    match = _CREDIT.search(line)
    if match is None:
        return False
    credit = match["credit"].strip()
    if _PHOTO.search(credit):
        return True
    if not line[: match.start()].strip():
        return False
    if _CAPITAL_NAME.fullmatch(credit):
        return True
    return not last and credit.casefold() in agencies and len(line) <= _LONGEST_AGENCY_CAPTION


def is_section_label(line: str) -> bool:
    """Whether a short line names a part of an article ("At a glance", "Why now?") and not the article."""
    return bool(_SECTION.fullmatch(line) or _ASKS.fullmatch(line))
