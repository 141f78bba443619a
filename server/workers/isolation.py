"""What keeps a worker from doing harm: no network, bounded memory, no files, an end with its server.

pyoxigraph cannot be told to leave `SERVICE` alone; the lexer refuses it first, and this is second: a network namespace
of its own with nothing in it where the kernel allows one, else a filter of system calls under which no socket can be
made. Each protection is tried, and which hold is told.

Sources: unshare(2), namespaces(7), prctl(2), seccomp(2), netdevice(7).
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import platform
import resource
import signal
import socket
import struct

__all__ = ["PROTECTIONS", "isolate", "listen_inside", "lower_priority"]

#: What each protection is, by the name under which `/health` shows it.
PROTECTIONS = {
    "network-namespace": "a worker has a network namespace of its own, in which there is nothing to reach",
    "no-sockets": "a worker cannot make sockets: a filter of system calls refuses them",
    "memory-limit": "a worker's address space is bounded",
    "no-file-writes": "a worker cannot make a file longer than nothing",
    "ends-with-server": "a worker is killed when the server ends, however it ends",
}

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_SECCOMP_MODE_FILTER = 2
#: By machine: the audit number of the architecture, and the number of socket(2).
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1

_libc = ctypes.CDLL(None, use_errno=True)


def isolate(memory: int, *, sockets: bool = False, files: bool = False) -> dict[str, bool]:
    """Protect this process, as far as the system lets us; to be called before there is a second thread.

    Args:
        memory: The address space that it may have, in bytes.
        sockets: Whether it must be able to make sockets, inside its namespace, to call the gateway of SERVICE.
        files: Whether it must be able to write files: the writer must.

    Returns:
        For each protection, whether it holds.
    """
    held = dict.fromkeys(PROTECTIONS, False)
    held["ends-with-server"] = _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0
    held["network-namespace"] = _own_network()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    held["memory-limit"] = True
    if not files:
        # Not the signal of a write beyond the limit ends the process: the write fails, and that is an error of ours.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        held["no-file-writes"] = True
    if not sockets:
        held["no-sockets"] = _no_sockets()
    return held


def listen_inside() -> socket.socket:
    """A listening socket on the loopback of this process's network namespace, which is brought up first."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", b"lo", 0)
        _name, flags = struct.unpack("16sh14x", fcntl.ioctl(control, _SIOCGIFFLAGS, request))
        if not flags & _IFF_UP:
            fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    listening.listen(16)
    return listening


def _own_network() -> bool:
    """Whether this process has left the network; one that may not do so as itself tries in a user namespace."""
    return bool(_libc.unshare(_CLONE_NEWNET) == 0 or _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def _no_sockets() -> bool:
    """Install a filter under which socket(2) fails with EACCES, and everything is refused on a foreign architecture."""
    known = _SOCKET_CALLS.get(platform.machine())
    if known is None:
        return False
    architecture, call = known
    load, jump_equal, answer = 0x20, 0x15, 0x06  # BPF_LD+W+ABS, BPF_JMP+JEQ+K, BPF_RET+K
    allow, refuse, kill = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # 13 is EACCES
    steps = [
        (load, 0, 0, 4),  # the architecture
        (jump_equal, 1, 0, architecture),
        (answer, 0, 0, kill),
        (load, 0, 0, 0),  # the number of the call
        (jump_equal, 0, 1, call),
        (answer, 0, 0, refuse),
        (answer, 0, 0, allow),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(_libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0) == 0)


def lower_priority(pid: int, nice: int) -> bool:
    """Set how much a process gives way to others; raising what was lowered needs a privilege.

    Returns:
        Whether it could be done.
    """
    try:
        os.setpriority(os.PRIO_PROCESS, pid, nice)
    except OSError:
        return False
    return True
