"""Metrics: what is counted, and that nobody can be seen in it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import Nabla, running
from bot.settings import Settings
from bot.talk import Call


@pytest.fixture
async def measured(tmp_path: Path) -> AsyncIterator[Nabla]:
    """Give a running Nabla that measures."""
    async with running(Settings(data=tmp_path / "data", workers=1, deadline=10.0, metrics=True)) as whole:
        yield whole


def call(command: str, learner: str = "discord:4711", **options: str) -> Call:
    return Call(f"id-{command}", command, options, learner, "discord:815")


def samples(nabla: Nabla) -> dict[tuple[str, ...], float]:
    assert nabla.metrics is not None
    return {
        (each.name, *(value for _, value in sorted(each.labels.items()))): each.value
        for family in text_string_to_metric_families(nabla.metrics.text().decode())
        for each in family.samples
    }


async def test_an_answer_is_counted_with_its_command_and_its_time(measured: Nabla) -> None:
    await measured.catalogue.handle(call("help"))
    found = samples(measured)
    assert found["nabla_calls_total", "help", "answered"] == 1
    assert found["nabla_call_seconds_count", "help"] == 1


async def test_what_is_refused_when_it_is_read_is_counted_without_a_time(measured: Nabla) -> None:
    await measured.catalogue.handle(call("grad", f="x^2 + * y"))
    found = samples(measured)
    assert found["nabla_calls_total", "grad", "refused"] == 1
    assert ("nabla_call_seconds_count", "grad") not in found


async def test_what_is_refused_while_it_is_answered_is_counted_once(measured: Nabla) -> None:
    await measured.catalogue.handle(call("answer", value="(1, 2)"))
    found = samples(measured)
    assert found["nabla_calls_total", "answer", "refused"] == 1
    assert found["nabla_call_seconds_count", "answer"] == 1


async def test_unknown_commands_are_all_others(measured: Nabla) -> None:
    for name in ("nonsense", "", "x" * 500):
        await measured.catalogue.handle(call(name))
    found = samples(measured)
    assert found["nabla_calls_total", "other", "refused"] == 3
    assert not [each for each in found if "nonsense" in each]


async def test_transactions_are_timed(measured: Nabla) -> None:
    before = samples(measured).get(("nabla_store_seconds_count", "read"), 0)
    await measured.catalogue.handle(call("progress"))
    assert samples(measured)["nabla_store_seconds_count", "read"] > before


async def test_the_workers_are_told_as_they_are_now(measured: Nabla) -> None:
    assert samples(measured)["nabla_workers_busy",] == 0
    await measured.catalogue.handle(call("grad", f="x^2"))
    found = samples(measured)
    assert found["nabla_workers_ready",] >= 1
    assert found["nabla_jobs_waiting",] == 0
    assert found["nabla_worker_kills_total",] == 0


async def test_no_label_holds_a_learner_a_place_or_a_formula(measured: Nabla) -> None:
    await measured.catalogue.handle(call("grad", f="x^2 + 815"))
    await measured.catalogue.handle(call("answer", value="4711"))
    assert measured.metrics is not None
    text = measured.metrics.text().decode()
    assert set(re.findall(r'[{,](\w+)="', text)) <= {"command", "outcome", "kind", "le"}
    assert not re.search(r'"[^"]*(4711|815|discord|x\^2)[^"]*"', text)


async def test_two_nablas_in_one_process_count_for_themselves(measured: Nabla, tmp_path: Path) -> None:
    await measured.catalogue.handle(call("help"))
    async with running(Settings(data=tmp_path / "other", workers=1, metrics=True)) as other:
        assert ("nabla_calls_total", "help", "answered") not in samples(other)


async def test_nothing_is_measured_unless_asked_for(nabla: Nabla) -> None:
    assert nabla.metrics is None
