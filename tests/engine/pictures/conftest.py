import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread
from numpy.typing import NDArray

from engine.pictures.contour import ContourMap, field_grid, height_grid
from engine.pictures.sheet import Window
from engine.pictures.words import Word

Function = Callable[[Any, Any], Any]


@pytest.fixture
def pixels() -> Callable[[bytes], NDArray[np.int64]]:
    def decode(picture: bytes) -> NDArray[np.int64]:
        shares = np.asarray(imread(io.BytesIO(picture), format="png"))[:, :, :3]
        whole: NDArray[np.int64] = np.rint(shares * 255).astype(np.int64)
        return whole

    return decode


@pytest.fixture
def colour() -> Callable[[str], tuple[int, int, int]]:
    def parts(name: str) -> tuple[int, int, int]:
        return int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)

    return parts


@pytest.fixture
def chart() -> Callable[..., ContourMap]:
    """Make a map from a function; its gradient by central differences."""

    def make(f: Function, window: Window = ((-4.0, 4.0), (-4.0, 4.0)), **given: Any) -> ContourMap:
        with np.errstate(all="ignore"):
            x, y = height_grid(window)
            u, v = field_grid(window)
            h = 1e-5 * (window[0][1] - window[0][0])
            k = 1e-5 * (window[1][1] - window[1][0])
            heights = np.asarray(f(x, y) + 0 * x, dtype=float)
            flow = ((f(u + h, v) - f(u - h, v)) / (2 * h) + 0 * u, (f(u, v + k) - f(u, v - k)) / (2 * k) + 0 * u)
        return replace(ContourMap(("x", "y"), window, heights, flow), **given)

    return make


@pytest.fixture
def bowl(chart: Callable[..., ContourMap]) -> ContourMap:
    return chart(lambda x, y: x * x + y * y, point=(1.0, 2.0), arrow=(2.0, 4.0))


@pytest.fixture
def named() -> Callable[[Figure, str], list[Any]]:
    """Find what is drawn under a name."""

    def find(figure: Figure, name: str) -> list[Any]:
        return figure.findobj(lambda artist: artist.get_gid() == name)

    return find


@pytest.fixture
def words() -> Callable[[Figure], list[str]]:
    def read(figure: Figure) -> list[str]:
        return [artist.text for artist in figure.artists if isinstance(artist, Word)]

    return read
