"""Pictures and files written to a folder, for fronts that cannot show them."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.talk import File
from engine.values import Picture

KEPT = 200
_KINDS = (".png", ".gif")
_OURS = re.compile(r"\d{8}-\d{6}-\d{6}-")


def write(pictures: Iterable[Picture | File], folder: Path, command: str) -> list[Path]:
    """Write pictures or files as new files and return their paths; none is ever overwritten.

    Names start with the moment, so that they sort.
    """
    written = []
    for picture in pictures:
        folder.mkdir(parents=True, exist_ok=True)
        moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
        path = folder / f"{moment}-{command.replace(' ', '-')}-{picture.name}"
        with path.open("xb") as file:
            file.write(picture.content)
        written.append(path)
    return written


def forget_oldest(folder: Path) -> None:
    """Delete all but the newest 200 of the pictures that `write` made in a folder of Nabla's own."""
    ours = sorted(each for each in folder.glob("*.*") if each.suffix in _KINDS and _OURS.match(each.name))
    for old in ours[:-KEPT]:
        old.unlink(missing_ok=True)
