"""The chain rule for functions of several variables."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.chain_options import read_chain
from engine.answering.declare import topic
from engine.answering.own_points import fits_its_own_point
from engine.reading import Expression, Names, Point
from engine.values import Budget


def _check(
    f: Expression, inner: str, at: Point | None = None, wrt: Names | None = None, **_others: object
) -> tuple[Expression, ...]:
    """Put the functions together; what does not fit is refused before anybody waits."""
    read = read_chain(f, inner, at, wrt)
    return (read.composition, *(each.read for each in read.inner))


@fits_its_own_point
@topic("chain", example="/chain f=x^2*y inner=x=t^2, y=3t+1 at=1", rank=3, check=_check)
def chain(
    f: Expression,
    inner: str,
    budget: Budget,
    at: Point | None = None,
    wrt: Names | None = None,
    steps: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Chain rule over all paths: every factor, the products, their sum, and its value at a point.

    f:     the outer function, for instance x^2*y
    inner: a formula for each variable of f that moves, x=t^2, y=3t+1 or x=s*t, y=s+t
    at:    values of the inner variables in alphabetical order, 1 or s=1 t=2
    wrt:   the inner variables to differentiate by, t; without it, all of them
    steps: none, short (what a teacher writes) or all (every rule)

    `derivative` has a formula for each inner variable; `paths` has the factors of each way to it, `through`
    null where f has the inner variable itself. A variable of f without a formula stays a letter, held fixed.
    What comes out is compared with the derivative of `composition`: `proven`, or seen at places; withheld
    where it cannot be. `f` is in its own variables, all else in the inner ones. Each product has the units
    of f over those of the inner variable.
    Refuses (NotInDomain) a point where one of the functions is not smooth, or not surely, (WrongUsage) an
    inner function given twice or in terms of another. Source: Stewart, Calculus, 8th ed., section 14.5.
    """
    from engine.answering import chain_place, chain_steps, chain_tree
    from engine.answering.chain_lines import Told
    from engine.answering.chain_steps import Parts
    from engine.answering.chains import Chain

    found = Chain.of(read_chain(f, inner, at, wrt), budget)
    parts = Parts.of(found, steps)
    told = Told.of(parts, steps)
    there = None if found.read.at is None else chain_place.There.of(told, found.read.at)
    return Answer(
        "Chain rule",
        (*told.lines(), *(there.lines() if there else ())),
        chain_steps.data(found)
        | chain_place.NOWHERE
        | (there.data() if there else {})
        | {"steps": [*parts.steps(), *(there.steps() if there else ())]},
        (*told.remarks(), *(there.remarks() if there else ())),
        draw=lambda: chain_tree.draw(told),
    )
