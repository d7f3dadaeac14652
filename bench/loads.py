"""What servers are put through: one session rerunning, ten asking at once, fifty over a long time; first visits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median

from served import Server
from visits import Address, Rerun, Visitor, visitor

SETTLED_RUNS = 3
"""Runs of a session before its reruns count as warm."""
SAMPLES = 100
"""Moments of a soak at which memory is looked at."""


@dataclass(frozen=True)
class Weight:
    """One rerun, as the mean of a batch: CPU milliseconds of the server and payload bytes."""

    cpu_ms: float
    sent_bytes: float


async def weighed(server: Server, view: Address, reruns: int) -> Weight:
    """A warm rerun of one settled session."""
    async with settled(server, view, sessions=1) as (own,):
        before = server.settled_cpu_seconds()
        runs = [await own.rerun(view) for _ in range(reruns)]
        used = server.settled_cpu_seconds() - before
    return Weight(1000 * used / reruns, median(run.sent_bytes for run in runs))


async def first_run(server: Server, view: Address) -> Rerun:
    """The first run of a new session, with its messages."""
    async with visitor(server.port) as own:
        return await own.rerun(view, keep_messages=True)


async def reruns_per_second(server: Server, view: Address, *, sessions: int, seconds: float) -> float:
    """Reruns a second of all sessions together, each asking again as soon as it is answered."""

    async def asks(own: Visitor, until: float) -> int:
        done = 0
        while time.monotonic() < until:
            await own.rerun(view)
            done += 1
        return done

    async with settled(server, view, sessions=sessions) as all_of_them:
        started = time.monotonic()
        done = await asyncio.gather(*(asks(own, started + seconds) for own in all_of_them))
        return sum(done) / (time.monotonic() - started)


async def soaked(server: Server, views: Sequence[Address], *, sessions: int, reruns: int) -> list[float]:
    """Resident memory in bytes over ``reruns`` reruns of ``sessions`` sessions that walk through all views, one shifted against the other."""
    rounds, memory = max(1, reruns // sessions), []
    async with AsyncExitStack() as stack:
        everyone = [await stack.enter_async_context(visitor(server.port)) for _ in range(sessions)]
        for at in range(rounds):
            walks = (own.rerun(next(islice(cycle(views), at + shift, None))) for shift, own in enumerate(everyone))
            await asyncio.gather(*walks)
            if rounds <= SAMPLES or at % (rounds // SAMPLES) == 0:
                memory.append(float(server.memory_bytes()))
    return memory


@asynccontextmanager
async def settled(server: Server, view: Address, *, sessions: int) -> AsyncIterator[list[Visitor]]:
    """Sessions that have run ``view`` often enough to be warm; they end with the block."""
    async with AsyncExitStack() as stack:
        everyone = [await stack.enter_async_context(visitor(server.port)) for _ in range(sessions)]
        for _ in range(SETTLED_RUNS):
            await asyncio.gather(*(own.rerun(view) for own in everyone))
        yield everyone
