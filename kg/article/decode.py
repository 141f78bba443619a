"""Bytes to text: UTF-8 alone, and a clear refusal of everything that is not text."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from kg.errors import InputError

__all__ = ["LIMITS", "decode", "read_bytes", "read_text", "text_of"]

#: What a file may be at most; larger ones are refused before they are read.
LIMITS: dict[str, int] = {
    "article bytes": 20_000_000,
    "facts bytes": 20_000_000,
    "sidecar bytes": 1_000_000,
    # spaCy refuses a longer text: its parser needs about 1 GB for every 100,000 characters.
    "article characters": 1_000_000,
}

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: The C0 controls that are no white space, and DEL: no editor writes them into prose.
_CONTROL = re.compile("[\x01-\x08\x0e-\x1b\x7f]")


def read_bytes(path: Path, limit: str = "article bytes") -> bytes:
    """The bytes of a file.

    Args:
        path: The file.
        limit: The entry of `LIMITS` that holds for it.

    Raises:
        InputError: No regular file, not readable, empty, or as large as the limit or larger.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(path, "is not a regular file: give a file or a folder")
        _require_size(status.st_size, path, limit)
        return path.read_bytes()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}): check the file and its permissions") from error


def _require_size(size: int, path: object, limit: str) -> None:
    if not size:
        raise InputError(path, "is empty: give a file with the text of an article")
    if size >= LIMITS[limit]:
        had, most = size / 1e6, LIMITS[limit] / 1e6
        raise InputError(path, f"has {had:.1f} MB and must have less than {most:g} MB: split it into articles")


def decode(data: bytes, path: object) -> str:
    """Text of bytes in UTF-8; a byte order mark is dropped, line ends stay as they are.

    Args:
        data: The bytes.
        path: The file, for the message.

    Raises:
        InputError: Binary, in another encoding, or nothing but white space; bytes are counted from 0.
    """
    if data.startswith(_UTF16):
        raise InputError(path, f"is not UTF-8 but UTF-16 (byte 0 is 0x{data[0]:02X}): save it as UTF-8")
    null = data.find(0)
    if null >= 0:
        raise InputError(path, f"is binary and not text (byte {null} is 0x00): give a text file in UTF-8")
    shift = len(_BOM) if data.startswith(_BOM) else 0
    try:
        text = data[shift:].decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + shift
        raise InputError(path, f"is not UTF-8 (byte {at} is 0x{data[at]:02X}): save it as UTF-8") from error
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        sign = f"U+{ord(control.group()):04X}"
        raise InputError(path, f"is binary and not text (control character {sign} on line {line}): remove it")
    if not text.strip():
        raise InputError(path, "is blank: it holds nothing but white space")
    return text


def read_text(path: Path, limit: str = "article bytes") -> str:
    """The text of a file; see `read_bytes` and `decode` for what is refused."""
    return decode(read_bytes(path, limit), path)


def text_of(data: bytes, name: object, limit: str = "article bytes") -> str:
    """The text of bytes that came without a file; refused is what `read_text` refuses of a file.

    Args:
        data: The bytes.
        name: What they are called in a message.
        limit: The entry of `LIMITS` that holds for them.

    Raises:
        InputError: Empty, as large as the limit or larger, or no text.
    """
    _require_size(len(data), name, limit)
    return decode(data, name)
