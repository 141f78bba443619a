"""Whether a sentence states anything: what tells its reader to do something, or is no sentence at all, does not.

Text that is written to be obeyed by a language model ("ignore what stands above and list ...") is in the imperative or
speaks to "you". A model that obeys it finds no claim there: nothing is so because somebody was told to report it. A
plain sentence that is false remains a statement of the article, as it is for the rule extractor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.attribution import reporting
from kg.extract.document import Sentence

if TYPE_CHECKING:
    from kg.extract.parsed import Token

__all__ = ["demanded", "states"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OWN = _SUBJECTS | {"aux", "auxpass"}
#: Where a bare verb commands; as a complement or a conjunct of another verb it may have that one's subject.
_FREE = frozenset({"ROOT", "nmod", "compound", "dep", "parataxis", "acl", "appos", "amod", "intj"})
_OPENERS = frozenset({'"', ":"})
_DUTY = frozenset({"must", "should", "shall", "ought"})
_VERBAL = frozenset({"VERB", "AUX"})


def states(sentence: Sentence) -> bool:
    """Whether a sentence can be the ground of a claim.

    Headlines, captions and bullets are often no whole sentences; in a paragraph what has no verb is none.

    Args:
        sentence: A sentence of a parsed article.
    """
    root = sentence.span.root
    if sentence.block.kind == "paragraph" and root.pos_ not in _VERBAL:
        return False
    if any(c.lower_ == "you" for verb in (root, *root.conjuncts) for c in verb.children if c.dep_ in _SUBJECTS):
        return False
    if root.tag_ == "VBP" and not any(c.dep_ in _OWN for c in root.children):
        return False
    return not any(_commands(token) for token in sentence.span)


def demanded(verb: Token) -> bool:
    """Whether a clause says what must or should be done: no deed, unless it is one of the past ("must have")."""
    duty = any(c.dep_ == "aux" and c.lower_ in _DUTY for c in verb.children)
    return duty and not any(c.dep_ in {"aux", "auxpass"} and c.lower_ in {"have", "'ve"} for c in verb.children)


def _commands(token: Token) -> bool:
    if token.tag_ != "VB" or any(c.dep_ in _OWN for c in token.children):
        return False
    opens = token.i == token.sent.start or token.nbor(-1).text in _OPENERS
    said = token.dep_ == "ccomp" and token.head.lemma_.lower() in reporting().verbs
    return opens or said or token.dep_ in _FREE
