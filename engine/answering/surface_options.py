"""How a surface is looked at, and the command lines that look at it from elsewhere."""

import math
from collections.abc import Sequence

from engine.errors import WrongUsage
from engine.reading import Expression, Point, Window

Range = tuple[float, float]
TILT = {"surface": 30.0, "above": 60.0}
_TURN = 30.0
_STEP = 45.0
_LONGEST = 20


def turn_of(text: str | None) -> float:
    """Return how far a surface is turned, in degrees from 0 to 360; the usual turn without a text.

    Refuses (WrongUsage, at the option `turn`) what is no number of degrees.
    """
    if text is None:
        return _TURN
    try:
        degrees = float(text.strip().removesuffix("°")) if len(text) <= _LONGEST else math.nan
    except ValueError:
        degrees = math.nan
    if not math.isfinite(degrees):
        said = "turn is a number of degrees, counter-clockwise."
        raise WrongUsage(said, option="turn", span=(0, len(text)), suggestions=("turn=30",))
    return degrees % 360


def continued(
    f: Expression,
    at: Point | None,
    window: Window | None,
    ranges: Sequence[tuple[str, Range]],
    view: str,
    turn: float,
    point: Sequence[float] | None = None,
) -> tuple[str, ...]:
    """Return the command lines that go on from a view of a function of two variables; none for one variable.

    From the map to the surface; from the surface back, turned to either side, nearer, farther, and from
    above or from the side. point: the place in the middle when it goes nearer, if it is in the window.
    """
    if len(ranges) != 2:
        return ()
    begin = f"/plot f={_kept(f.text)}" + ("" if at is None else f" at={_kept(at.text)}")
    here = "" if window is None else f" window={_kept(window.text)}"
    if view not in TILT:
        return (f"{begin}{here} view=surface",)
    other = "above" if view == "surface" else "surface"
    turned = [f"{begin}{here} view={view} turn={(turn + step) % 360:g}" for step in (_STEP, -_STEP)]
    zoomed = [
        f"{begin} window={wanted} view={view} turn={turn:g}"
        for share in (0.5, 2.0)
        if (wanted := _zoomed(ranges, share, point if share < 1 else None))
    ]
    return (*turned, *zoomed, f"{begin}{here} view={other} turn={turn:g}")


def _kept(text: str) -> str:
    """Return an option's value, in quotes where a part of it could look like an option."""
    return f'"{text}"' if "=" in text and '"' not in text else text


def _zoomed(ranges: Sequence[tuple[str, Range]], share: float, point: Sequence[float] | None) -> str:
    """Return a window with a share of the sides, round a point of it or its middle.

    Nothing where its numbers are not plain.
    """
    found = []
    places = [None] * len(ranges) if point is None else point
    for (name, (low, high)), place in zip(ranges, places, strict=True):
        half = share * (high - low) / 2
        middle = place if place is not None and low <= place <= high else (low + high) / 2
        found.append(f"{name}={middle - half:.6g}..{middle + half:.6g}")
    whole = ", ".join(found)
    return "" if "e+" in whole or "e-" in whole else f'"{whole}"'
