import multiprocessing
import statistics
import time
from concurrent.futures import ProcessPoolExecutor

from bot.workers import Limits, LocalWorkers

ROUNDS = 1000
GIVEN: dict[str, object] = {"f": "x^2 + y^2" * 40, "at": [1.0, 2.0]}


def echo(given: dict[str, object]) -> dict[str, object]:
    return given


def spread(seconds: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile in microseconds."""
    return statistics.median(seconds) * 1e6, statistics.quantiles(seconds, n=20)[-1] * 1e6


async def test_a_round_trip_costs_little_beside_the_standard_pool() -> None:
    workers = LocalWorkers(2, 10.0, limits=Limits(None, None, None), desk="tests.bot.workers.hostile_desk")
    await workers.start()
    ours = []
    for turn in range(ROUNDS + 100):
        began = time.perf_counter()
        await workers.run("echo", GIVEN, learner="ann")
        if turn >= 100:
            ours.append(time.perf_counter() - began)
    await workers.close()
    theirs = []
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        for turn in range(ROUNDS + 100):
            began = time.perf_counter()
            pool.submit(echo, GIVEN).result()
            if turn >= 100:
                theirs.append(time.perf_counter() - began)
    (half, most), (their_half, their_most) = spread(ours), spread(theirs)
    print(
        f"\necho round trip, us: workers p50 {half:.0f} p95 {most:.0f}; "
        f"ProcessPoolExecutor p50 {their_half:.0f} p95 {their_most:.0f}"
    )
    assert half <= 20 * their_half
