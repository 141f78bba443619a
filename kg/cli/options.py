"""Options that several commands share, so that they are named and explained alike."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.release.home import HOME_VARIABLE
from kg.resources import seeds_dir

if TYPE_CHECKING:
    from kg.llm.settings import ModelSettings

__all__ = [
    "Border",
    "CurationOption",
    "ExtractorOption",
    "HomeOption",
    "LlmBudget",
    "LlmMaxOutput",
    "LlmModel",
    "LlmRetries",
    "LlmTimeout",
    "LlmUrl",
    "Reader",
    "curation_folder",
    "model_settings",
]


class Reader(StrEnum):
    """Who reads the articles; the option alone says so, never a variable, since it decides what is sent away."""

    RULES = "rules"
    LLM = "llm"
    BOTH = "both"


HomeOption = Annotated[
    Path,
    typer.Option("--home", metavar="DIR", envvar=HOME_VARIABLE, help="The directory that holds releases and cache."),
]
CurationOption = Annotated[
    str | None,
    typer.Option(
        "--curation",
        metavar="DIR|none",
        help="The folder of curation, or 'none'; default: curation/ beside the PATH given, else the packaged one.",
    ),
]
Border = Annotated[
    str, typer.Option("--border", metavar="NAME|DIR", help="A shipped border, or a folder that holds gazetteer.ttl.")
]

ExtractorOption = Annotated[
    Reader,
    typer.Option(
        "--extractor",
        help="Who reads the articles: the rules, a language model (the articles then leave this machine), or both.",
    ),
]
LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        metavar="URL",
        envvar="KG_LLM_URL",
        help="The base address of an OpenAI-compatible endpoint; its key comes from KG_LLM_KEY alone.",
    ),
]
LlmModel = Annotated[
    str | None,
    typer.Option("--llm-model", metavar="NAME", envvar="KG_LLM_MODEL", help="The model, as the endpoint calls it."),
]
LlmBudget = Annotated[
    int | None,
    typer.Option("--llm-budget", metavar="TOKENS", envvar="KG_LLM_BUDGET", help="What a run may spend; 1,000,000."),
]
LlmMaxOutput = Annotated[
    int | None,
    typer.Option(
        "--llm-max-output", metavar="TOKENS", envvar="KG_LLM_MAX_OUTPUT", help="The longest answer; 8,192 tokens."
    ),
]
LlmTimeout = Annotated[
    float | None,
    typer.Option(
        "--llm-timeout", metavar="SECONDS", envvar="KG_LLM_TIMEOUT", help="How long one answer may take; 120."
    ),
]
LlmRetries = Annotated[
    int | None,
    typer.Option(
        "--llm-retries", metavar="N", envvar="KG_LLM_RETRIES", help="How often a busy endpoint is asked again; 4."
    ),
]

_FOLDER = "curation"


def curation_folder(curation: str | None, paths: Sequence[Path] = ()) -> Path | None:
    """The folder of curation that an option stands for.

    Args:
        curation: The option's value: a folder, `none`, or absent.
        paths: The files and folders that the command was given.

    Returns:
        The folder, or None for no curation. Absent the option: the first `curation/` in a folder given or beside a
        file given, else the packaged one where there is one.
    """
    if curation is not None:
        return None if curation == "none" else Path(curation)
    near = [(path if path.is_dir() else path.parent) / _FOLDER for path in paths]
    return next((folder for folder in (*near, seeds_dir() / _FOLDER) if folder.is_dir()), None)


def model_settings(
    extractor: Reader,
    url: str | None,
    model: str | None,
    budget: int | None,
    max_output: int | None,
    timeout: float | None,
    retries: int | None,
) -> ModelSettings | None:
    """The language model that the options name, or None where the rules alone read; says where the articles go.

    Raises:
        UsageError: A language model shall read, and an option of it is missing or cannot be used.
    """
    if extractor is Reader.RULES:
        return None
    from kg.llm.run import leaves_this_machine
    from kg.llm.settings import ModelSettings

    settings = ModelSettings.of(url, model, budget=budget, max_output=max_output, timeout=timeout, retries=retries)
    print(leaves_this_machine(settings), file=sys.stderr, flush=True)
    return settings
