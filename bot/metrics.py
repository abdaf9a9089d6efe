"""What is measured, in Prometheus's form. No label holds a learner, a place or anything typed."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.catalogue import Catalogue
from bot.store.database import Database
from bot.store.transaction import Transaction
from bot.talk import Outcome
from bot.workers import Report, Workers

OTHER = "other"

_CALL_SECONDS = (0.01, 0.03, 0.1, 0.2, 0.4, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
_STORE_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


class Metrics:
    """The numbers of one running Nabla."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._commands: frozenset[str] = frozenset()
        self._calls = Counter("nabla_calls", "Calls answered", ("command", "outcome"), registry=registry)
        self._seconds = Histogram(
            "nabla_call_seconds",
            "Time to answer a call that could be read",
            ("command",),
            buckets=_CALL_SECONDS,
            registry=registry,
        )
        self._store = Histogram(
            "nabla_store_seconds",
            "Time of a transaction, with its waiting",
            ("kind",),
            buckets=_STORE_SECONDS,
            registry=registry,
        )
        ProcessCollector(registry=registry)

    def watch(self, catalogue: Catalogue, workers: Workers) -> None:
        """Count the calls of a catalogue from now on, and tell the state of the workers."""
        self._commands = frozenset(catalogue.commands)
        catalogue.told = self._call
        self._registry.register(_OfWorkers(workers.report))

    def database(self, url: str) -> Database:
        """Return the records, each transaction timed."""
        return _Timed(url, self._store)

    def text(self) -> bytes:
        """Return all numbers of this moment in Prometheus's text form."""
        return generate_latest(self._registry)

    def _call(self, command: str, outcome: Outcome, seconds: float | None) -> None:
        name = command if command in self._commands else OTHER
        self._calls.labels(name, outcome).inc()
        if seconds is not None:
            self._seconds.labels(name).observe(seconds)


class _OfWorkers(Collector):
    """Asks the workers whenever somebody collects."""

    def __init__(self, report: Callable[[], Report]) -> None:
        self._report = report

    def collect(self) -> Iterable[CounterMetricFamily | GaugeMetricFamily]:
        report = self._report()
        yield GaugeMetricFamily("nabla_workers_ready", "Worker processes that are up", report.ready)
        yield GaugeMetricFamily("nabla_workers_busy", "Worker processes with a job", report.busy)
        yield GaugeMetricFamily("nabla_jobs_waiting", "Jobs without a process", report.waiting)
        yield CounterMetricFamily("nabla_worker_kills", "Worker processes lost to a deadline or fault", report.kills)


class _Timed(Database):
    """The records, with a clock at the door."""

    def __init__(self, url: str, seconds: Histogram) -> None:
        super().__init__(url)
        self._seconds = seconds

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        with self._seconds.labels("write").time():
            async with super().writing() as transaction:
                yield transaction

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        with self._seconds.labels("read").time():
            async with super().reading() as transaction:
                yield transaction
