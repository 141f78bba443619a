"""The memory and processor time of a process and of all that descend from it, from the kernel (proc(5)).

The resident set counts a page that several processes share once for each of them; the proportional set (PSS) divides
it among them, and so is what the whole tree really takes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

__all__ = ["Memory", "descendants", "memory", "processor_seconds"]

_PROC = Path("/proc")


class Memory(NamedTuple):
    """MiB of a process tree."""

    rss: float
    pss: float
    processes: int


def descendants(root: int) -> list[int]:
    """A process and all that descend from it, by their ids."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            parent = _parent(int(entry.name))
            if parent is not None:
                children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for process in found:
        found.extend(children.get(process, ()))
    return found


def memory(root: int) -> Memory:
    """What a process tree takes now; a process that ends meanwhile counts nothing."""
    rss = pss = 0
    living = 0
    for process in descendants(root):
        try:
            lines = (_PROC / str(process) / "smaps_rollup").read_text("ascii").splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
        rss += sizes.get("Rss", 0)
        pss += sizes.get("Pss", 0)
        living += 1
    return Memory(rss / 1024, pss / 1024, living)


def processor_seconds(root: int) -> float:
    """The time that a process tree has had of processors until now, with that of children which have ended."""
    ticks = sum(sum(map(int, fields[11:15])) for process in descendants(root) if (fields := _fields(process)))
    return ticks / os.sysconf("SC_CLK_TCK")


def _parent(process: int) -> int | None:
    fields = _fields(process)
    return int(fields[1]) if fields else None


def _fields(process: int) -> list[str]:
    """What the kernel says of a process, from its state on (field 3 of proc(5)); nothing where it has ended."""
    try:
        stat = (_PROC / str(process) / "stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    # The name stands in brackets and may hold anything; what follows comes after the last one.
    return stat.rpartition(")")[2].split()
