from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.query_dataset import Dataset
from kg.release import Home, publish
from server.limits import Limits
from server.problems import Problem
from server.releases.served_release import ServedRelease
from server.workers.engine import ClientGoneError, Engine, EngineRequest
from tests.release.content import ARTICLE_GRAPH, content
from tests.server.queries import RUNAWAYS, rows


def engaged(home: Path, steps: Callable[[Engine], Awaitable[None]], **limits: float) -> None:
    async def main() -> None:
        values = {"workers": 2, "spares": 0, **limits}
        engine = Engine(ServedRelease(Home(home)), Limits(**values))  # type: ignore[arg-type]
        engine.pool.follow(str((await engine.release(None)).path))
        await engine.start()
        try:
            async with asyncio.timeout(120):
                await steps(engine)
        finally:
            await engine.close()

    asyncio.run(main())


async def asked(engine: Engine, query: str | None, **more: object) -> bytes | None:
    request = EngineRequest(release=await engine.release(None), client="192.0.2.1", query=query, **more)  # type: ignore[arg-type]
    async with engine.answer(request) as answer:
        return answer.whole


def test_queries_and_graphs_are_answered(home: Path) -> None:
    async def steps(engine: Engine) -> None:
        assert await asked(engine, "ASK {}", format="json") == b'{"head":{},"boolean":true}'
        claims = "SELECT (COUNT(*) AS ?n) { ?c a cx:Claim }"
        assert await asked(engine, claims, dataset=Dataset((ARTICLE_GRAPH,)), format="csv") == b"n\r\n3\r\n"
        triples = await asked(engine, None, graph=ARTICLE_GRAPH, format="nt")
        assert triples is not None
        assert triples.count(b" .\n") == 21

    engaged(home, steps)


def test_a_hint_comes_with_an_answer_that_is_whole(home: Path) -> None:
    async def steps(engine: Engine) -> None:
        release = await engine.release(None)
        for query, hint in (("SELECT ?c { ?c a cx:Claim }", True), ("ASK {}", False)):
            async with engine.answer(EngineRequest(release=release, client="", query=query)) as answer:
                assert (answer.hint is not None) is hint

    engaged(home, steps)


def test_a_long_answer_comes_in_parts(home: Path) -> None:
    async def steps(engine: Engine) -> None:
        request = EngineRequest(release=await engine.release(None), client="", query=rows(5000), format="csv")
        async with engine.answer(request) as answer:
            assert answer.whole is None
            assert answer.hint is None
            content = b"".join([chunk async for chunk in answer.spool.chunks()])
        assert content.count(b"\n") == 5001

    engaged(home, steps, buffer=1000)


def test_a_client_that_goes_ends_its_query(larger: Path) -> None:
    async def steps(engine: Engine) -> None:
        used: list[float] = []

        async def gone() -> None:
            while not engine.pool.slow:
                await asyncio.sleep(0.01)

        request = EngineRequest(release=await engine.release(None), client="", query=RUNAWAYS["cartesian count"])
        with pytest.raises(ClientGoneError):
            async with engine.answer(request, gone, used.append):
                pass
        while engine.pool.running:
            await asyncio.sleep(0.01)
        assert len(used) == 1

    engaged(larger, steps)


def test_a_query_that_is_too_long_or_too_much_is_a_problem(home: Path) -> None:
    async def steps(engine: Engine) -> None:
        with pytest.raises(Problem, match="101 bytes long, more than 100"):
            await asked(engine, "ASK {}".ljust(101))
        # Bytes count, not characters.
        with pytest.raises(Problem, match="bytes long, more than 100"):
            await asked(engine, "ASK {} #" + "é" * 50)
        assert await asked(engine, "ASK {}".ljust(100)) is not None

    engaged(home, steps, query_length=100)


def test_the_time_of_a_client_is_the_limit_at_most(larger: Path) -> None:
    async def steps(engine: Engine) -> None:
        for seconds in (None, 1000.0, 0.5):
            with pytest.raises(Problem, match=r"ended after 0\.5 seconds"):
                await asked(engine, f"{RUNAWAYS['cartesian count']} # {seconds}", seconds=seconds)

    engaged(larger, steps, time=0.5)


def test_releases_are_found_by_their_beginning(tmp_path: Path) -> None:
    home = Home(tmp_path)
    older, newer = publish(home, content(1)), publish(home, content(2))

    async def steps(engine: Engine) -> None:
        assert (await engine.release(None)).id == newer.id
        assert (await engine.release(older.id)).id == older.id
        with pytest.raises(Problem, match="there is no release 'zz' here"):
            await engine.release("zz")

    engaged(tmp_path, steps)


def test_without_a_release_there_is_nothing_to_ask(tmp_path: Path) -> None:
    async def main() -> None:
        with pytest.raises(UsageError, match="run kg build"):
            await Engine(ServedRelease(Home(tmp_path)), Limits()).release(None)

    asyncio.run(main())
