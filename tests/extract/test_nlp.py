"""The pipeline: loaded once, whole, and a clear error where it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from kg.errors import UsageError
from kg.extract import nlp


def test_the_packaged_model_has_what_is_needed() -> None:
    pipeline = nlp.load()

    assert set(nlp.NEEDED) <= set(pipeline.pipe_names)
    assert pipeline("She crossed.")[1].lemma_ == "cross"


@pytest.mark.parametrize("who", ["soldier", "student", "civilian", "couple"])
def test_a_rare_past_tense_is_read_as_a_verb(who: str) -> None:
    words = nlp.load()(f"A North Korean {who} swam to the island late on Monday, the military said.")

    assert (words[4].text, words[4].tag_, words[4].lemma_) == ("swam", "VBD", "swim")
    assert (words[3].dep_, words[3].head.i) == ("nsubj", 4)


def test_the_model_is_loaded_once() -> None:
    assert nlp.load() is nlp.load(nlp.DEFAULT_MODEL)


def test_the_environment_names_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(nlp.MODEL_VARIABLE, "no_such_model")

    assert nlp.model_name() == "no_such_model"
    assert nlp.model_name("another") == "another"
    with pytest.raises(UsageError, match=r"'no_such_model' cannot be loaded .* KG_SPACY_MODEL"):
        nlp.load()


def test_a_model_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")

    with pytest.raises(UsageError, match="has no tagger, attribute_ruler, lemmatizer, parser, ner"):
        nlp.load(str(tmp_path / "blank"))
