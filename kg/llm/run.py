"""A whole run with a language model: every article read or named as not read, and what the run has taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kg.article.text import ArticleText
from kg.facts.model import Facts
from kg.llm.errors import AnswerError, EndpointError
from kg.llm.extractor import ModelExtractor
from kg.llm.settings import ModelSettings

__all__ = ["Progress", "Run", "leaves_this_machine", "model_inputs", "run"]


class Progress(Protocol):
    """Who is told how the run goes."""

    def stage(self, name: str, total: int = 0) -> None:
        """A stage of so many steps begins."""
        ...

    def step(self, what: str) -> None:
        """One step is done."""
        ...


@dataclass(frozen=True)
class Run:
    """How a run ended.

    Attributes:
        facts: The facts of each article, in the order given; None for one that could not be read.
        failed: One sentence for each of those.
        sentence: What the run has taken: requests, replayed answers, tokens, and what was left out of the answers.
        answers: A hash over the answers that it used.
    """

    facts: tuple[Facts | None, ...]
    failed: tuple[str, ...]
    sentence: str
    answers: str


def leaves_this_machine(settings: ModelSettings) -> str:
    """The one line that says where the articles go."""
    return f"articles without a kept answer leave this machine: they are sent to {settings.host} ({settings.model})"


def model_inputs(settings: ModelSettings, folder: Path, border: str) -> dict[str, Any]:
    """What of a language model is an input of a build: its name, and the hash of all that decides on what it makes.

    Args:
        settings: Which model.
        folder: Where its answers are kept.
        border: The border, by name or folder.
    """
    with ModelExtractor(settings, folder, border) as extractor:
        return {"model": settings.model, "prompt": extractor.prompt, "hash": extractor.extractor.hash}


def run(
    sources: Sequence[ArticleText],
    rules: Sequence[Facts] | None,
    settings: ModelSettings,
    folder: Path,
    border: str,
    report: Progress,
) -> Run:
    """Read articles with a language model.

    Args:
        sources: The articles.
        rules: What the rule extractor found in each, to be merged; None where the model reads alone.
        settings: Which model, where.
        folder: Where its answers are kept.
        border: The border, by name or folder.
        report: Who is told.
    """
    found: list[Facts | None] = []
    failed: list[str] = []
    with ModelExtractor(settings, folder, border) as extractor:
        report.stage(f"asking {settings.model}", len(sources))
        for number, source in enumerate(sources):
            before = extractor.dropped.total()
            try:
                found.append(extractor.extract(source, rules[number] if rules is not None else None))
            except (EndpointError, AnswerError) as error:
                found.append(None)
                failed.append(f"{source.path}: {error}")
                report.step(f"{source.path}: not read")
                continue
            left_out = extractor.dropped.total() - before
            report.step(f"{source.path}: {left_out} left out" if left_out else source.path)
        return Run(tuple(found), tuple(failed), _sentence(extractor), extractor.answers.sha256)


def _sentence(extractor: ModelExtractor) -> str:
    answers = extractor.answers
    taken = f"{answers.asked} answered, {answers.replayed} replayed, {answers.budget.spent:,} tokens"
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(extractor.dropped.items()))
    return f"{taken}; left out of the answers: {reasons or 'nothing'}"
