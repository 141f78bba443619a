"""What a tool is: its name, what it takes and answers as typed records, and their JSON schemas."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeAlias, TypeVar

import msgspec

from server.mcp.call import Call
from server.problems import Problem

__all__ = ["Answer", "Arguments", "ReleaseId", "Tool", "schema_of"]


class Arguments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a tool takes; a field's description is for the assistant."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a tool answers; `release` and `revision` say of what, so that it can be cited and asked again."""

    release: Annotated[str, msgspec.Meta(description="Id of the release that was asked.")]
    revision: Annotated[str, msgspec.Meta(description="The release with what was written to it since.")]


#: The argument that every tool on a release takes.
ReleaseId: TypeAlias = Annotated[
    str | None, msgspec.Meta(description="Id of the release to ask, to get the same answer again; absent, the current.")
]

_A = TypeVar("_A", bound=Arguments)
_R = TypeVar("_R", bound=Answer)


@dataclass(frozen=True)
class Tool(Generic[_A, _R]):
    """A tool.

    Attributes:
        name: What it is called by.
        title: The same for people.
        description: What it does, for the assistant; nothing of the graph is in it.
        arguments: The record of what it takes.
        answer: The record of what it answers.
        run: Does it.
        text: An answer as text, for a client that shows no structured ones.
        examples: Arguments that it takes.
    """

    name: str
    title: str
    description: str
    arguments: type[_A]
    answer: type[_R]
    run: Callable[[Call, _A], Awaitable[_R]]
    text: Callable[[_R], str]
    examples: tuple[Mapping[str, Any], ...]

    def read(self, given: Mapping[str, Any]) -> _A:
        """The arguments as a record.

        Raises:
            Problem: They are not what the tool takes.
        """
        try:
            return msgspec.convert(given, self.arguments)
        except msgspec.ValidationError as error:
            raise Problem("malformed-request", f"the arguments of {self.name} cannot be taken: {error}") from error

    async def __call__(self, call: Call, given: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        """Do it: the answer as JSON and as text.

        Raises:
            Problem: There is no answer.
        """
        answer = await self.run(call, self.read(given))
        return msgspec.to_builtins(answer), self.text(answer)


def schema_of(record: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON schema (2020-12) of a record, with an object at its root, as the protocol wants it."""
    (root,), parts = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    name = str(root["$ref"]).rpartition("/")[2]
    found = dict(parts.pop(name))
    found.pop("title", None)
    if parts:
        found["$defs"] = parts
    return found
