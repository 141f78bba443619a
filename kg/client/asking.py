"""Python values as the texts that the parameters of a question take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kg.questions import ParameterError

__all__ = ["written"]


def written(name: str, value: object) -> str:
    """The text of a value.

    Args:
        name: The parameter, for the message.
        value: A text, number, date, IRI or truth value.

    Raises:
        ParameterError: It is none of these, or holds half a character.

    >>> written("since", date(2025, 7, 3)), written("near", 1e-3), written("only", True)
    ('2025-07-03', '0.001', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, (str, int)):
        text = str(value)
        if any("\ud800" <= mark <= "\udfff" for mark in text):
            raise ParameterError(f"the parameter {name} holds a lone surrogate, which is no character", name)
        return text
    if isinstance(value, date):
        return value.isoformat()
    kind = type(value).__name__
    raise ParameterError(f"the parameter {name} is a {kind}: give a text, number, date, IRI or truth value", name)
