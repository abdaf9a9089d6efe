"""What to draw of a descent: the path on the contour map, and the values of f from step to step."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.answering import plots
from engine.answering.answer import Drawing
from engine.answering.descents import Descent
from engine.answering.place import decimal
from engine.pictures.animation import Animation
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
    return _moving([found], [f"from ({_listed(found.shown.path[0])})"])


def draw_together(runs: Sequence[Descent], names: Sequence[str]) -> tuple[Drawing, ...]:
    """Return the paths of one function of two variables on one map, each with its number and its name."""
    if len(runs[0].scalar.names) != 2:
        return ()
    return _moving(runs, [f"{number}: {name}" for number, name in enumerate(names, 1)])


def _moving(runs: Sequence[Descent], names: Sequence[str]) -> tuple[Drawing, ...]:
    paths = [[(at[0], at[1]) for at in each.shown.path] for each in runs]
    # What flies off is cut at the edge of a map of those that do not.
    away = [each.verdict == "diverges" for each in runs]
    kept = [path[:2] if gone and not all(away) else _near(path) for path, gone in zip(paths, away, strict=True)]
    window = plots.window_for(runs[0].scalar, [at for path in kept for at in path])
    (drawing,) = plots.draw(runs[0].scalar, runs[0].partials, window=window)
    if not isinstance(drawing.of, ContourMap):
        return ()
    said = [drawing.alt]
    for number, (found, path) in enumerate(zip(runs, paths, strict=True), 1):
        which = f"Path {number}" if len(runs) > 1 else "The path"
        first, last = (_listed(each) for each in (path[0], path[-1]))
        at = "" if len(runs) == 1 else f" at rate {numbers.decimal(decimal(found.numbers.rate), 4)}"
        said.append(f"{which} of {len(path) - 1} steps{at} leads from ({first}) to ({last}): {found.verdict}.")
    chart = replace(drawing.of, routes=tuple(names))
    return (Drawing("descent.gif", " ".join(said), Animation(chart, tuple(map(tuple, paths)))),)


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
