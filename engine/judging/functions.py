"""Are two texts the same function."""

import sympy

from engine.building import build
from engine.reading import Expression


def same_slopes(one: Expression, other: Expression) -> bool:
    """Tell whether two functions differ by a constant at most, as far as multiplying out shows it.

    Names count: x^2 and y^2 are different functions. Never true for functions with different gradients.
    """
    return not sympy.expand(build(one.tree) - build(other.tree)).free_symbols
