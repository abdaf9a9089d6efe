"""Gradient descent."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.answering.walk_options import read_options
from engine.reading import Expression, Point
from engine.values import Budget


@topic("descent", example="/descent f=x^2+3y^2 start=2,1 rate=0.1", rank=5, check=read_options)
def descent(  # noqa: PLR0913, PLR0917 - its parameters are the options of the command
    f: Expression,
    start: Point,
    rate: str,
    budget: Budget,
    steps: str = "20",
    method: Literal["gradient", "momentum", "nesterov", "rmsprop", "adam", "newton"] | None = None,
    momentum: str = "",
    clip: str = "",
    subject: str = "",
    goal: Literal["min", "max"] = "min",
    working: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Gradient descent on f from a start: the path, where it leads and why, and which rates work.

    f:        a scalar function of real variables, for instance x^2+3y^2
    start:    the first point, 2,1 or x=2 y=1
    rate:     the step size, 0.1
    steps:    how many steps are shown, 20; up to 1000
    method:   gradient, momentum (heavy ball), nesterov, rmsprop, adam or newton
    momentum: the share of the last step that is kept, 0.9
    clip:     the length to which longer gradients are shortened, 1
    subject:  bounds and one budget to stay in, x>=0; y>=0; x+y<=10
    goal:     min goes down, max goes up
    working:  the derivatives: none, short (what a teacher writes) or all (every rule, every update)

    f has up to 8 variables and is smooth along the path. `verdict` is a proof where `proven` says so (quadratic
    f with rational numbers), else what up to 4,000 steps showed. `rate_limit` is exact with the scope "global";
    a "local guide" comes from the curvature met and proves nothing; there is none for adam, rmsprop and
    clipping. `crossed_at` is the first step at which the rate was over it, `goes_to` the exact end where it is
    known.
    Refuses (NotInDomain) a start where f is not smooth or that the constraints forbid.
    Source: Boyd, Vandenberghe, Convex Optimization, chapter 9; Polyak, Introduction to Optimization.
    """
    from engine.answering import derived, descent_lines, descent_words, trails
    from engine.answering.descents import descend

    options = read_options(
        f, start, rate, steps=steps, method=method, momentum=momentum, clip=clip, subject=subject, goal=goal
    )
    found = descend(f, options, start, budget)
    first = derived.each(found.scalar, found.partials, working if budget.left() > 0 else "none")
    return Answer(
        "Gradient descent" if goal == "min" else "Gradient ascent",
        descent_lines.lines(found, first, working),
        descent_lines.data(found, first) | {"why": descent_words.reason(found)},
        (*found.scalar.remarks(), *descent_words.remarks(found), *derived.remarks(first, working)),
        draw=lambda: trails.draw(found),
    )
