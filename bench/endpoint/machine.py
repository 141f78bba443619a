"""What a measurement ran on: processor, cores, memory, kernel, and how busy it is."""

from __future__ import annotations

import os
import platform
from pathlib import Path

__all__ = ["busy", "machine"]


def machine() -> dict[str, str]:
    """Facts of this machine, by what they are."""
    model = _field(Path("/proc/cpuinfo"), "model name") or platform.processor() or "unknown"
    total = int((_field(Path("/proc/meminfo"), "MemTotal") or "0 kB").split()[0])
    return {
        "processor": model,
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{total / 2**20:.1f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
    }


def busy() -> str:
    """How many tasks wanted a processor in the last minute, on average: what else this machine does."""
    return f"{os.getloadavg()[0]:.1f}"


def _field(path: Path, name: str) -> str | None:
    for line in path.read_text("utf-8", "replace").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return None
