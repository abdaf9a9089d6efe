"""A page as a picture: drawn by a browser without a window, cut to size, in few colours."""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

LARGEST = 150_000

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-lcd-text",
    "--font-render-hinting=none", "--force-color-profile=srgb",
)  # fmt: skip
_SCALE = 1.5
_TALLEST = 3400
_OUTSIDE = (255, 0, 255)
_COLOURS = (256, 192, 128, 96, 64, 48, 32)


def browser() -> str | None:
    """Return the browser of this computer, or None."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def draw(program: str, html: str, width: int) -> bytes:
    """Return a page as a PNG of at most 150 KB; refuses (RuntimeError) a page that cannot be drawn so."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(html, "utf-8")
        command = (
            program, *_FLAGS, f"--user-data-dir={folder / 'profile'}", f"--force-device-scale-factor={_SCALE}",
            f"--window-size={max(width, 500) + 100},{_TALLEST}", f"--screenshot={folder / 'page.png'}",
            (folder / "page.html").as_uri(),
        )  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if not (folder / "page.png").exists():
            raise RuntimeError(f"The browser drew nothing:\n{done.stderr[-2000:]}")
        with Image.open(folder / "page.png") as image:
            return _small(_cut(image.convert("RGB")))


def _cut(image: Image.Image) -> Image.Image:
    """Return the page without what is outside of it."""
    box = ImageChops.difference(image, Image.new("RGB", image.size, _OUTSIDE)).getbbox()
    if box is None or box[3] >= image.height - 1:
        raise RuntimeError("The page is empty or too tall to be drawn.")
    return image.crop(box)


def _small(image: Image.Image) -> bytes:
    for colours in _COLOURS:
        held = io.BytesIO()
        few = image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(held, "PNG", optimize=True)
        if held.tell() <= LARGEST:
            return held.getvalue()
    raise RuntimeError(f"The picture takes {held.tell():,} bytes even in {_COLOURS[-1]} colours.")
