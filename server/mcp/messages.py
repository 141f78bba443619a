"""What a body must be to be a message of JSON-RPC 2.0, told in one sentence where it is none.

JSON-RPC 2.0, sections 4, 5 and 5.1. MCP takes objects alone as `params`, and since 2025-06-18 no batches.
"""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["MessageError", "check_message"]

_PARSE_ERROR, _INVALID_REQUEST = -32700, -32600


class MessageError(Exception):
    """A body that is no message.

    Args:
        code: The error's code (JSON-RPC 2.0, section 5.1).
        sentence: What is wrong, and what to send.
        id: The id of the message, where it has one.
    """

    def __init__(self, code: int, sentence: str, id: str | int | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.id = id

    @property
    def content(self) -> bytes:
        """The message to answer with."""
        error = {"code": self.code, "message": self.sentence}
        return msgspec.json.encode({"jsonrpc": "2.0", "id": self.id, "error": error})


def check_message(body: bytes) -> None:
    """Look whether a body is a message.

    Raises:
        MessageError: It is none.
    """
    try:
        message: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MessageError(_PARSE_ERROR, "the body is no JSON: send one message of JSON-RPC 2.0") from error
    if isinstance(message, list):
        raise MessageError(_INVALID_REQUEST, "a batch is not taken: send one message in each POST")
    if not isinstance(message, dict):
        raise MessageError(_INVALID_REQUEST, "the body is no JSON object: send one message of JSON-RPC 2.0")
    known = message.get("id")
    own = known if isinstance(known, str) or (isinstance(known, int) and not isinstance(known, bool)) else None
    for wrong, sentence in _rules(message, has_id=own is not None):
        if wrong:
            raise MessageError(_INVALID_REQUEST, sentence, own)


def _rules(message: dict[str, Any], *, has_id: bool) -> list[tuple[bool, str]]:
    answers = "result" in message or "error" in message
    return [
        (message.get("jsonrpc") != "2.0", 'a message of JSON-RPC 2.0 has the member "jsonrpc": "2.0"'),
        (
            not answers and not isinstance(message.get("method"), str),
            'a message has the member "method", a string such as "tools/call"',
        ),
        ("id" in message and not has_id and not answers, 'the member "id" is a string or a whole number'),
        (
            "params" in message and not isinstance(message["params"], dict),
            'the member "params" is an object, with the arguments by name',
        ),
    ]
