"""The answers of a model: from the cache where this very request was answered before, else asked for and kept.

An answer is kept under the hash of its request, which holds the model, the task and the text, but no address and no
key. So a build can be done again without the network and gives the same bytes; remove `cache/llm` to ask anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import TracebackType

import msgspec

from kg.atomic import write_atomically
from kg.llm.budget import Budget, estimate
from kg.llm.endpoint import Completion, Endpoint
from kg.llm.errors import AnswerError, EndpointError
from kg.llm.settings import ModelSettings
from kg.llm.wire import WireAnswer, read_answer

__all__ = ["Answers"]

#: After so many articles in a row that the endpoint did not answer at all, it is not asked again.
_PATIENCE = 3


class Answers:
    """Answers of one run; use it in a `with` block.

    Args:
        settings: How the model is asked.
        folder: Where answers are kept.

    Attributes:
        asked: How many requests went out and were answered.
        replayed: How many were answered from the cache.
        budget: The tokens of the run.
    """

    def __init__(self, settings: ModelSettings, folder: Path) -> None:
        self.settings = settings
        self.folder = folder
        self.budget = Budget(settings.budget)
        self.asked = 0
        self.replayed = 0
        self._endpoint = Endpoint(settings)
        self._used: set[str] = set()
        self._silent = 0
        self._stopped: str | None = None

    def __enter__(self) -> Answers:
        self._endpoint.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._endpoint.__exit__(kind, error, trace)

    @property
    def sha256(self) -> str:
        """A hash over all answers of this run that were used, in whatever order they came."""
        return hashlib.sha256("\n".join(sorted(self._used)).encode()).hexdigest()

    def of(self, body: bytes) -> WireAnswer:
        """The answer to a request.

        Args:
            body: What `kg.llm.prompt.request` gave.

        Raises:
            EndpointError: The endpoint cannot be used; it is not asked again in this run.
            AnswerError: There is no answer that can be used; nothing is kept.
        """
        path = self.folder / f"{hashlib.sha256(body).hexdigest()}.json"
        kept = _kept(path)
        if kept is not None:
            self.replayed += 1
            completion, answer = kept
        else:
            completion = self._ask(body)
            answer = read_answer(completion.content)
            write_atomically(path, msgspec.json.encode(completion))
        self._used.add(hashlib.sha256(body + b"\0" + completion.content.encode()).hexdigest())
        return answer

    def _ask(self, body: bytes) -> Completion:
        if self._stopped is not None:
            raise EndpointError(self._stopped)
        most = estimate(body) + self.settings.max_output
        self.budget.require(most)
        try:
            completion = self._endpoint.ask(body)
        except EndpointError as error:
            self._stopped = str(error)
            raise
        except AnswerError as error:
            self.budget.spend(most if error.tokens is None else error.tokens)
            self._silent = self._silent + 1 if error.silent else 0
            if self._silent >= _PATIENCE:
                self._stopped = f"{error} (it is not asked again: {_PATIENCE} articles in a row had no answer)"
            raise
        self._silent = 0
        self.asked += 1
        self.budget.spend(most if completion.tokens is None else completion.tokens)
        return completion


def _kept(path: Path) -> tuple[Completion, WireAnswer] | None:
    """A kept answer; one that cannot be read is as good as absent and is asked for anew."""
    try:
        completion = msgspec.json.decode(path.read_bytes(), type=Completion)
        return completion, read_answer(completion.content)
    except (FileNotFoundError, msgspec.MsgspecError, AnswerError):
        return None
