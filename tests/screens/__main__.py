"""Draw the conversations of docs/conversations.md from real replies."""

import argparse
import asyncio
from pathlib import Path

from tests.screens.conversations import BOTH, play_all
from tests.screens.draw import browser, draw

_ROOT = Path(__file__).parents[2]
_SHOWN = _ROOT / "docs" / "screens"
_ALL = _ROOT / "build" / "screens"


def main() -> int:
    """Draw them and return the exit status; nothing is written unless all of it went as intended and is drawn."""
    reader = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    reader.add_argument("--every", action="store_true", help="each in both themes, into build/screens, to look at")
    every = reader.parse_args().every
    program = browser()
    if program is None:
        print("There is no chromium here, so nothing is drawn; on Debian: apt-get install chromium")
        return 1
    drawn = {}
    for theme in BOTH:
        for each in asyncio.run(play_all(theme)):
            if each.outcomes != each.conversation.outcomes:
                print(f"Nothing is drawn, since {each.conversation.name} went otherwise: {', '.join(each.outcomes)}")
                return 1
            if every or theme in each.conversation.themes:
                drawn[f"{each.conversation.name}-{theme}.png"] = draw(program, each.html, each.conversation.width)
    _write(drawn, _ALL if every else _SHOWN)
    return 0


def _write(drawn: dict[str, bytes], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        if old.name not in drawn:
            old.unlink()
    for name, content in drawn.items():
        (folder / name).write_bytes(content)
        print(f"{name}  {len(content):,} bytes")
    print(f"{len(drawn)} pictures in {folder.relative_to(_ROOT)}")


if __name__ == "__main__":
    raise SystemExit(main())
