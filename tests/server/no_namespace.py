"""Run a command on a system that gives nobody a namespace: a filter of system calls refuses unshare(2).

Some kernels and containers are so. `python no_namespace.py COMMAND...`
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

#: The number of unshare(2).
UNSHARE = {"x86_64": 272, "aarch64": 97}


def refuse_unshare() -> None:
    load, equal, answer = 0x20, 0x15, 0x06
    steps = [
        (load, 0, 0, 0),
        (equal, 0, 1, UNSHARE[platform.machine()]),
        (answer, 0, 0, 0x00050000 | 1),  # EPERM
        (answer, 0, 0, 0x7FFF0000),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0, "PR_SET_NO_NEW_PRIVS"
    assert libc.prctl(22, 2, program, 0, 0) == 0, "PR_SET_SECCOMP"


if __name__ == "__main__":
    refuse_unshare()
    os.execvp(sys.argv[1], sys.argv[1:])
