"""`nabla ask` as the contract has it, as a real process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Object = dict[str, Any]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
KEYS = {"id", "command", "outcome", "text", "data", "pictures", "actions", "refusal", "seconds"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `nabla ask` with arguments and standard input, its data in a folder of its own."""
    data = tmp_path_factory.mktemp("ask")

    def one(*arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {"NABLA_DATA": str(data), "NABLA_WORKERS": "2", "NABLA_DEADLINE": "10"}
        return subprocess.run(
            [sys.executable, "-m", "bot", "ask", *arguments],
            input=given,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=50,
            check=False,
        )

    return one


def calls(run: Run, *given: Object | str) -> list[Object]:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in given]
    answered = [json.loads(line) for line in run("--json", "-", given="\n".join(lines) + "\n").stdout.splitlines()]
    assert len(answered) == len(lines)
    return answered


def test_one_line_is_answered_as_plain_text(run: Run) -> None:
    done = run("/grad f=x^2+y^2 at=1,2")
    assert "∇f(x, y) = (2x, 2y)" in done.stdout
    assert "∇f(1, 2) = (2, 4)" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_one_line_is_answered_as_one_object_with_all_keys(run: Run) -> None:
    done = run("--json", "/grad f=x^2+y^2 at=1,2")
    (answered,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert set(answered) == KEYS
    assert answered["data"]["gradient_at"] == ["2", "4"]
    assert answered["pictures"] == []
    assert answered["refusal"] is None


def test_a_refusal_has_its_place_and_the_exit_status_1(run: Run) -> None:
    done = run("--json", "/grad f=x^2 + y)")
    answered = json.loads(done.stdout)
    assert set(answered) == KEYS
    assert answered["outcome"] == "refused"
    assert (answered["refusal"]["option"], answered["refusal"]["span"]) == ("f", [7, 8])
    assert done.returncode == 1


@pytest.mark.parametrize("line", ["/nonsense", "hello"])
def test_wrong_usage_is_a_refusal(run: Run, line: str) -> None:
    assert run("--json", line).returncode == 1


def test_pictures_are_drawn_only_where_they_are_wanted(run: Run, tmp_path: Path) -> None:
    answered = json.loads(run("--json", "--pictures", str(tmp_path), "/grad f=x^2+y^2 at=1,2").stdout)
    for picture in answered["pictures"]:
        assert Path(picture["path"]).read_bytes().startswith(b"\x89PNG")
        assert picture["alt"]
    assert [picture["name"] for picture in answered["pictures"]] == ["formulas.png", "contour.png"]


def test_many_calls_are_answered_in_order_with_their_ids(run: Run) -> None:
    answered = calls(run, *({"command": "grad", "options": {"f": f"{n}x"}, "id": f"n{n}"} for n in range(2, 30)))
    assert [each["id"] for each in answered] == [f"n{n}" for n in range(2, 30)]
    assert [each["data"]["gradient"] for each in answered] == [[str(n)] for n in range(2, 30)]


def test_lines_and_objects_may_be_mixed(run: Run) -> None:
    line, whole = calls(run, "/grad f=x^2", {"command": "grad", "options": {"f": "f=x^2 at=3"}})
    assert line["data"]["gradient"] == ["2*x"]
    assert whole["data"]["gradient_at"] == ["6"]


def test_a_learners_calls_run_in_order(run: Run) -> None:
    posed, wrong, right, progress = calls(
        run,
        {"command": "practice", "options": {"seed": "7"}, "as": "ann"},
        {"command": "answer", "options": {"value": "(3, 4)"}, "as": "ann"},
        {"command": "answer", "options": {"value": "(3, -12)"}, "as": "ann"},
        {"command": "progress", "as": "ann"},
    )
    assert posed["data"]["statement"].startswith("f(x, y) = ")
    assert (wrong["data"]["verdict"], right["data"]["verdict"]) == ("wrong", "right")
    assert (progress["data"]["attempts"], progress["data"]["right"]) == (2, 1)


def test_one_delivery_acts_once_in_later_runs_too(run: Run) -> None:
    calls(run, {"command": "practice", "options": {"seed": "7"}, "as": "bob", "id": "p"})
    answer = {"command": "answer", "options": {"value": "(3, -12)"}, "as": "bob", "id": "a"}
    first, again = calls(run, answer, answer)
    (later,) = calls(run, answer)
    assert first["data"]["verdict"] == again["data"]["verdict"] == later["data"]["verdict"] == "right"
    assert calls(run, {"command": "progress", "as": "bob"})[0]["data"]["attempts"] == 1


def test_what_is_no_call_is_refused_and_the_next_is_answered(run: Run) -> None:
    broken = [
        '{"command": 3}',
        '{"options": {}}',
        '{"command": "grad", "options": {"f": 3}}',
        '{"command": "grad", "options": []}',
        '{"command": "grad", "role": "king"}',
        '{"command": "grad", "id": ""}',
        '{"command": "grad"',
        "[" * 20_000,
        '{"a":' * 10_000,
        "\x00\x01",
        "/grad",
        "/grad at=1",
    ]
    *refused, answered = calls(run, *broken, {"command": "grad", "options": {"f": "x^2"}})
    for each in refused:
        assert set(each) == KEYS
        assert each["outcome"] == "refused"
    assert answered["outcome"] == "answered"


def test_hostile_lines_are_refused_at_once_and_hurt_nobody(run: Run) -> None:
    hostile = [
        "/grad f=9^9^9^9",
        "/grad f=factorial(10^9)",
        "/grad f=" + "(" * 10_000 + "x" + ")" * 10_000,
        "/grad f=" + "x" * 5_000_000,
        "/grad f=__import__('os').system('true')",
    ]
    *refused, answered = calls(run, *hostile, "/grad f=x^2")
    for each in refused:
        assert each["outcome"] == "refused"
        assert each["seconds"] < 0.2
        assert len(each["text"]) < 2000
    assert answered["outcome"] == "answered"


def test_a_pipe_without_a_last_newline_is_read_to_its_end(run: Run) -> None:
    done = run("--json", "-", given="/grad f=x^2")
    assert json.loads(done.stdout)["outcome"] == "answered"


def test_nothing_asked_is_nothing_answered(run: Run) -> None:
    done = run("--json", "-", given="\n\n")
    assert (done.stdout, done.returncode) == ("", 0)


def test_a_text_that_is_no_unicode_is_refused(run: Run) -> None:
    (answered,) = calls(run, '{"command": "progress", "as": "\\ud800"}')
    assert answered["outcome"] == "refused"


def test_files_of_others_in_the_folder_of_pictures_stay(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "2019-holiday-photo.png"
    mine.write_bytes(b"mine")
    run("--pictures", str(tmp_path), "/grad f=x^2 at=1")
    assert mine.read_bytes() == b"mine"
    assert len(list(tmp_path.glob("*.png"))) == 3


def test_a_picture_that_moves_is_written_as_a_gif(run: Run, tmp_path: Path) -> None:
    run("--pictures", str(tmp_path), "/descent f=x^2+y^2 start=1,1 rate=0.1 steps=2")
    (path,) = tmp_path.glob("*.gif")
    assert path.read_bytes().startswith(b"GIF89a")


def test_calls_about_one_quiz_run_in_order_whoever_makes_them(run: Run) -> None:
    started, mine, sealed, stopped = calls(
        run,
        {"command": "quiz start", "options": {"rounds": "1"}, "place": "class"},
        {"command": "quiz mine", "as": "ann", "place": "class"},
        {"command": "quiz answer", "options": {"value": "(1, 2)"}, "as": "ann", "place": "class"},
        {"command": "quiz stop", "place": "class"},
    )
    assert started["outcome"] == mine["outcome"] == sealed["outcome"] == "answered"
    assert stopped["data"]["answered"] == 1


def test_wrong_usage_of_the_command_line_has_status_1(run: Run) -> None:
    assert run().returncode == 1
