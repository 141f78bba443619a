"""Capitals that stand for their governments."""

from __future__ import annotations

import pytest

from kg.extract.lexicon import Lexicon
from kg.extract.metonyms import Metonyms
from kg.extract.naming import KINDS, States, names_rules_of
from tests.support.documents import document


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Pyongyang rejected the offer.", True),
        ("Seoul urged Pyongyang to answer.", True),
        ("The offer was rejected by Pyongyang.", True),
        ("Pyongyang is a city.", False),
        ("He lives in Pyongyang.", False),
        ("Pyongyang may reject the offer.", False),
        ("When Pyongyang rejected the offer, nobody spoke.", False),
    ],
)
def test_a_capital_that_acts(text: str, stands: bool) -> None:
    lexicon = Lexicon.load()
    metonyms = Metonyms(lexicon, States(lexicon), names_rules_of(lexicon))
    (sentence,) = document(text).sentences
    match = next(m for m in lexicon.match(sentence.span, KINDS) if m.span.text == "Pyongyang")
    found = metonyms.government(match)
    assert (found.curie if found is not None else None) == ("id:organization/dprk-government" if stands else None)
