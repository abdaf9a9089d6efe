"""Convexity."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.convex_domains import read_domain
from engine.answering.declare import topic
from engine.reading import Data, Expression
from engine.values import Budget


def _read(f: Expression, domain: str | None = None, **_others: object) -> object:
    """Read the domain beside f."""
    return read_domain(f, domain)


@topic("convex", example="/convex f=x^2+y^2", rank=3, check=_read)
def convex(
    f: Expression,
    budget: Budget,
    domain: str | None = None,
    steps: Literal["none", "short", "all"] = "short",
    data: Data | None = None,  # noqa: ARG001 - f is read over it
) -> Answer:
    """Whether f is convex or concave on a domain, with a proof or a counterexample.

    f:      a scalar function of real variables, for instance x^2+y^2
    domain: a convex set by inequalities, x>0, y>0 or x=0..1 or x^2+y^2<=1; else all of where f exists
    steps:  none, short (what a teacher writes) or all (every rule)
    data:   points that sum(..) and mean(..) in f are written out over, (1,3),(2,5),(3,7); up to 50

    `verdict` is convex, concave, both, neither or not decided; `strict` null where that is open. A proof is
    a tree of rules, or the signs of all minors of the Hessian on the domain, proven. A counterexample is a
    chord on the wrong side of the graph, `left` being f at its middle and `right` the mean of its ends, and
    a point with a direction in which the second derivative has the wrong sign. Where f exists on several
    convex pieces, `verdict` is null and each piece has its own. `domain` lists what holds in the domain.
    Refuses (NotSupported) a domain that is not seen to be convex, parameters, and jumps.
    Source: Boyd and Vandenberghe, Convex Optimization, chapters 2 and 3.
    """
    from engine.answering import convex_pictures, convex_words
    from engine.answering.convex import Bending
    from engine.answering.scalar import Scalar

    scalar = Scalar.of(f, f.variables)
    found = Bending.of(scalar, read_domain(f, domain), budget)
    second = found.second(steps, budget)
    derived = () if second is None else (*second.first_lines(steps), *second.lines(steps))
    return Answer(
        "Convexity",
        (scalar.echo(), *derived, *found.lines(steps)),
        scalar.data() | found.data() | {"steps": found.steps(second)},
        convex_words.remarks(found),
        convex_words.actions(found),
        draw=lambda: convex_pictures.draw(found),
    )
