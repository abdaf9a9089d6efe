"""The Jacobian."""

from typing import TYPE_CHECKING, Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic, variables_of
from engine.answering.jacobian_options import fitted
from engine.errors import WrongUsage
from engine.reading import Names, Point
from engine.reading.vector_functions import VectorFunction
from engine.values import Budget

if TYPE_CHECKING:
    from engine.answering.jacobians import Functions


def _check(f: VectorFunction, inner: VectorFunction | None = None, **_others: object) -> object:
    """Fit the inner functions to f; refuse what does not fit, and constants, before anybody waits."""
    if not f.variables:
        shown = "These are constants: they have no variables, and every derivative is zero."
        raise WrongUsage(shown, option="f", span=(0, len(f.text)), suggestions=("x^2*y, x+y",))
    return None if inner is None else fitted(f, inner)


@topic("jacobian", example="/jacobian f=(x^2*y, x+y) at=1,2", rank=4, check=_check)
def jacobian(
    f: VectorFunction,
    budget: Budget,
    at: Point | None = None,
    wrt: Names | None = None,
    inner: VectorFunction | None = None,
    steps: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Jacobian matrix of several functions, its determinant and rank, and the chain rule as a product.

    f:     one to eight functions, (x^2*y, x+y) or u=x^2, v=xy or F(r,t)=(r*cos(t), r*sin(t))
    at:    a point, one coordinate for each variable, 1,2 or x=1 y=2
    wrt:   the variables in their order, r,t; every other name is then a parameter
    inner: functions put in for f's variables, x=s*t, y=s+t; at and wrt are then about s and t
    steps: none, short (entries that take more than a glance) or all (every rule)

    `jacobian` has a row for each function and a column for each variable. `determinant` is null unless it
    is square, and as a formula beyond four functions; `rank` is at the point, null where it is not decided.
    With inner, `product` is the Jacobian of f after inner in the inner variables, compared with the
    derivative of the composition; `at` is their point, `inner_at` where it leads.
    Refuses (NotInDomain) a point where one of the functions is not smooth, or not surely.
    Source: Apostol, Calculus, vol. 2, 2nd ed., sections 8.18 to 8.21; Rudin, Principles, 3rd ed., 9.24.
    """
    from engine.answering import jacobian_lines as lines
    from engine.answering import jacobian_words as words
    from engine.answering.jacobians import Functions, There

    if inner is not None:
        ready = fitted(f, inner)
        within = Functions.of(ready, variables_of(ready, wrt), "inner")
        return _composed(Functions.of(f, ready.names, "f"), within, at, budget, steps)
    functions = Functions.of(f, variables_of(f, wrt), "f")
    value = functions.determinant()
    found = functions.derived(steps, budget)
    there = None if at is None else There.of(functions, at)
    shown = (*lines.echo(functions), *lines.step_lines(found, steps), lines.matrix_line(functions))
    rules = lines.steps(functions, found)
    data = lines.data(functions, value) | lines.NOWHERE
    if there is not None:
        data |= lines.there_data(there)
        rules += lines.steps_at(there)
    return Answer(
        "Jacobian",
        (*shown, *lines.determinant_line(functions, value), *(() if there is None else lines.there_lines(there))),
        data | {"steps": rules},
        (*words.remarks(functions, there), *lines.withheld(found, steps)),
    )


def _composed(
    outer: "Functions", inner: "Functions", at: Point | None, budget: Budget, steps: Literal["none", "short", "all"]
) -> Answer:
    """Return the answer for functions put into functions."""
    from engine.answering import jacobian_lines as lines
    from engine.answering import jacobian_words as words
    from engine.answering.jacobian_composed import Composed, ComposedThere
    from engine.answering.jacobians import There

    composed = Composed.of(outer, inner)
    late = at is not None and budget.left() <= 0
    there = None if at is None or late else ComposedThere.of(composed, There.of(inner, at))
    both = [*outer.derived(steps, budget), *inner.derived(steps, budget)]
    echoes = (*lines.echo(outer), *lines.echo(inner))
    data = lines.data(outer, outer.determinant()) | lines.NOWHERE | lines.composed_data(composed)
    rules = [*lines.steps(outer, both[: outer.shape[0]]), *lines.steps(inner, both[outer.shape[0] :])]
    rules += lines.composed_steps(composed)
    if there is not None:
        data |= lines.composed_there_data(there)
        rules += [*lines.steps_at(there.outer), *lines.steps_at(there.inner)]
    return Answer(
        "Jacobian of a composition",
        (*echoes, *lines.composed_lines(composed), *(() if there is None else lines.composed_there_lines(there))),
        data | {"steps": rules},
        (*words.composed_remarks(composed), *([words.LATE] if late else []), *lines.withheld(both, steps)),
    )
