"""A process of the server's own: started with a socket to talk over, and what it does when it fails."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from kg.errors import CrossingsError

__all__ = ["EXIT_ERROR", "EXIT_PANIC", "SETTINGS_VARIABLE", "Child", "run_child", "spawn"]

#: With what it ends when it meets an error of ours, and when the engine gives itself up.
EXIT_ERROR, EXIT_PANIC = 1, 70

#: The variable of the environment that has its settings, as JSON.
SETTINGS_VARIABLE = "KG_WORKER"
#: What makes libraries spare with address space, which is limited: the usual allocator of Arrow reserves a gigabyte of
#: it at once, that of the C library 64 MB for each thread, and the linear algebra that comes with Arrow starts threads.
_SPARING = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Child:
    """A process that was started, our end of its socket, and the reading end of its error stream."""

    process: subprocess.Popen[bytes]
    connection: socket.socket
    errors: int

    def last_words(self) -> bytes:
        """What it wrote to its error stream, up to what a pipe holds; once, when it has ended."""
        try:
            os.set_blocking(self.errors, False)
            return os.read(self.errors, 65_536)
        except OSError:  # nothing was written and a child of its own still holds it
            return b""
        finally:
            os.close(self.errors)


def spawn(module: str, settings: msgspec.Struct) -> Child:
    """Start a module of ours as a process; to be called in the thread that lives as long as the server.

    Args:
        module: Its name; it calls `run_child`.
        settings: What it must know.

    Raises:
        OSError: The system has no room for another process.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    environment.update(_SPARING)
    environment[SETTINGS_VARIABLE] = msgspec.json.encode(settings).decode()
    ours, theirs = socket.socketpair()
    errors, writing = os.pipe()
    try:
        # From this thread and no other: the kernel ends a child with the thread that started it.
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=writing,
            pass_fds=[theirs.fileno()],
            env=environment,
        )
    except OSError:
        ours.close()
        os.close(errors)
        raise
    finally:
        theirs.close()
        os.close(writing)
    ours.setblocking(False)
    return Child(process, ours, errors)


def run_child(run: Callable[[socket.socket, bytes], None]) -> None:
    """Be such a process: run, at the socket that the command line names, until the server has gone.

    Args:
        run: Takes the socket and the settings.
    """
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        # The server says when its processes end: Ctrl+C reaches every process of a terminal, and who waits for an
        # answer is to have it first.
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, signal.SIG_IGN)
        try:
            run(connection, os.environ[SETTINGS_VARIABLE].encode())
        except (BrokenPipeError, ConnectionResetError):  # the server has gone
            return
        except BaseException as error:
            if isinstance(error, CrossingsError):
                print(error, file=sys.stderr)
            else:
                traceback.print_exc()
            sys.stderr.flush()
            # At once, while the socket is still open: when it ends, the server reads the exit code.
            os._exit(EXIT_PANIC if type(error).__name__ == "PanicException" else EXIT_ERROR)
