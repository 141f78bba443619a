"""The weights by which `kg.extract.telling` tells sentences of crossings from others, fitted to folders of gold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from kg.evaluate.folder import read_texts
from kg.extract.telling import TellingModel
from kg.training.examples import Example, examples
from kg.training.regression import fit

__all__ = ["train", "written"]

_MADE_BY = "python -m kg.training"
#: Chosen by leaving one set of gold out after the other; between a third and three times as much does as well.
_PENALTY = 1.0
#: A feature of fewer sentences is one text's own.
_LEAST = 3


def train(folders: Sequence[Path]) -> TellingModel:
    """Fit the weights.

    Args:
        folders: Folders of gold with their texts beside it; texts without annotated incidents are passed over.

    Raises:
        UsageError, InputError: A folder or file of gold cannot be read.
    """
    read: list[Example] = []
    texts: dict[str, int] = {}
    for folder in folders:
        annotated = [text for text in read_texts(folder).texts if "Incident" in text.gold.classes]
        texts[folder.name] = len(annotated)
        read += [example for text in annotated for example in examples(text)]
    telling = [(example.features, bool(example.ways)) for example in read]
    told = [example for example in read if example.ways]
    named = sorted({way for example in told for way in example.ways})
    ways = {way: fit([(e.features, way in e.ways) for e in told], _PENALTY, _LEAST) for way in named}
    return TellingModel(_MADE_BY, texts, fit(telling, _PENALTY, _LEAST), ways)


def written(model: TellingModel) -> bytes:
    """The file of a model: JSON, a line for each weight, so that a change of it can be read."""
    return msgspec.json.format(msgspec.json.encode(model, order="sorted"), indent=1) + b"\n"
