"""The tokens of a clause: a verb or event noun with what hangs on it, without the clauses below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["below", "clause"]

_CLAUSAL = frozenset({"advcl", "ccomp", "conj", "relcl", "parataxis", "csubj", "nsubj", "nsubjpass", "appos"})


def clause(head: Token) -> Iterator[int]:
    """The tokens of a clause: the verb, what hangs on it, and participles that share its subject; no other clauses."""
    yield head.i
    for child in head.children:
        if child.dep_ in _CLAUSAL:
            shares = (
                child.dep_ == "advcl"
                and child.tag_ == "VBG"
                and not any(c.dep_ in {"nsubj", "mark"} for c in child.children)
            )
            if not shares:
                continue
        yield from below(child)
    # "managed to cross", "by crossing": what hangs on the verb above belongs to the deed as well.
    if head.dep_ in {"xcomp", "pcomp"} and head.head != head:
        above = head.head if head.dep_ == "xcomp" else head.head.head
        for child in above.children:
            if child.dep_ in {"prep", "advmod", "npadvmod"} and head.i not in {t.i for t in child.subtree}:
                yield from below(child)


def below(token: Token) -> Iterator[int]:
    """A token and all that hangs on it, subordinate clauses left out."""
    yield token.i
    for child in token.children:
        own_subject = child.dep_ == "pcomp" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
        if child.dep_ not in {"relcl", "ccomp", "advcl", "parataxis"} and not own_subject:
            yield from below(child)
