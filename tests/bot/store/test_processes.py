import random
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest


def test_two_processes_recording_at_once_lose_nothing(recording: Callable[..., list[str]], file: Path) -> None:
    children = [
        subprocess.Popen(recording(name, 20), stdout=subprocess.PIPE, text=True) for name in ("discord", "terminal")
    ]
    confirmed = [line for child in children for line in child.communicate()[0].split()]
    assert [child.returncode for child in children] == [0, 0]
    assert len(confirmed) == 2 * 4 * 20
    assert stored(file) == sorted(confirmed)


@pytest.mark.slow
def test_a_process_killed_while_recording_loses_no_confirmed_attempt(
    recording: Callable[..., list[str]], file: Path
) -> None:
    moments = random.Random(20)  # noqa: S311 - the same moments in every run
    confirmed: list[str] = []
    for round_ in range(20):
        with subprocess.Popen(recording(f"round-{round_}", 10_000), stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            confirmed.append(child.stdout.readline().strip())
            time.sleep(moments.random() * 0.2)
            child.kill()
            confirmed += child.stdout.read().split()
        assert child.returncode == -9
        assert sound(file)
    assert len(confirmed) > 20
    assert set(confirmed) <= set(stored(file))
    assert len(stored(file)) == len(set(stored(file)))


def stored(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [call_id for (call_id,) in connection.execute("SELECT call_id FROM attempt ORDER BY call_id")]


def sound(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        counts = "SELECT count(*) FROM attempt WHERE exercise_id = exercise.id"
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and connection.execute("PRAGMA foreign_key_check").fetchall() == []
            and connection.execute(f"SELECT * FROM exercise WHERE tries <> ({counts})").fetchall() == []  # noqa: S608 - no text from outside
        )
