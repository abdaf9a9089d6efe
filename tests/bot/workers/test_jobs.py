import json
import os

import pytest
from structlog.testing import capture_logs

from bot.workers import LocalWorkers, Result
from engine.errors import Failed, NotInDomain, TooLarge


async def test_a_job_gives_its_value(workers: LocalWorkers) -> None:
    given = {"f": "x² + ∂", "n": 3, "at": [1, 2.5, None], "deep": {"er": True}}
    assert await workers.run("echo", given, learner="ann") == Result(given)


async def test_a_job_gives_its_pictures(workers: LocalWorkers) -> None:
    answer = await workers.run("pictures", {"count": 8, "size": 1_000_000}, learner="ann")
    assert answer.blobs == tuple(bytes([n]) * 1_000_000 for n in range(8))


async def test_a_job_runs_in_another_process(workers: LocalWorkers) -> None:
    assert (await workers.run("pid", {}, learner="ann")).value["pid"] != os.getpid()


async def test_a_job_knows_the_soft_end_of_its_time(workers: LocalWorkers) -> None:
    left = (await workers.run("budget", {}, learner="ann", deadline=8.0)).value["left"]
    assert 0 < left <= 0.7 * 8.0


async def test_a_refusal_comes_back_whole(workers: LocalWorkers) -> None:
    with pytest.raises(NotInDomain, match="no gradient here") as caught:
        await workers.run("refuse", {"message": "no gradient here"}, learner="ann")
    assert (caught.value.option, caught.value.span, caught.value.suggestions) == ("at", (0, 2), ("1, 2",))


async def test_an_error_in_a_job_is_said_without_its_text(workers: LocalWorkers) -> None:
    with pytest.raises(Failed) as caught:
        await workers.run("fail", {"text": "secret x^2"}, learner="ann")
    assert "secret" not in caught.value.message


async def test_the_learners_words_are_logged_for_debugging_only(workers: LocalWorkers) -> None:
    with capture_logs() as logs, pytest.raises(Failed):
        await workers.run("fail", {"text": "secret x^2"}, learner="ann")
    assert {each["log_level"] for each in logs if "secret" in json.dumps(each)} == {"debug"}


async def test_the_place_of_an_error_is_logged(workers: LocalWorkers) -> None:
    with capture_logs() as logs, pytest.raises(Failed):
        await workers.run("fail", {"text": ""}, learner="ann")
    found = [each for each in logs if each["log_level"] == "error"]
    assert found[0]["error"] == "RuntimeError"
    assert any("hostile_desk.py" in place for place in found[0]["places"])


async def test_arguments_that_are_too_large_are_refused_before_a_worker_is_asked(workers: LocalWorkers) -> None:
    with pytest.raises(TooLarge):
        await workers.run("echo", {"text": "x" * 1_000_001}, learner="ann")
    assert workers.report().busy == 0


async def test_what_a_job_prints_goes_nowhere(workers: LocalWorkers, capfd: pytest.CaptureFixture[str]) -> None:
    assert (await workers.run("say_much", {}, learner="ann")).value == {"said": True}
    assert capfd.readouterr().out == ""


async def test_workers_do_not_share_their_chance(workers: LocalWorkers) -> None:
    first = await workers.run("chance", {}, learner="ann")
    await workers.run("leave_a_thread", {}, learner="ann")
    assert first != await workers.run("chance", {}, learner="ann")
