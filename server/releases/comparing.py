"""Comparing two releases for who looks at a page: in a process of its own, one at a time, in bounded time."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time

import msgspec

from kg.release import Release
from kg.release.changes import LISTED, Changes
from server.budget import ClientBudgets
from server.kept import Kept
from server.limits import Limits
from server.problems import Problem
from server.releases.changes_process import TOO_LARGE

__all__ = ["Comparing"]

_log = logging.getLogger("crossings.server")
#: Of how many pairs the changes are kept.
_PAIRS = 16


class Comparing:
    """Says what changed between releases of a home.

    Args:
        limits: How long it may take: as long as a query.
        budgets: Whose time it is.
    """

    def __init__(self, limits: Limits, budgets: ClientBudgets) -> None:
        self._limits = limits
        self._budgets = budgets
        self._kept = Kept[Changes](_PAIRS)
        self._one = asyncio.Semaphore(1)

    async def changes(self, before: Release, after: Release, client: str) -> Changes:
        """What changed from one release to another.

        Args:
            before: The one.
            after: The other.
            client: Who wants to know.

        Raises:
            Problem: It takes too long, the client has asked for too much, or a release is damaged.
        """
        # Neither changes while it stands there; what was made anew of one has another digest or another moment.
        pair = " ".join(f"{r.path.name} {r.manifest.digest} {r.manifest.created}" for r in (before, after))

        async def read() -> Changes:
            return msgspec.json.decode(await self._charged(before, after, client, "json", LISTED), type=Changes)

        return await self._kept.of(pair, read)

    async def patch(self, before: Release, after: Release, client: str) -> bytes:
        """The RDF Patch that makes the one release of the other; it is not kept.

        Args:
            before: The one.
            after: The other.
            client: Who wants to have it.

        Raises:
            Problem: As for `changes`, or it is larger than what is held in memory may be.
        """
        return await self._charged(before, after, client, "patch", self._limits.table_bytes)

    async def _charged(self, before: Release, after: Release, client: str, form: str, most: int) -> bytes:
        with self._budgets.query(client) as charge:
            async with self._one:
                began = time.perf_counter()
                try:
                    return await self._compare(before, after, form, most)
                finally:
                    charge(time.perf_counter() - began)

    async def _compare(self, before: Release, after: Release, form: str, most: int) -> bytes:
        module, paths = "server.releases.changes_process", (str(before.path), str(after.path))
        command = [sys.executable, "-m", module, *paths, form, str(most)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
        process = await asyncio.create_subprocess_exec(
            *command,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            out, errors = await asyncio.wait_for(process.communicate(), self._limits.time)
        except TimeoutError as error:
            detail = (
                f"to compare {before.id} with {after.id} takes longer than {self._limits.time:g} s: "
                f"run kg releases diff {before.id} {after.id} where the releases are"
            )
            raise Problem("timeout", detail) from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == TOO_LARGE:
            detail = (
                f"the patch from {before.id} to {after.id} is larger than {most} bytes: fetch the dump of {after.id}, "
                "or go by the releases in between"
            )
            raise Problem("answer-too-large", detail)
        if process.returncode != 0:
            _log.error("%s and %s cannot be compared: %s", before.id, after.id, errors.decode("utf-8", "replace"))
            raise Problem("server-error", f"the data of {before.id} or {after.id} cannot be read, which was logged")
        return out
