"""Backpropagation."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic, variables_of
from engine.errors import WrongUsage
from engine.reading import Data, Expression, Names, Point
from engine.reading.tree import names_in


def _check(f: Expression, at: Point, **_others: object) -> None:
    """Refuse a constant, and a name without a value, before anybody waits."""
    if not names_in(f.tree):
        said = "This is a constant: there is nothing to pass back."
        raise WrongUsage(said, option="f", span=(0, len(f.text)), suggestions=("(w*x+b-1)^2",))
    missing = sorted(names_in(f.tree) - set(at.names or f.variables))
    if missing:
        shown = " ".join(f"{each}=1" for each in (*f.variables, *missing))
        said = f"Every name needs a value here; {', '.join(missing)} has none. Write f without a header, or all names."
        raise WrongUsage(said, option="at", span=(0, len(at.text)), suggestions=(shown,))


@topic("backprop", example="/backprop f=(w*x+b-1)^2 at w=2 x=3 b=1", rank=5, check=_check)
def backprop(
    f: Expression,
    at: Point,
    wrt: Names | None = None,
    steps: Literal["none", "short", "all"] = "short",
    data: Data | None = None,  # noqa: ARG001 - f is read over it
) -> Answer:
    """Backpropagation: the graph of f, its values forward, all partial derivatives backward.

    f:     a scalar function of real variables, as it is worked out, (w*x+b-1)^2
    at:    a value for every name, w=2 x=3 b=1 or 1,3,2 in the order of the names
    wrt:   what is learned, w,b; the other names then stand still and have no derivative
    steps: none (numbers only), short (a sum over uses for each node) or all (each local derivative too)
    data:  points that sum(..) and mean(..) in f are written out over, (1,3),(2,5),(3,7)

    Each operation as written is one node, equal parts are one node, constants stand in the operations.
    `nodes` are in the order of the forward pass, the inputs first: `value` and `adjoint` (the derivative
    of f by the node) exact where that is short, else null, and always decimal; `locals` has the
    derivative of the operation by each argument, null for a constant. The gradient is checked against
    derivatives found without the graph. Up to 60 operations are listed, up to 40 nodes drawn.
    Refuses (NotInDomain) a point where an operation is not defined or not differentiable, by its name.
    Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., chapter 3.
    """
    from engine.answering import backprops, graph_drawing
    from engine.answering.backprop_lines import Tables
    from engine.answering.scalar import Scalar

    scalar = Scalar.of(f, variables_of(f, wrt))
    found = backprops.Backprop.of(scalar, at)
    return Answer(
        "Backpropagation",
        (scalar.echo(), *Tables(found).lines(steps)),
        scalar.data() | found.data() | {"steps": found.steps()},
        (*scalar.remarks(), *found.remarks(), *graph_drawing.remarks(found)),
        draw=lambda: graph_drawing.draw(found),
    )
