"""What a Jacobian says: factors of areas, orientation, inverses, gradients and Hessians."""

from collections.abc import Sequence

from sympy import Matrix

from engine.answering.jacobian_composed import Composed
from engine.answering.jacobians import Functions, There
from engine.answering.place import decimal
from engine.answering.tidying import tidied
from engine.calculus import domain
from engine.calculus.signs import sign
from engine.spelling import formula as spell
from engine.spelling import numbers

_MEASURES = {1: "lengths", 2: "areas", 3: "volumes"}
ROW = "One function: its Jacobian is the gradient written as a row; the Hessian is the Jacobian of the gradient."
COLUMN = "One variable: the Jacobian is the column of the derivatives, the velocity along the curve."
CHAIN = (
    "The chain rule for functions of several variables: with f the outer and g the inner functions, the Jacobian of "
    "f after g is the product of both, that of f first."
)
LATE = "The time ran out before the matrices at the point were worked out."
SYMMETRIC = (
    "J is symmetric: where its domain has no holes, the functions are the gradient of one function, and J is that "
    "function's Hessian."
)


def remarks(functions: Functions, there: There | None) -> tuple[str, ...]:
    """Return what a learner should notice."""
    count, size = functions.shape
    said = [*(note.message for note in functions.read.notes), *_holds(functions.conditions)]
    if count == 1 and size > 1:
        return (*said, ROW)
    if size == 1 and count > 1:
        return (*said, COLUMN)
    if count != size:
        said.append(f"{count} functions of {size} variables: a {count} × {size} matrix, so it has no determinant.")
    elif there is None:
        said.append(_everywhere(size))
    else:
        said += _square(there, size)
    if count == size > 1 and is_symmetric(functions.matrix):
        said.append(SYMMETRIC)
    return (*said, *([] if there is None else _rank(there)))


def _holds(conditions: Sequence[domain.Condition]) -> list[str]:
    return list(domain.smooth_where(domain.requirements(conditions), "Jacobian matrix"))


def _measure(size: int) -> str:
    return _MEASURES.get(size, f"{size}-dimensional volumes")


def _everywhere(size: int) -> str:
    return (
        f"|det J| is the factor by which small {_measure(size)} grow. Where it is not zero, the functions can be "
        "inverted nearby; its sign tells the orientation, and turns when two variables change places."
    )


def _square(there: There, size: int) -> list[str]:
    """Return what the determinant at a point says, and what it does not."""
    if there.determinant is None or there.determinant.free_symbols:
        return []
    found = sign(there.determinant)
    if found is None:
        return ["Whether the determinant is zero here is not decided, so nothing is said about an inverse."]
    if found == 0:
        said = (
            f"The determinant is zero here: to first order, {_measure(size)} are flattened. The inverse function "
            "theorem then says nothing: at 0, x^3 has an inverse all the same, and x^2 has none."
        )
        return [said]
    factor = numbers.decimal(abs(decimal(there.determinant)))
    turned = "kept" if found > 0 else "turned round (it turns when two variables change places)"
    said = (
        f"Near this point {_measure(size)} are multiplied by about {factor}, and orientation is {turned}. The "
        "determinant is not zero, so there is a smooth inverse nearby, with the inverse matrix as its Jacobian "
        "(inverse function theorem)."
    )
    return [said]


def _rank(there: There) -> list[str]:
    if there.rank is None:
        return [] if there.matrix.free_symbols else ["The rank is not decided here."]
    count, size = there.functions.shape
    if count == size or there.rank == min(count, size):
        return []
    return [f"The rank is less than {min(count, size)}: to first order some direction is lost, nothing more is said."]


def is_symmetric(matrix: Matrix) -> bool:
    """Tell whether a matrix is surely symmetric."""
    size = range(matrix.rows)
    return all(tidied(matrix[i, j] - matrix[j, i]) == 0 for i in size for j in size if i < j)


def composed_remarks(composed: Composed) -> tuple[str, ...]:
    """Return what the product of Jacobians teaches."""
    inner, outer = composed.inner, composed.outer
    said = [note.message for each in (outer, inner) for note in each.read.notes]
    said += _holds((*inner.conditions, *composed.whole.conditions))
    said += [CHAIN]
    sizes = {*outer.shape, *inner.shape}
    if len(sizes) == 1 and sizes != {1}:
        said.append("All matrices are square, so the determinants multiply too.")
    if outer.parameters():
        names = ", ".join(spell.variable(each).text for each in outer.parameters())
        said.append(f"Not given by the inner functions, so held constant: {names}.")
    return tuple(said)
