"""The protocol on standard input and output, with workers of this process's own; this module imports the SDK."""

from __future__ import annotations

import asyncio

from mcp.server.stdio import stdio_server

from kg.release import Home
from server.mcp.call import Ground
from server.mcp.protocol import server_for
from server.releases.served_release import ServedRelease
from server.settings import Settings
from server.workers.engine import Engine

__all__ = ["serve_stdio"]


async def serve_stdio(settings: Settings) -> None:
    """Serve until the standard input ends.

    Args:
        settings: The home, the limits, and which hosts SERVICE may call.

    Raises:
        CrossingsError: The release cannot be opened, or the workers cannot be started.
    """
    loop = asyncio.get_running_loop()
    engine = Engine(
        ServedRelease(
            Home(settings.home),
            lambda release: (loop.call_soon_threadsafe(engine.pool.follow, str(release.path)), None)[1],
        ),
        settings.limits,
        settings.service_hosts,
    )
    release = await engine.release(None)
    engine.pool.follow(str(release.path))
    await engine.start()
    try:
        server = server_for(Ground(engine, settings.limits))
        # From here on what anything prints goes to the error stream: the output carries the protocol alone.
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())
    finally:
        await engine.close()
