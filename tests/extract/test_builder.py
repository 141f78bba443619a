from __future__ import annotations

import pytest

from kg.errors import CrossingsError
from kg.extract.builder import FactsBuilder
from kg.extract.document import Document
from kg.facts.model import Article, Attribution, Block, Claim, Evidence, Extractor, Quantity, Value

TEXT = "A sergeant crossed. The sergeant was armed."


@pytest.fixture
def builder() -> FactsBuilder:
    article = Article(id="0" * 64, text_sha256="0" * 64, length=len(TEXT))
    return FactsBuilder(Document(article, TEXT, (Block(id="b1", kind="paragraph", start=0, end=len(TEXT)),), ()))


def test_a_mention_is_found_again(builder: FactsBuilder) -> None:
    one = builder.mention("Person", 0, 10)
    assert builder.mention("Person", 0, 10) is one
    assert builder.mention("Incident", 0, 10) is not one
    assert builder.mention_within("Person", 5, 30) == one
    assert builder.mention_within("Person", 10, 30) is None


def evidence(start: int, end: int) -> Evidence:
    return Evidence(start=start, end=end, quote=TEXT[start:end], block="b1")


def test_what_is_said_twice_is_one_claim_with_two_evidences(builder: FactsBuilder) -> None:
    first = builder.mention("Person", 0, 10)
    second = builder.mention("Person", 20, 32, chain=first.id)
    rank = Value(kind="concept", value="rank:sergeant")
    builder.claim(first, "cx:rank", rank, evidence(0, 10))
    joined = builder.claim(second, "cx:rank", rank, evidence(20, 32))
    assert [e.start for e in joined.evidence] == [0, 20]
    hedged = builder.claim(second, "cx:rank", rank, evidence(20, 32), certainty="probable")
    assert hedged.id != joined.id
    assert len(builder.claims) == 2


def test_what_two_speakers_say_are_two_claims(builder: FactsBuilder) -> None:
    man = builder.mention("Person", 0, 10)
    army = builder.mention("Organization", 20, 23, concept="id:organization/rok-military")
    again = builder.mention("Organization", 24, 32, concept="id:organization/rok-military")
    rank = Value(kind="concept", value="rank:sergeant")

    def said(words: str, start: int, mention: str | None) -> Claim:
        speaker = Attribution(text=words, start=start, end=start + len(words), mention=mention)
        return builder.claim(
            man, "cx:rank", rank, evidence(start, start + 3), certainty="reported", attribution=speaker
        )

    first = said("The", 20, army.id)
    assert said("sergeant", 24, again.id).id == first.id, "one body under two names is one speaker"
    other = said("A", 0, None)
    assert other.id != first.id
    assert [len(claim.evidence) for claim in builder.claims.values()] == [2, 1]


def test_two_records_with_one_id_are_an_error_of_ours(builder: FactsBuilder) -> None:
    builder.add_quantity(Quantity(id="q1", start=0, end=1, quote="A", unit="unit:NUM", value="1"))
    with pytest.raises(CrossingsError, match="q1"):
        builder.add_quantity(Quantity(id="q1", start=0, end=1, quote="A", unit="unit:NUM", value="1"))


def test_the_record_is_in_the_order_of_the_text(builder: FactsBuilder) -> None:
    later, earlier = builder.mention("Person", 20, 32), builder.mention("Person", 0, 10)
    facts = builder.finish(Extractor(name="x", version="1"))
    assert facts.mentions == (earlier, later)
