"""Checking: is this the derivative, the gradient, the critical points of a function."""

from typing import Any, Literal

from engine.answering.answer import Answer
from engine.answering.check_options import read_check
from engine.answering.declare import topic
from engine.answering.own_points import fits_its_own_point
from engine.reading import Expression, Names, Point
from engine.values import Budget


def _check(**options: Any) -> tuple[Expression, ...]:  # noqa: ANN401 - the options of every want
    """Read the options; what does not fit is refused before anybody waits."""
    return read_check(**options).functions()


@fits_its_own_point
@topic("check", example="/check want=gradient f=x^2+y^2 at=1,2 answer=(2, 4)", rank=92, group="tools", check=_check)
def check(  # noqa: PLR0913, PLR0917 - its parameters are the options of the command
    want: str,
    answer: str,
    budget: Budget,
    f: Expression | None = None,
    at: Point | None = None,
    wrt: str = "",
    along: str = "",
    ask: Literal["ascent_unit", "descent_unit", "max_rate"] = "ascent_unit",
    rate: str = "",
    steps: str = "1",
    goal: Literal["min", "max"] = "min",
    inner: str = "",
    subject: str = "",
    model: Expression | None = None,
    data: str = "",
    parameters: Names | None = None,
    kind: Literal["mse", "logistic", "cross-entropy"] = "mse",
) -> Answer:
    """Is an answer right: a derivative, a gradient, the critical points and more, of a function of yours.

    want:       partial, gradient, hessian, discriminant, classify, critical, steepest, directional, tangent,
                step, rate-limit, behaviour, chain, loss or optimum
    answer:     what you found, for instance (2, 4)
    f:          a scalar function of real variables, for instance x^2+y^2; for everything but loss
    at:         the point, 1,2 or x=1 y=2
    wrt:        for partial: the variable, x, or several in order; for chain: the inner variable
    along:      for directional: a vector 3,4, or to (4,5)
    ask:        for steepest: which way, or how fast
    rate:       for step and behaviour: the step size, 0.1
    steps:      for step: how many, 1
    goal:       for step, behaviour and optimum: min or max
    inner:      for chain: the inner functions, x=t^2, y=3t+1
    subject:    for optimum: the constraints, x+y=5
    model:      for loss: what is predicted from x, w*x+b
    data:       for loss: points, the target last, (1,3),(2,5)
    parameters: for loss: what is learned, w,b
    kind:       for loss: mse, logistic or cross-entropy

    Decimals of three digits or more are accepted where they are rounded rightly. `mistakes` are ids of
    what explains a wrong answer, so far for gradients at points. The right answer is never shown.
    behaviour is a label, diverges for instance: from the point, else from almost every start. An optimum
    is given by all its points or, with several variables, by its value; a loss by its gradient.
    Refuses what cannot be read as such an answer, and functions whose answer I cannot compute surely.
    Source: Stewart, Calculus, 8th ed., sections 14.3 to 14.8.
    """
    from engine.answering import checking
    from engine.answering.asked import Asked
    from engine.judging.results import listed

    options = read_check(
        want,
        f=f,
        at=at,
        wrt=wrt,
        along=along,
        rate=rate,
        steps=steps,
        goal=goal,
        ask=ask,
        inner=inner,
        subject=subject,
        model=model,
        data=data,
        parameters=parameters,
        kind=kind,
    )
    found, mistakes = checking.check(answer, Asked.of(options, budget))
    told = {
        "verdict": found.outcome,
        "mistakes": list(mistakes),
        "components": listed(found.components),
        "why": found.why,
    }
    said = {"right": "Right.", "wrong": "Not right yet.", "undecided": "Not decided."}[found.outcome]
    return Answer("Checked", (), told, (said, *([found.why] if found.why else [])))
