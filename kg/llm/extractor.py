"""The language model as an extractor: an article is parsed here, read by the model, and checked here."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import cached_property
from pathlib import Path
from types import TracebackType

from kg.article.text import ArticleText
from kg.errors import CrossingsError
from kg.extract import nlp, pipeline
from kg.extract.document import parse
from kg.extract.lexicon import Lexicon
from kg.facts.checks import problems
from kg.facts.model import Extractor, Facts
from kg.llm.anchoring import Places
from kg.llm.answers import Answers
from kg.llm.chunks import LIMIT, OVERLAP, pieces
from kg.llm.merge import merge
from kg.llm.prompt import instruction, prompt_hash, request
from kg.llm.reading import read
from kg.llm.settings import ModelSettings

__all__ = ["NAME", "ModelExtractor"]

#: What claims that a language model made name as their extractor, with the model as its version.
NAME = "llm"


class ModelExtractor:
    """Extracts with a language model; use it in a `with` block.

    Args:
        settings: Which model, where.
        folder: Where its answers are kept.
        border: The name of a shipped border, or the folder of another.

    Attributes:
        answers: What was asked and replayed, and the tokens that it took.
        dropped: How many things that the model named were left out, by reason.

    Raises:
        UsageError: The border, its rules or the spaCy model cannot be used.
    """

    def __init__(self, settings: ModelSettings, folder: Path, border: str = "korea") -> None:
        self.settings = settings
        self.border = border
        self.lexicon = Lexicon.load(border)
        self.task = instruction(self.lexicon)
        self.answers = Answers(settings, folder)
        self.dropped: Counter[str] = Counter()

    def __enter__(self) -> ModelExtractor:
        self.answers.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.answers.__exit__(kind, error, trace)

    @property
    def prompt(self) -> str:
        """The hash of all that the model is told besides the article."""
        return prompt_hash(self.task)

    @cached_property
    def extractor(self) -> Extractor:
        """Who extracts: the name, the model, and a hash over model, prompt, schema, this package and the rules."""
        digest = hashlib.sha256(f"{self.settings.model}\0{self.prompt}\0{LIMIT} {OVERLAP}\0".encode())
        digest.update(f"{pipeline.extractor(self.border).hash}\0".encode())
        for path in sorted(Path(__file__).resolve().parent.glob("*.py")):
            digest.update(f"{path.name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return Extractor(name=NAME, version=self.settings.model, hash=digest.hexdigest())

    def extract(self, source: ArticleText, rules: Facts | None = None) -> Facts:
        """The facts of one article. Nothing of it is sent where the cache has its answer.

        Args:
            source: The article.
            rules: What the rule extractor found in it, to be merged with what the model finds.

        Raises:
            EndpointError: The endpoint cannot be used.
            AnswerError: The article got no answer that can be used.
        """
        cut = pieces(source.text, source.blocks)
        told = [
            (Places(source.text, piece.stretches), self.answers.of(self._request(piece.text(source.text))))
            for piece in cut
        ]
        document = parse(source.article, source.text, source.blocks, nlp.load())
        reading = read(document, told, self.lexicon, self.extractor)
        self.dropped += reading.dropped
        facts = reading.facts
        if rules is not None:
            facts = merge(rules, facts, [(sentence.start, sentence.end) for sentence in document.sentences])
        wrong = next(problems(facts), None)
        if wrong is not None:
            raise CrossingsError(f"{source.path}: a record made with the language model is wrong at {': '.join(wrong)}")
        return facts

    def _request(self, text: str) -> bytes:
        return request(self.settings, self.task, text)
