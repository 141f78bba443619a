from __future__ import annotations

import asyncio

import pytest

from server.kept import Kept, forget_all


def test_what_is_kept_is_read_once_and_the_oldest_goes() -> None:
    read: list[str] = []

    async def ask(kept: Kept[str], revision: str) -> str:
        async def reads() -> str:
            await asyncio.sleep(0)
            read.append(revision)
            return revision.upper()

        return await kept.of(revision, reads)

    async def run() -> None:
        kept = Kept[str]()
        assert list(await asyncio.gather(*(ask(kept, name) for name in "aab"))) == ["A", "A", "B"]
        assert read == ["a", "b"]
        assert await ask(kept, "a") == "A"
        await ask(kept, "c")
        await ask(kept, "a")
        assert read == ["a", "b", "c"], "b was asked for longest ago"
        await ask(kept, "b")
        assert read == ["a", "b", "c", "b"]

    asyncio.run(run())


def test_an_error_is_not_kept() -> None:
    async def run() -> None:
        kept = Kept[int]()

        async def fails() -> int:
            raise ValueError("no")

        async def works() -> int:
            return 1

        with pytest.raises(ValueError, match="no"):
            await kept.of("a", fails)
        assert await kept.of("a", works) == 1

    asyncio.run(run())


def test_all_is_forgotten_wherever_it_is_kept() -> None:
    async def run() -> None:
        kept, other = Kept[int](), Kept[int]()
        numbers = iter(range(10))

        async def reads() -> int:
            return next(numbers)

        assert [await kept.of("a", reads), await other.of("a", reads), await kept.of("a", reads)] == [0, 1, 0]
        forget_all()
        assert [await kept.of("a", reads), await other.of("a", reads)] == [2, 3]

    asyncio.run(run())
