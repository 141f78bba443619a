from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.problems import Problem
from server.workers.spool import Spool
from server.workers.wire import End

BROKEN = Problem("timeout", "it took too long")


def run(steps: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await asyncio.wait_for(asyncio.ensure_future(steps()), 60)

    asyncio.run(main())


async def taken(spool: Spool) -> bytes:
    return b"".join([chunk async for chunk in spool.chunks()])


@given(st.lists(st.binary(max_size=400), max_size=20), st.integers(1, 2000), st.booleans())
def test_what_is_added_comes_out_however_long_it_is(chunks: list[bytes], buffer: int, slow: bool) -> None:
    async def steps() -> None:
        spool = Spool(buffer)
        if slow:
            spool.may_begin()
        reading = asyncio.ensure_future(taken(spool))
        for chunk in chunks:
            spool.add(chunk)
            await asyncio.sleep(0)
        spool.finish(End())
        assert await reading == b"".join(chunks)
        assert spool.ready.done()
        assert spool.whole in (None, b"".join(chunks))
        assert (spool.whole is None) == (sum(map(len, chunks)) > buffer)
        spool.close()

    run(steps)


def test_an_answer_begins_when_it_is_whole() -> None:
    async def steps() -> None:
        spool = Spool(100)
        spool.add(b"x" * 100)
        spool.may_begin()
        assert not spool.ready.done()
        spool.finish(End(hint="nothing"))
        assert spool.begun
        assert spool.whole == b"x" * 100

    run(steps)


def test_a_long_answer_begins_before_only_if_it_may() -> None:
    async def steps() -> None:
        spool = Spool(100)
        spool.add(b"x" * 101)
        assert not spool.ready.done()
        spool.may_begin()
        assert spool.begun
        chunks = spool.chunks()
        assert await anext(chunks) == b"x" * 101
        spool.add(b"y")
        assert await anext(chunks) == b"y"
        spool.finish(End())
        with pytest.raises(StopAsyncIteration):
            await anext(chunks)
        spool.close()

    run(steps)


def test_a_problem_before_the_beginning_is_the_answer() -> None:
    async def steps() -> None:
        spool = Spool(100)
        spool.add(b"x" * 500)
        spool.fail(BROKEN)
        with pytest.raises(Problem, match="it took too long"):
            await spool.ready
        spool.close()

    run(steps)


def test_a_problem_behind_the_beginning_breaks_the_answer() -> None:
    async def steps() -> None:
        spool = Spool(100)
        spool.may_begin()
        spool.add(b"x" * 500)
        await spool.ready
        chunks = spool.chunks()
        await anext(chunks)
        waiting = asyncio.ensure_future(anext(chunks))
        await asyncio.sleep(0)
        spool.fail(BROKEN)
        with pytest.raises(Problem, match="it took too long"):
            await waiting
        spool.close()

    run(steps)


def test_what_begins_again_forgets_what_came() -> None:
    async def steps() -> None:
        spool = Spool(100)
        spool.add(b"x" * 500)
        spool.reset()
        spool.add(b"y" * 50)
        spool.finish(End())
        assert spool.whole == b"y" * 50

    run(steps)


def test_what_nobody_reads_any_more_makes_no_file() -> None:
    # With warnings as errors, a file that is left open fails the test.
    async def steps() -> None:
        spool = Spool(100)
        spool.add(b"x" * 500)
        spool.close()
        spool.add(b"y" * 500)
        spool.finish(End())
        spool.close()

    run(steps)
