from __future__ import annotations

import io

from kg.cli.telling import QUIET_SECONDS, Telling


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_at_once() -> None:
    stream = _Terminal()
    Telling(stream, clock=lambda: 0.0)("checking one")
    assert stream.getvalue() == "checking one\n"


def test_a_log_gets_a_line_now_and_then_and_a_short_run_none() -> None:
    stream, seconds = io.StringIO(), [0.0]
    telling = Telling(stream, clock=lambda: seconds[0])
    for now, what in ((1.0, "a"), (QUIET_SECONDS, "b"), (QUIET_SECONDS + 1, "c"), (3 * QUIET_SECONDS, "d")):
        seconds[0] = now
        telling(what)
    assert stream.getvalue() == "b\nd\n"
