from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli.output import write_output
from kg.errors import UsageError


def test_the_dash_is_the_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_output("-", iter([b"a\xff", b"b"]))
    assert capfdbinary.readouterr().out == b"a\xffb"


def test_a_file_that_fails_half_way_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"before")

    def failing() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("the disk is on fire")

    with pytest.raises(RuntimeError):
        write_output(str(path), failing())
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="file/out cannot be written"):
        write_output(str(tmp_path / "file" / "out"), [b"x"])
