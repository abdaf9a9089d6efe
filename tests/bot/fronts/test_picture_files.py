"""Pictures in a folder of Nabla's own."""

from pathlib import Path

import pytest

from bot.fronts.picture_files import KEPT, forget_oldest, write
from engine.values import Picture


@pytest.mark.parametrize("kind", ["png", "gif"])
def test_only_the_newest_pictures_are_kept(tmp_path: Path, kind: str) -> None:
    paths = write([Picture(f"one.{kind}", "", b"x")] * (KEPT + 3), tmp_path, "descent")
    forget_oldest(tmp_path)
    assert sorted(tmp_path.iterdir()) == paths[3:]


def test_a_gif_of_somebody_else_stays(tmp_path: Path) -> None:
    mine = tmp_path / "holiday.gif"
    mine.write_bytes(b"mine")
    write([Picture("one.gif", "", b"x")] * (KEPT + 3), tmp_path, "descent")
    forget_oldest(tmp_path)
    assert mine.exists()
