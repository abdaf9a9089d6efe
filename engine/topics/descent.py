"""Gradient descent."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.answering.walk_options import read_runs
from engine.reading import Expression
from engine.values import Budget


@topic("descent", example="/descent f=x^2+3y^2 start=2,1 rate=0.1", rank=5, check=read_runs)
def descent(  # noqa: PLR0913, PLR0917 - its parameters are the options of the command
    f: Expression,
    start: str,
    rate: str,
    budget: Budget,
    steps: str = "20",
    method: Literal["gradient", "momentum", "nesterov", "rmsprop", "adam", "newton"] | None = None,
    momentum: str = "",
    clip: str = "",
    subject: str = "",
    goal: Literal["min", "max"] = "min",
    map: Literal["no", "yes"] = "no",  # noqa: A002 - the name of the option
    working: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Gradient descent on f from a start: the path, where it leads and why, and which rates work.

    f:        a scalar function of real variables, for instance x^2+3y^2
    start:    the first point, 2,1 or x=2 y=1; up to three, 0,0; 5,0; -3,0, for paths to compare
    rate:     the step size, 0.1; up to three, 0.1; 0.3, for paths to compare
    steps:    how many steps are shown, 20; up to 1000
    method:   gradient, momentum (heavy ball), nesterov, rmsprop, adam or newton
    momentum: the share of the last step that is kept, 0.9
    clip:     the length to which longer gradients are shortened, 1
    subject:  bounds and one budget to stay in, x>=0; y>=0; x+y<=10
    goal:     min goes down, max goes up
    map:      yes adds a map of which start leads to which minimum (or maximum), for two variables
    working:  the derivatives: none, short (what a teacher writes) or all (every rule, every update)

    f has up to 8 variables and is smooth along the path. `verdict` is a proof where `proven` says so (quadratic
    f with rational numbers), else what up to 4,000 steps showed. `rate_limit` is exact with the scope "global";
    a "local guide" comes from the curvature met and proves nothing; there is none for adam, rmsprop and
    clipping. `crossed_at` is the first step at which the rate was over it, `goes_to` the exact end where it is
    known. Of several paths `runs` has one entry each, and the rest is about the first.
    Refuses (NotInDomain) a start where f is not smooth or that the constraints forbid.
    Source: Boyd, Vandenberghe, Convex Optimization, chapter 9; Polyak, Introduction to Optimization.
    """
    from engine.answering import descents_basins, descents_compared

    walks = read_runs(
        f,
        start,
        rate,
        steps=steps,
        method=method,
        momentum=momentum,
        clip=clip,
        subject=subject,
        goal=goal,
        map=map,
    )
    title = "Gradient descent" if goal == "min" else "Gradient ascent"
    if len(walks) > 1:
        found, answer = descents_compared.answer(title, f, walks, working, budget)
    else:
        found, answer = descents_compared.alone(title, f, walks[0], working, budget)
    if map == "no":
        return answer
    return descents_basins.added(answer, descents_basins.Basins.of(found, budget))
