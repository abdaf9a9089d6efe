import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.lock import WriteLock, locked

HOLD = """
import sys, time
from pathlib import Path
from bot.store.lock import locked
with locked(Path(sys.argv[1]), 1.0):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "nabla.db"


def test_a_lock_is_held_by_one(place: Path) -> None:
    first, second = WriteLock(place), WriteLock(place)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_waiting_for_a_lock_ends(place: Path) -> None:
    with locked(place, 1.0), pytest.raises(TimeoutError), locked(place, 0.05):
        pass


def test_a_lock_ends_with_the_process_that_held_it(place: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(place)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        assert not WriteLock(place).take()
        child.kill()
    with locked(place, 10.0):
        pass


def test_a_lock_given_back_is_free_though_a_child_process_inherited_it(place: Path) -> None:
    lock, other = WriteLock(place), WriteLock(place)
    assert lock.take()
    assert lock._held is not None
    with subprocess.Popen(["sleep", "600"], pass_fds=[lock._held]) as child:
        lock.release()
        assert other.take()
        child.kill()
    other.release()
