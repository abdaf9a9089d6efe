"""One step of each method, for exact numbers and for floats alike.

Memory is what a method carries from step to step: the velocity, the running means.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

Method = Literal["gradient", "momentum", "nesterov", "rmsprop", "adam", "newton"]
METHODS: tuple[Method, ...] = get_args(Method)
Vector = tuple[Any, ...]
Memory = tuple[Vector, ...]

DECAY = 0.9  # of RMSProp's mean of squares
SLOW_DECAY = 0.999  # of Adam's
TINY = 1e-8  # added below the line, so that nothing is divided by zero


@dataclass(frozen=True, slots=True)
class Step:
    """How a step is made: numbers, and the functions of one kind of number.

    sign:    1 to go down, -1 to go up.
    slope:   the gradient at a point.
    newton:  the gradient divided by the Hessian.
    length:  of a vector.
    project: the nearest point of the region.
    """

    method: Method
    rate: Any
    momentum: Any
    clip: Any
    sign: int
    slope: Callable[[Vector], Vector]
    newton: Callable[[Vector], Vector]
    length: Callable[[Vector], Any]
    project: Callable[[Vector], Vector]


def step(how: Step, at: Vector, memory: Memory) -> tuple[Vector, Memory]:
    """Return the next point, and what the method remembers. Raises what the functions raise."""
    return _STEPS[how.method](how, at, memory)


def downhill(how: Step, at: Vector) -> Vector:
    """Return the gradient against which the step goes: turned for ascent, clipped where that is asked for."""
    slope = tuple(how.sign * each for each in how.slope(at))
    if how.clip is None:
        return slope
    length = how.length(slope)
    return tuple(each * how.clip / length for each in slope) if length > how.clip else slope


def _plus(at: Vector, factor: Any, way: Vector) -> Vector:  # noqa: ANN401 - a number of either kind
    return tuple(a + factor * b for a, b in zip(at, way, strict=True))


def _gradient(how: Step, at: Vector, memory: Memory) -> tuple[Vector, Memory]:
    return how.project(_plus(at, -how.rate, downhill(how, at))), memory


def _newton(how: Step, at: Vector, memory: Memory) -> tuple[Vector, Memory]:
    return how.project(_plus(at, -how.rate, how.newton(at))), memory


def _momentum(how: Step, at: Vector, memory: Memory) -> tuple[Vector, Memory]:
    return _with_velocity(how, at, memory, at)


def _nesterov(how: Step, at: Vector, memory: Memory) -> tuple[Vector, Memory]:
    velocity = memory[0] if memory else tuple(0 for _ in at)
    return _with_velocity(how, at, memory, _plus(at, how.momentum, velocity))


def _with_velocity(how: Step, at: Vector, memory: Memory, look: Vector) -> tuple[Vector, Memory]:
    """Step with the velocity kept from the steps before; the gradient is taken at `look`."""
    velocity = memory[0] if memory else tuple(0 for _ in at)
    slope = downhill(how, look)
    target = how.project(
        tuple(a + how.momentum * v - how.rate * g for a, v, g in zip(at, velocity, slope, strict=True))
    )
    # What a projection took away is no velocity any more.
    return target, (tuple(b - a for a, b in zip(at, target, strict=True)),)


def _rmsprop(how: Step, at: Vector, memory: Memory) -> tuple[Vector, Memory]:
    slope = downhill(how, at)
    squares = _mean(memory[0] if memory else (0.0,) * len(at), [each * each for each in slope], DECAY)
    scaled = tuple(g / (s**0.5 + TINY) for g, s in zip(slope, squares, strict=True))
    return how.project(_plus(at, -how.rate, scaled)), (squares,)


def _adam(how: Step, at: Vector, memory: Memory) -> tuple[Vector, Memory]:
    zero = (0.0,) * len(at)
    first, second, (count,) = memory or (zero, zero, (0,))
    slope = downhill(how, at)
    first = _mean(first, slope, how.momentum)
    second = _mean(second, [each * each for each in slope], SLOW_DECAY)
    # Both means start at zero and are too small at first; these factors make up for it.
    one, other = 1 - how.momentum ** (count + 1), 1 - SLOW_DECAY ** (count + 1)
    scaled = tuple((m / one) / ((s / other) ** 0.5 + TINY) for m, s in zip(first, second, strict=True))
    return how.project(_plus(at, -how.rate, scaled)), (first, second, (count + 1,))


def _mean(before: Vector, now: Sequence[Any], decay: float) -> Vector:
    return tuple(decay * a + (1 - decay) * b for a, b in zip(before, now, strict=True))


_STEPS: dict[Method, Callable[[Step, Vector, Memory], tuple[Vector, Memory]]] = {
    "gradient": _gradient,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "rmsprop": _rmsprop,
    "adam": _adam,
    "newton": _newton,
}
