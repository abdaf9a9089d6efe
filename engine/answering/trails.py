"""What to draw of a descent: the path on the contour map, and the values of f from step to step."""

from dataclasses import replace

import numpy as np

from engine.answering import plots
from engine.answering.answer import Drawing
from engine.answering.descents import Descent
from engine.pictures.contour import ContourMap
from engine.pictures.curve import Curve
from engine.spelling import numbers

_FAR = 4.0


def draw(found: Descent) -> tuple[Drawing, ...]:
    """Return the path on the map of two variables, and the values where two or more were taken."""
    return (*_map(found), *_values(found))


def _map(found: Descent) -> tuple[Drawing, ...]:
    if len(found.scalar.names) != 2:
        return ()
    path = [(at[0], at[1]) for at in found.shown.path]
    window = plots.window_for(found.scalar, _near(path))
    (drawing,) = plots.draw(found.scalar, found.partials, window=window)
    if not isinstance(drawing.of, ContourMap):
        return ()
    first, last = (_listed(each) for each in (path[0], path[-1]))
    said = f"{drawing.alt} The path of {len(path) - 1} steps leads from ({first}) to ({last})."
    return (Drawing(drawing.name, said, replace(drawing.of, trail=tuple(path))),)


def _near(path: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points of the path up to where it flies off, so that the map still shows where it began."""
    reach = _FAR * (1 + max(max(map(abs, each)) for each in path[:2]))
    count = next((i for i, each in enumerate(path) if max(map(abs, each)) > reach), len(path))
    return path[: max(count, 2)]


def _values(found: Descent) -> tuple[Drawing, ...]:
    values = np.array(found.shown.values)
    if len(values) < 2:
        return ()
    name = found.scalar.read.name
    title = f"{name} after each step"
    steps = np.arange(len(values), dtype=float)
    ends = " and ".join(f"{numbers.decimal(float(values[i]), 5)} after step {i}" for i in (0, len(values) - 1))
    return (Drawing("values.png", f"{title}: {ends}.", Curve("step", steps, values, title=title)),)


def _listed(values: tuple[float, ...]) -> str:
    return ", ".join(numbers.decimal(each, 5) for each in values)
