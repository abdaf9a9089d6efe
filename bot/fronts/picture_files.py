"""Pictures written to a folder, for fronts that cannot show them."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from engine.values import Picture

KEPT = 200


def write(pictures: Iterable[Picture], folder: Path, command: str) -> list[Path]:
    """Write pictures as new files and return their paths; the newest 200 files of the folder are kept.

    Names start with the moment, so that they sort; none is ever overwritten.
    """
    written = []
    for picture in pictures:
        folder.mkdir(parents=True, exist_ok=True)
        moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
        path = folder / f"{moment}-{command.replace(' ', '-')}-{picture.name}"
        with path.open("xb") as file:
            file.write(picture.content)
        written.append(path)
    if written:
        for old in sorted(folder.glob("2*-*.png"))[:-KEPT]:
            old.unlink(missing_ok=True)
    return written
