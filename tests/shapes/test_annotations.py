from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.shapes.annotations import MOST_A_KIND, workflow_commands
from tests.support.findings import finding, outcome

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def unescaped(text: str) -> str:
    """As the runner reads it: the property's marks, then line ends, and the percent sign last."""
    for written, meant in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(written, meant)
    return text


@given(st.text(max_size=40), st.text(st.sampled_from("ab%:,\n\r"), max_size=12))
def test_what_strangers_wrote_comes_through_and_gives_no_command_of_its_own(message: str, name: str) -> None:
    made = workflow_commands(outcome(finding(message=message, path=f"d/{name}x.ttl")))
    lines = [line for line in re.split("[\r\n]", made) if line.startswith("::") or "##[" in line]
    command = re.match(COMMAND, lines[0])
    assert command is not None
    assert unescaped(command[3]) == f'ex:n0 ex:p = "x": {message}'
    properties = dict(pair.split("=", 1) for pair in command[2].split(","))
    assert unescaped(properties["file"]) == f"d/{name}x.ttl"
    assert (properties["line"], properties["col"], properties["endColumn"]) == ("1", "3", "9")


def test_a_message_of_a_plain_line_cannot_be_a_command() -> None:
    made = workflow_commands(outcome(*(finding(n, message="##[error]x\n::error::y") for n in range(MOST_A_KIND + 3))))
    commands = [line for line in made.splitlines() if line.startswith("::")]
    assert len(commands) == MOST_A_KIND
    assert "these are 3 more" in made
    rest = made.split("these are 3 more:\n")[1].splitlines()
    assert len([line for line in rest if line.startswith("error data/a.ttl:")]) == 3
    assert not any("##[" in line or line.startswith("::") for line in rest)


def test_each_severity_has_its_own_command_and_its_own_limit() -> None:
    kinds = {"violation": "error", "warning": "warning", "info": "notice"}
    found = [finding(n * 20 + m, severity=s) for n, s in enumerate(kinds) for m in range(MOST_A_KIND)]
    made = workflow_commands(outcome(*found))
    for command in kinds.values():
        assert len(re.findall(f"^::{command} ", made, re.M)) == MOST_A_KIND
    assert "more:" not in made
