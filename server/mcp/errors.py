"""What goes wrong in a call, in words from which an assistant can mend it, and as the problem that HTTP has for it."""

from __future__ import annotations

from typing import Any

from server.problems import Problem

__all__ = ["told"]


def told(problem: Problem) -> tuple[str, dict[str, Any]]:
    """A problem as text and as the JSON object of RFC 9457.

    >>> print(told(Problem("malformed-query", "no", {"line": 1, "column": 2, "snippet": "AKS\\n ^"}))[0])
    malformed-query: no
    At line 1, column 2:
    AKS
     ^
    """
    document = dict(problem.document)
    lines = [f"{problem.name}: {problem.detail}"]
    if "line" in problem.members:
        lines.append(f"At line {problem.members['line']}, column {problem.members['column']}:")
        if "snippet" in problem.members:
            lines.append(str(problem.members["snippet"]))
    seconds = problem.headers.get("Retry-After")
    if seconds is not None:
        document["retry_after"] = int(seconds)
        lines.append(f"Ask again after {seconds} s.")
    return "\n".join(lines), document
