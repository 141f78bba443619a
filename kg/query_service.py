"""Where a query calls, or might be read as calling, another endpoint.

pyoxigraph cannot switch SERVICE off, so the text decides. The engine's grammar has no word boundaries: it takes
`1SERVICE<http://...>{`, `SERVICESILENT<...>`, `SERVICE:x{` for a call. And it decides by what stands before whether `<`
begins an IRI or compares, where a lexer cannot: `?a<?b#>` is a comparison and a comment. So the rules here are wider
than the grammar: any bare word that *contains* `service` counts, and where a `<` could hide one either way, the word is
looked for in the whole text. A harmless query can be refused so; a call is never let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.query_tokens import Token

__all__ = ["services_of", "unclear"]

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


def services_of(tokens: Sequence[Token]) -> Iterator[int]:
    """Where the tokens stand that the engine could read as, or as ending in, the keyword SERVICE."""
    for at, token in enumerate(tokens):
        if "service" not in token.text.lower():
            continue
        if token.kind == "word" or (token.kind == "name" and _calls(tokens, at)):
            yield at


def _calls(tokens: Sequence[Token], at: int) -> bool:
    """Whether a prefixed name that has the word in it may be a call.

    The engine goes back to the keyword where a name cannot be read otherwise: in `SERVICE:x {` because no triple begins
    so, in `e:SERVICE <x> {` because that IRI would be ill-formed and `e:` is not. A call has one term and then `{`.
    """
    after = [token for token in tokens[at + 1 : at + 4] if not token.is_word("SILENT")]
    if after and after[0].text == "{":
        return not (at > 0 and tokens[at - 1].is_word("GRAPH"))
    return len(after) > 1 and after[0].kind in ("iri", "name", "variable") and after[1].text == "{"


#: Escapes of surrogates, and of what is beyond the last code point.
_BAD_ESCAPE = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F]|\\U(?!00(?:0[0-9A-Fa-f]|10))")


def unclear(token: Token, after: Token | None) -> bool:
    """Whether the engine may take a token for something else, and so fall out of step with this lexer.

    After `scheme://` no comparison can follow, so that is an IRI. Any other IRI can put the two readings out of step
    only by a comment sign or the word itself inside it, as it holds neither quotes nor brackets. A string is unclear
    where an escape is no character, where it is not closed, and where another one follows without a space.
    """
    if token.kind == "iri":
        return not _ABSOLUTE.match(token.text) and ("#" in token.text or "service" in token.text.lower())
    if token.kind == "string":
        touches = after is not None and after.text[0] in "'\"" and after.start == token.start + len(token.text)
        return touches or _BAD_ESCAPE.search(token.text) is not None
    return token.kind == "mark" and token.text in "'\"\\"
